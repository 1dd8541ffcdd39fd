import time

import pytest
from django.conf import settings as django_settings

from notifications import texts
from notifications.links import resident_token
from notifications.models import Contact, Message
from notifications.rules.sms import utf16_units
from tests.cast import AKIKO, GRANDSON, HARU, LINH

LANGUAGES = [code for code, _ in django_settings.LANGUAGES]


@pytest.fixture(autouse=True)
def _answer_at_once(settings):
    settings.LOST_LINK_SECONDS = 0


def ask(client, point: str, language: str = "ja", follow: bool = True):
    return client.post(f"/{language}/lost/", {"point": point}, follow=follow)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("090-0000-0012", id="as at home"),
        pytest.param("０９０ ００００ ００１２", id="full width"),
        pytest.param("+81 90 0000 0012", id="from abroad"),
    ],
)
def test_the_link_goes_to_the_number_on_record(client, person_of, written):
    contact = person_of(LINH).contact

    ask(client, written, "vi")

    message = Message.objects.get()
    assert message.contact == contact
    assert message.point.value == "+819000000012"
    assert f"/vi/my/{resident_token(contact)}/" in message.body


@pytest.mark.parametrize(
    "written", ["akiko@example.com", " Akiko@Example.COM", "akiko＠example.com"]
)
def test_an_e_mail_address_finds_its_person(client, person_of, written):
    contact = person_of(AKIKO).contact

    ask(client, written)

    assert Message.objects.get().contact == contact


def test_everybody_behind_a_shared_number_gets_their_own_link(client, person_of):
    people = [person_of(AKIKO), person_of(GRANDSON)]

    ask(client, AKIKO.phone)

    assert {message.contact for message in Message.objects.all()} == {one.contact for one in people}


def test_a_landline_is_put_on_the_list_of_calls(client, person_of):
    person_of(HARU)

    ask(client, HARU.phone)

    assert Message.objects.get().channel == Contact.Channel.CALL


@pytest.mark.parametrize("language", ["ja", "vi"])
def test_known_and_unknown_get_the_same_answer(client, person_of, language):
    person_of(LINH)

    known = ask(client, LINH.phone, language)
    unknown = ask(client, "090-0000-0099", language)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert Message.objects.count() == 1


def test_known_and_unknown_wait_equally_long(client, person_of, settings):
    settings.LOST_LINK_SECONDS = 0.4
    person_of(AKIKO), person_of(GRANDSON)

    def seconds(point: str) -> float:
        began = time.monotonic()
        ask(client, point, follow=False)
        return time.monotonic() - began

    assert min(seconds(AKIKO.phone), seconds("090-0000-0099")) >= 0.4


def test_asking_again_within_the_hour_sends_nothing_more(client, person_of):
    person_of(LINH)

    for _ in range(5):
        assert ask(client, LINH.phone).status_code == 200

    assert Message.objects.count() == 1


def test_many_tries_from_one_place_are_stopped_with_a_sentence(client, db, settings):
    for number in range(10):
        ask(client, f"090-0000-00{number:02}")

    response = ask(client, "090-0000-0050", "en")

    assert response.status_code == 429
    assert "Wait ten minutes" in response.content.decode()
    assert settings.CITY_PHONE in response.content.decode()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="nothing"),
        pytest.param("ハル", id="a name"),
        pytest.param("12345", id="too short"),
        pytest.param("akiko@", id="half an address"),
    ],
)
def test_what_is_neither_number_nor_address_is_explained(client, db, written):
    response = ask(client, written)
    page = response.content.decode()

    assert response.status_code == 200
    assert 'href="#id_point"' in page
    if written:
        assert f'value="{written}"' in page


def test_the_form_and_its_answer_are_never_kept(client, db):
    for address in ("/ja/lost/", "/ja/lost/sent/"):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_holds_link_and_phone_and_fits_two_parts(language, settings):
    settings.SITE_URL = "https://todoke.city.kazuno.lg.jp"
    contact = Contact(pk=123456, name=LINH.name, language=language)

    def render(channel: str):
        return texts.render(
            contact=contact, template="desk/messages/own-link", channel=channel, context={}
        )

    short, long = render("sms"), render("email")
    for text in (short, long):
        assert f"/{language}/my/" in text.body
        assert settings.CITY_PHONE in text.body
    assert utf16_units(short.body) <= 134
    assert LINH.name not in short.body
    assert long.subject
