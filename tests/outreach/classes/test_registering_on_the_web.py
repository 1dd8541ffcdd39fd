"""A resident registers in the browser: form, check, confirmation; nothing typed is ever lost."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from mynumber.validators import REFUSAL
from notifications.links import resident_token
from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.forms import RegistrationForm
from outreach.classes.links import confirmation_token
from outreach.classes.models import ClassSession, Registration
from outreach.people.models import Person
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db

# The check digit of this invented number is right (番号法 省令 第5条).
PERSONAL_NUMBER = "123456789018"
READERS = pytest.mark.parametrize("language", ["ja", "vi"])


def address(session, language="ja"):
    return f"/{language}/classes/{session.pk}/register/"


def answers(character, **changes):
    typed = {
        "name": character.name,
        "kana": character.kana,
        "phone": character.phone,
        "email": character.email,
        "note": "",
    }
    return {**typed, **changes}


def confirm(client, session, typed, language="ja", submission=None):
    sent = {**typed, "step": "confirm", "submission": submission or uuid4()}
    return client.post(address(session, language), sent)


def answers_for_other_languages(page):
    """What the language switcher takes along, by name."""
    form = re.search(r'<form id="same-answers".*?</form>', page, re.S)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}


def in_words(language, sentence):
    with translation.override(language):
        return gettext(sentence)


@pytest.fixture
def session(open_session):
    return open_session()


@READERS
def test_a_resident_registers_from_the_form_to_the_confirmation(client, session, language):
    page = client.get(address(session, language))
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()

    check = client.post(address(session, language), {**answers(LINH), "step": "check"})
    assert check.status_code == 200
    text = check.content.decode()
    assert LINH.name in text
    assert LINH.phone in text
    assert not Registration.objects.exists()

    submission = re.search(r'name="submission" value="([^"]+)"', text)[1]
    done = confirm(client, session, answers(LINH), language, submission)
    registration = Registration.objects.get()
    assert done.status_code == 302
    assert registration.how == "web"
    assert registration.person.contact.language == language

    kept = client.get(done["Location"])
    text = kept.content.decode()
    assert kept.status_code == 200
    assert registration.reference in text
    assert "0186-00-0100" in text
    assert f"/my/{resident_token(registration.person.contact)}/" in text


@READERS
def test_the_pages_show_the_class_in_the_readers_language(client, session, language):
    text = client.get(address(session, language)).content.decode()
    assert getattr(session.course, f"title_{language}") in text
    assert getattr(session.venue, f"name_{language}") in text


@READERS
def test_the_title_tells_one_class_from_another(client, session, language):
    with translation.override(language):
        day = date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
    done = confirm(client, session, answers(LINH), language)
    for path in (address(session, language), done["Location"]):
        title = re.search(r"<title[^>]*>(.*?)</title>", client.get(path).content.decode(), re.S)
        assert day in title.group(1)


@pytest.mark.parametrize("step", ["check", "change"])
def test_another_language_in_the_middle_keeps_the_answers(client, session, step):
    typed = answers(LINH, note="xe lăn", wants_news="on")
    page = client.post(address(session), {**typed, "step": step}).content.decode()
    kept = answers_for_other_languages(page)
    assert kept == {**typed, "step": step}
    assert f'formaction="{address(session, "vi")}" lang="vi"' in page

    other = client.post(address(session, "vi"), kept).content.decode()
    assert '<html lang="vi">' in other
    assert LINH.name in other
    assert "xe lăn" in other


def test_another_language_after_a_refusal_confirms_nothing(client, session):
    confirm(client, session, answers(LINH))
    page = confirm(client, session, answers(LINH)).content.decode()
    assert answers_for_other_languages(page)["step"] == "check"


def test_before_anything_is_typed_the_other_languages_are_links(client, session):
    page = client.get(address(session)).content.decode()
    assert f'<a href="{address(session, "vi")}" lang="vi" hreflang="vi"' in page
    assert "same-answers" not in page


def test_the_confirmation_says_what_to_bring(client, session):
    done = confirm(client, session, answers(LINH), "vi")
    assert session.course.bring_vi in client.get(done["Location"]).content.decode()


def test_the_confirmation_can_be_opened_again_without_a_session(client, session):
    done = confirm(client, session, answers(LINH))
    assert Client().get(done["Location"]).status_code == 200


def test_forms_and_confirmations_are_kept_by_no_cache(client, session):
    done = confirm(client, session, answers(LINH))
    for path in (address(session), done["Location"]):
        assert "no-store" in client.get(path)["Cache-Control"]


@READERS
def test_a_form_that_is_sent_back_keeps_what_was_typed(client, session, language):
    typed = answers(LINH, phone="12", note="Tôi cần phiên dịch", wants_news="on", step="check")
    text = client.post(address(session, language), typed).content.decode()
    assert LINH.name in text
    assert 'value="12"' in text
    assert "Tôi cần phiên dịch" in text
    assert re.search(r'name="wants_news"[^>]*checked', text)
    assert 'class="error-summary"' in text
    assert f"<title>{in_words(language, 'Error')}:" in re.sub(r"<title[^>]*>\s*", "<title>", text)
    assert 'href="#id_phone"' in text


def test_the_page_to_check_leads_back_with_everything_typed(client, session):
    typed = answers(AKIKO, note="車いすで行きます", wants_news="on", step="change")
    text = client.post(address(session), typed).content.decode()
    assert AKIKO.name in text
    assert AKIKO.email in text
    assert "車いすで行きます" in text
    assert 'class="error-summary"' not in text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("news", [True, False], ids=["wants news", "wants no news"])
def test_the_page_to_check_sends_on_exactly_what_was_read_over(client, session, news):
    typed = answers(LINH, note='xe lăn & "nạng"', step="check") | (
        {"wants_news": "on"} if news else {}
    )
    text = client.post(address(session, "vi"), typed).content.decode()
    inputs = re.findall(r'<input type="hidden"[^>]*>', text)
    assert not [one for one in inputs if "aria-" in one]
    carried = {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    }
    client.post(address(session, "vi"), {**carried, "step": "confirm"})
    registration = Registration.objects.get()
    assert registration.note == typed["note"]
    assert registration.person.contact.has_consent("class-news") is news


def test_no_field_carries_the_browsers_own_required(client, session):
    assert " required" not in client.get(address(session)).content.decode()


@pytest.mark.parametrize("field", ["name", "note"])
@READERS
def test_a_personal_number_is_refused_kept_nowhere_and_not_registered(
    client, session, language, field
):
    typed = answers(HARU, **{field: f"ハル {PERSONAL_NUMBER}"})
    response = confirm(client, session, typed, language)
    assert response.status_code == 200
    with translation.override(language):
        assert str(REFUSAL) in response.content.decode()
    assert PERSONAL_NUMBER not in response.content.decode()
    assert not Registration.objects.exists()
    assert not Person.objects.exists()


def test_a_wish_for_news_is_kept_in_the_words_of_the_page(client, session):
    confirm(client, session, answers(LINH, wants_news="on"), "vi")
    with translation.override("vi"):
        wording = str(RegistrationForm().fields["wants_news"].label)
    consent = Person.objects.get().contact.consents.get()
    assert (consent.purpose, consent.how, consent.wording) == ("class-news", "web", wording)


def test_a_box_left_empty_is_no_consent(client, session):
    confirm(client, session, answers(LINH))
    assert not Person.objects.get().contact.consents.exists()


def test_a_double_click_leads_to_the_same_confirmation(client, session):
    submission = uuid4()
    first = confirm(client, session, answers(LINH), submission=submission)
    second = confirm(client, session, answers(LINH), submission=submission)
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_double_click_on_the_last_seat_is_not_told_that_the_class_is_full(client, open_session):
    session, submission = open_session(capacity=1), uuid4()
    first = confirm(client, session, answers(LINH), submission=submission)
    second = confirm(client, session, answers(LINH), submission=submission)
    assert second.status_code == 302
    assert first["Location"] == second["Location"]


def test_registering_twice_is_answered_with_the_reference_one_has(client, session):
    confirm(client, session, answers(LINH))
    again = confirm(client, session, answers(LINH))
    assert again.status_code == 200
    assert Registration.objects.get().reference in again.content.decode()


def test_a_confirmation_without_its_number_is_asked_again(client, session):
    response = client.post(address(session), {**answers(LINH), "step": "confirm"})
    assert response.status_code == 200
    assert b'name="submission"' in response.content
    assert not Registration.objects.exists()


def test_who_was_on_record_before_finds_their_own_page_in_the_message_only(
    client, session, resident
):
    """Else a neighbour who knows name and number could open it."""
    person = resident(LINH)
    type(person.contact).objects.update(created_at=timezone.now() - timedelta(days=1))
    done = confirm(client, session, answers(LINH), "vi")
    assert Registration.objects.get().person == person
    text = client.get(done["Location"]).content.decode()
    assert Registration.objects.get().reference in text
    assert "/my/" not in text


@READERS
def test_a_full_class_says_so_and_offers_another_day_with_everything_typed(
    client, open_session, in_ten_days, language
):
    full = open_session(capacity=1, seats_taken=1)
    other = open_session(starts_at=in_ten_days + timedelta(days=7))
    shown = client.get(address(full, language))
    assert shown.status_code == 200
    assert address(other, language) in shown.content.decode()

    typed = answers(LINH, note="Tôi muốn mượn điện thoại", wants_news="on")
    kept = confirm(client, full, typed, language)
    text = kept.content.decode()
    assert f'formaction="{address(other, language)}"' in text
    assert LINH.name in text
    assert "Tôi muốn mượn điện thoại" in text
    assert not Person.objects.exists()

    # Pressing the button of the other day sends the hidden fields of this page.
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    check = client.post(address(other, language), {**hidden, "step": "check"})
    assert "Tôi muốn mượn điện thoại" in check.content.decode()
    assert b'name="submission"' in check.content


def test_the_seat_may_go_while_somebody_types(client, open_session, resident):
    session = open_session(capacity=1)
    client.post(address(session), {**answers(LINH), "step": "check"})
    registrations.register(
        session=session,
        person=resident(HARU),
        submission=uuid4(),
        how="phone",
        now=timezone.now(),
    )
    response = confirm(client, session, answers(LINH))
    assert response.status_code == 200
    assert LINH.name in response.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({"starts_at": "past"}, 410, id="begun"),
        pytest.param({"state": "called_off"}, 410, id="called off"),
    ],
)
def test_a_class_that_is_over_or_off_says_what_to_do(client, open_session, change, status):
    if "starts_at" in change:
        change = {"starts_at": timezone.now() - timedelta(minutes=1)}
    session = open_session(**change)
    for response in (client.get(address(session)), confirm(client, session, answers(LINH))):
        assert response.status_code == status
        assert "0186-00-0100" in response.content.decode()
    assert LINH.name in response.content.decode()
    assert not Registration.objects.exists()


def test_a_class_that_never_was_says_so_in_the_shell_of_the_site(client, db):
    response = client.get("/ja/classes/9999/register/")
    assert response.status_code == 404
    assert "0186-00-0100" in response.content.decode()
    typed = client.post("/ja/classes/9999/register/", answers(LINH))
    assert typed.status_code == 404
    assert LINH.name in typed.content.decode()


@pytest.mark.parametrize("token", ["C-777777", "C-777777.forged", "x"])
def test_a_link_that_is_not_ours_is_a_kind_page(client, db, token):
    response = client.get(f"/ja/classes/registered/{token}/")
    assert response.status_code == 404
    assert "/ja/lost/" in response.content.decode()


def test_a_cancelled_registration_no_longer_promises_a_seat(client, session):
    confirm(client, session, answers(LINH))
    registration = Registration.objects.get()
    registrations.cancel(registration=registration, now=timezone.now())
    page = client.get(f"/vi/classes/registered/{confirmation_token(registration)}/")
    text = page.content.decode()
    assert "notice--done" not in text
    assert registration.reference in text


def test_the_list_shows_seats_as_words_and_a_way_to_register(open_session):
    free, few = open_session(), open_session(capacity=10, seats_taken=9)
    full = open_session(capacity=10, seats_taken=10)
    sessions = ClassSession.objects.upcoming(now=timezone.now())
    with translation.override("vi"):
        html = render_to_string(
            "classes/session_list.html", {"sessions": sessions, "city_phone": "0186-00-0100"}
        )
    assert address(free, "vi") in html
    assert address(few, "vi") in html
    assert address(full, "vi") not in html
    assert html.count("seats--free") == html.count("seats--few") == html.count("seats--full") == 1
    assert "tel:0186-00-0100" in html
    assert free.course.title_vi in html
    assert not re.search(r"\b(1|9|10) ?/ ?10\b", html)


def test_a_class_that_is_over_repeats_no_number_of_a_card(client, open_session):
    over = open_session(starts_at=timezone.now() - timedelta(hours=1))
    typed = answers(HARU, note=f"ハル {PERSONAL_NUMBER}")
    page = client.post(address(over), {**typed, "step": "check"}).content.decode()
    assert "ハル ●●●" in page
    assert PERSONAL_NUMBER not in page
