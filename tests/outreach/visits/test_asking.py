"""A resident asks for a visit: through all pages, back, and past every mistake."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from notifications.models import Message
from outreach.people.models import Person
from outreach.places.models import District
from outreach.visits.models import VisitRequest
from tests.cast import AKIKO, HARU, LI_NA

PERSONAL_NUMBER = "123456789018"

pytestmark = pytest.mark.django_db

# What the language switcher would take along is not part of the form in front of the resident.
OTHER_LANGUAGES = re.compile(r'<form id="same-answers".*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Resident:
    """Somebody with a browser: keeps what the page hides and types into what it shows."""

    def __init__(self, language: str) -> None:
        self.client = Client()
        self.address = f"/{language}/visits/request/"
        self.page = self.client.get(self.address)

    @property
    def html(self) -> str:
        return self.page.content.decode()

    @property
    def step(self) -> str:
        return dict(self.hidden())["step"]

    def hidden(self) -> list[tuple[str, str]]:
        return [
            (name, unescape(value))
            for name, value in HIDDEN.findall(OTHER_LANGUAGES.sub("", self.html))
            if name != "csrfmiddlewaretoken"
        ]

    def press(self, go: str, **typed: Any) -> "Resident":
        self.page = self.client.post(self.address, {**dict(self.hidden()), **typed, "go": go})
        return self


def own_request(language: str, **changes: str) -> Resident:
    """As far as the page to check, by somebody who asks for themselves."""
    resident = Resident(language)
    resident.press("next", relation="self")
    resident.press(
        "next", **{"name": LI_NA.name, "phone": LI_NA.phone, "birth_year": "1988"} | changes
    )
    resident.press("next", topic="card_renewal", expires_on="2027年3月15日")
    return leave_open(resident, parking="yes", wishes="周三下午")


def leave_open(resident: "Resident", **coming: str) -> "Resident":
    """Past the questions that can be left open, to the page to check."""
    resident.press("next").press("next")
    return resident.press("next", **coming)


@pytest.mark.parametrize("language", ["ja", "zh-hans"])
def test_asking_for_oneself_ends_at_a_page_to_keep(language: str, district: District) -> None:
    resident = own_request(language, district=str(district.pk))
    assert resident.step == "check"
    place = "花輪" if language == "ja" else "Hanawa"
    for shown in (LI_NA.name, LI_NA.phone, place, "1988", "周三下午"):
        assert shown in resident.html
    assert VisitRequest.objects.count() == 0

    resident.press("send")
    request = VisitRequest.objects.get()
    assert resident.page.status_code == 302
    assert (request.relation, request.topic, request.how) == ("self", "card_renewal", "web")
    assert (request.expires_on.isoformat(), request.parking) == ("2027-03-15", True)
    assert request.person.district == district
    assert request.person.contact.language == language
    assert Message.objects.get().language == language

    confirmation = Client().get(resident.page["Location"])
    assert confirmation.status_code == 200
    assert request.reference in confirmation.content.decode()
    assert LI_NA.name not in confirmation.content.decode()
    assert "no-store" in confirmation["Cache-Control"]


def test_asking_for_somebody_else_asks_about_the_asker_and_spares_the_person() -> None:
    resident = Resident("ja").press("next", relation="family")
    assert resident.step == "asker"
    resident.press("next", asker_name=AKIKO.name, asker_phone=AKIKO.phone)
    assert resident.step == "person"
    resident.press("next", name=HARU.name, kana="ゆきさわはる", address="花輪字荒田4-1")
    assert resident.step == "purpose"
    leave_open(resident.press("next", topic="unsure")).press("send")
    request = VisitRequest.objects.get()
    assert request.asked_by.name == AKIKO.name
    assert request.person.kana == HARU.kana
    assert not request.person.contact.points.filter(kind="phone").exists()
    assert Message.objects.get().contact == request.asked_by


def test_only_the_first_page_may_be_found_by_a_search_engine() -> None:
    resident = Resident("ja")
    assert "noindex" not in resident.html
    assert "noindex" in resident.press("next", relation="self").html


def test_who_asks_for_themselves_must_be_reachable() -> None:
    resident = Resident("ja").press("next", relation="self").press("next", name=HARU.name)
    assert resident.step == "person"
    assert 'id="id_phone_error"' in resident.html
    assert HARU.name in resident.html


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"phone": "12345"}, "phone", id="half a phone number"),
        pytest.param({"birth_year": "昭和99"}, "birth_year", id="no such year of the era"),
        pytest.param({"district": "999999"}, "district", id="a district that is not there"),
        pytest.param({"address": PERSONAL_NUMBER}, "address", id="card number as address"),
        pytest.param({"name": f"ハル {PERSONAL_NUMBER}"}, "name", id="card number in the name"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_what_was_typed_stays(
    typed: dict[str, str], wrong: str, district: District
) -> None:
    resident = Resident("ja").press("next", relation="self")
    answers = {"name": HARU.name, "phone": HARU.phone, "address": "花輪字荒田"} | typed
    resident.press("next", **answers)
    assert resident.step == "person"
    assert f'id="id_{wrong}_error"' in resident.html
    assert f'href="#id_{wrong}"' in resident.html
    assert "<title>" in resident.html
    for name, value in answers.items():
        if name != wrong:
            assert value in resident.html
    with translation.override("ja"):
        assert f"{gettext('Error')}: " in resident.html


def test_another_language_in_the_middle_keeps_page_and_answers(district: District) -> None:
    resident = own_request("ja", district=str(district.pk))
    form = OTHER_LANGUAGES.search(resident.html)
    assert form is not None
    kept = dict(HIDDEN.findall(form[0]))
    assert kept["go"] == "check"
    assert f'formaction="{resident.address.replace("/ja/", "/vi/")}" lang="vi"' in resident.html

    resident.page = resident.client.post("/vi/visits/request/", kept)
    assert resident.step == "check"
    assert '<html lang="vi">' in resident.html
    for shown in (LI_NA.name, "周三下午", "Hanawa"):
        assert shown in resident.html
    assert VisitRequest.objects.count() == 0


def test_a_damaged_link_to_a_request_says_how_to_get_a_new_one() -> None:
    page = Client().get("/ja/visits/request/V-7K3M9Q.forged/")
    assert page.status_code == 404
    assert "/ja/lost/" in page.content.decode()


def test_a_choice_left_open_is_one_link_away_from_its_first_answer() -> None:
    resident = Resident("ja").press("next")
    assert resident.step == "relation"
    assert 'href="#id_relation_0"' in resident.html
    assert re.search(r'<input type="radio"[^>]*id="id_relation_0"', resident.html)
    ids = re.findall(r'\sid="([^"]+)"', resident.html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(
    "number", ["123456789018", "1234 5678 9018", "９８３２－０５６７－３２１４"]
)
def test_a_personal_number_in_the_wishes_is_refused_and_goes_nowhere(number: str) -> None:
    resident = Resident("ja").press("next", relation="self")
    resident.press("next", name=HARU.name, phone=HARU.phone)
    leave_open(resident.press("next", topic="unsure"), wishes=f"番号は {number} です")
    assert resident.step == "coming"
    assert 'id="id_wishes_error"' in resident.html
    resident.press("send", wishes=number)
    assert VisitRequest.objects.count() == Person.objects.count() == 0


@pytest.mark.parametrize("date", ["2045-01-01", "令和30年1月1日", "きのう", "2027-02-30"])
def test_a_date_no_card_bears_is_questioned(date: str) -> None:
    resident = Resident("ja").press("next", relation="self")
    resident.press("next", name=HARU.name, phone=HARU.phone)
    resident.press("next", topic="card_renewal", expires_on=date)
    assert resident.step == "purpose"
    assert 'id="id_expires_on_error"' in resident.html
    assert date in resident.html


def test_going_back_keeps_every_answer_even_the_half_written() -> None:
    resident = Resident("ja").press("next", relation="self")
    resident.press("next", name=HARU.name, phone=HARU.phone)
    resident.press("back", expires_on="3月のは")
    assert resident.step == "person"
    assert HARU.name in resident.html
    assert 'id="id_phone_error"' not in resident.html
    resident.press("next", name=HARU.name, phone=HARU.phone)
    assert "3月のは" in resident.html
    assert 'class="error-summary"' not in resident.html


def test_changing_one_answer_leads_straight_back_to_the_check_page() -> None:
    resident = own_request("ja").press("person")
    assert resident.step == "person"
    assert LI_NA.name in resident.html
    resident.press("next", name="LI NA NA", phone=LI_NA.phone)
    assert resident.step == "check"
    assert "LI NA NA" in resident.html


def test_a_change_that_opens_a_new_question_asks_it_first() -> None:
    resident = own_request("ja").press("relation").press("next", relation="care_manager")
    assert resident.step == "asker"
    assert 'class="error-summary"' not in resident.html
    resident.press("next", asker_name="黒土健", asker_phone="0186-00-0114")
    assert resident.step == "check"
    resident.press("send")
    assert VisitRequest.objects.get().asked_by.name == "黒土健"


def test_a_change_that_makes_an_answer_necessary_says_so() -> None:
    resident = Resident("ja").press("next", relation="family")
    resident.press("next", asker_name=AKIKO.name, asker_phone=AKIKO.phone)
    leave_open(resident.press("next", name=HARU.name).press("next", topic="unsure"))
    assert resident.step == "check"
    resident.press("relation").press("next", relation="self")
    assert resident.step == "person"
    assert 'id="id_phone_error"' in resident.html


def test_nothing_typed_into_the_address_gets_past_the_questions() -> None:
    resident = Resident("ja")
    resident.press("send", step="check", relation="self", name=HARU.name)
    assert resident.step == "person"
    assert VisitRequest.objects.count() == 0
    resident.press("next", step="nowhere")
    assert resident.step == "relation"


def test_pressing_send_twice_is_one_request() -> None:
    resident = own_request("ja")
    sent = {**dict(resident.hidden()), "go": "send"}
    first = resident.client.post(resident.address, sent)
    second = resident.client.post(resident.address, sent)
    assert first["Location"] == second["Location"]
    assert VisitRequest.objects.count() == Message.objects.count() == 1


def test_a_damaged_mark_of_sending_is_replaced() -> None:
    resident = own_request("ja").press("send", submission="not-a-uuid")
    assert resident.page.status_code == 302
    assert VisitRequest.objects.count() == 1


def test_what_was_typed_is_shown_as_text_never_as_markup() -> None:
    resident = own_request("ja", name='<script>alert("x")</script>{{ 7*7 }}')
    assert "<script>alert" not in resident.html
    assert "{{ 7*7 }}" in resident.html
    assert dict(resident.hidden())["name"] == '<script>alert("x")</script>{{ 7*7 }}'


@pytest.mark.parametrize("signed", ["V-AAAAAA", "V-AAAAAA.forged"])
def test_a_reference_alone_opens_no_confirmation(signed: str, client: Client) -> None:
    assert client.get(f"/ja/visits/request/{signed}/").status_code == 404


def test_the_confirmation_follows_the_request(client: Client) -> None:
    address = own_request("ja").press("send").page["Location"]
    with translation.override("ja"):
        cancelled = gettext(
            "This request is cancelled. Nobody will come. "
            "If you need us again, send a new request or call."
        )
    assert cancelled not in client.get(address).content.decode()
    VisitRequest.objects.update(state=VisitRequest.State.CANCELLED)
    assert cancelled in client.get(address).content.decode()


def test_the_form_is_not_kept_by_any_cache(client: Client) -> None:
    assert "no-store" in client.get("/ja/visits/request/")["Cache-Control"]


def test_only_reading_and_sending_are_allowed(client: Client) -> None:
    assert client.put("/ja/visits/request/").status_code == 405


def test_the_answers_decide_the_way_and_what_to_have_ready() -> None:
    resident = own_request("en").press("living")
    resident.press("next", staying="home", moved_recently="yes", mail_forwarding="unknown")
    assert "Staff come and help to apply" in resident.html
    assert "The My Number Card you have now" in resident.html
    resident.press("send")
    told = VisitRequest.objects.get().conditions
    assert (told.staying, told.moved_recently, told.mail_forwarding) == ("home", True, None)
    page = resident.client.get(resident.page["Location"]).content.decode()
    assert "Staff come and help to apply" in page
    assert "- The My Number Card you have now" in letter_about(VisitRequest.objects.get())


def letter_about(request: VisitRequest) -> str:
    """The long form of what the asker was told."""
    message = Message.objects.get(reference=f"visit-asked:{request.pk}")
    return message.other_forms.get("long", {}).get("body", message.body)


@pytest.mark.parametrize("go", ["next", "back", "send", "relation"])
def test_a_number_of_a_card_stands_nowhere_in_the_answer(go: str) -> None:
    resident = own_request("ja").press("coming")
    resident.press(go, wishes=f"Please call. {PERSONAL_NUMBER}")
    assert PERSONAL_NUMBER not in resident.html
    assert "Please call. ●●●" in resident.html
