"""A care manager asks for several residents in one go."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Message
from outreach.people.models import AccessRecord, Person
from outreach.visits.models import RequestGroup, VisitRequest
from tests.cast import CARE_MANAGER, HARU, LI_NA

pytestmark = pytest.mark.django_db

ADDRESS = "/en/visits/group/"
PERSONAL_NUMBER = "123456789018"
OTHER_LANGUAGES = re.compile(r'<form id="same-answers".*?</form>', re.S)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FIELD = re.compile(r'<input type="text" name="(\w+_\d+)" id="\w+" value="([^"]*)"')
CHOSEN = re.compile(r'<select name="(\w+_\d+)".*?<option value="([^"]*)" selected>', re.S)


class CareManager:
    """Somebody with a browser: keeps what the page hides and the table it shows."""

    def __init__(self) -> None:
        self.client = Client()
        self.page = self.client.get(ADDRESS)
        self.press("next", relation="facility", asker_name="黒土健", asker_phone="0186-00-0114")
        self.press("next", facility_name="ひまわり苑", topic="first_card", facility_address="花輪1")

    @property
    def html(self) -> str:
        return OTHER_LANGUAGES.sub("", self.page.content.decode())

    @property
    def carried(self) -> dict[str, str]:
        found = [*HIDDEN.findall(self.html), *FIELD.findall(self.html), *CHOSEN.findall(self.html)]
        return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}

    @property
    def names(self) -> list[str]:
        return [cell for name, cell in self.carried.items() if name.startswith("name_") and cell]

    def press(self, go: str, **typed: Any) -> "CareManager":
        self.page = self.client.post(ADDRESS, {**self.carried, **typed, "go": go})
        return self


@pytest.fixture
def manager() -> CareManager:
    return CareManager()


def test_four_residents_in_one_go_end_at_a_page_with_references(manager: CareManager) -> None:
    manager.press("more", name_0=HARU.name, kana_0="ゆきさわはる", born_0="昭和19年5月1日")
    assert manager.names == [HARU.name]
    assert 'name="name_9"' in manager.html
    pasted = "氏名\t生年月日\t言語\t居室\n山瀬蓮\tH21\t\t203\nLI NA\t1988/03/02\t中国語\t"
    manager.press("paste", pasted=pasted, name_1="花輪フミ", notes_1="耳が遠い")
    assert manager.names == [HARU.name, "花輪フミ", "山瀬蓮", "LI NA"]
    assert "error-summary" not in manager.html
    manager.press("next")
    assert manager.carried["step"] == "check"
    assert VisitRequest.objects.count() == 0
    manager.press("send")

    group = RequestGroup.objects.get()
    members = list(group.requests.order_by("pk"))
    assert [member.person.birth_year for member in members] == [1944, None, 2009, 1988]
    assert members[3].person.contact.language == LI_NA.language
    assert [member.wishes for member in members] == ["", "耳が遠い", "居室: 203", ""]
    assert {member.relation for member in members} == {"facility"}
    assert {member.conditions.staying for member in members} == {"facility"}
    assert {point.value for point in members[0].person.contact.points.all()} == {"花輪1 ひまわり苑"}
    assert Message.objects.get().contact == group.asked_by
    page = Client().get(manager.page["Location"]).content.decode()
    assert group.reference in page
    for member in members:
        assert member.reference in page
        assert member.person.name not in page


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        pytest.param({"name_0": "", "born_0": "1944"}, "name_0", id="no name"),
        pytest.param({"born_0": "1944-13-01"}, "born_0", id="no such day"),
        pytest.param({"born_0": "2999"}, "born_0", id="not born yet"),
        pytest.param({"kana_0": "haru"}, "kana_0", id="a reading in letters"),
        pytest.param({"name_1": HARU.name}, "name_1", id="the same person twice"),
        pytest.param({"notes_0": PERSONAL_NUMBER}, "notes_0", id="a card number"),
        pytest.param({"notes_0": "あ" * 301}, "notes_0", id="too long"),
    ],
)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_lost(
    manager: CareManager, cells: dict[str, str], wrong: str
) -> None:
    manager.press("next", **({"name_0": HARU.name, "notes_2": "3階", "name_2": "連"} | cells))
    assert f'href="#id_{wrong}"' in manager.html
    assert f'id="id_{wrong}_error"' in manager.html
    assert manager.carried["notes_2" if "name_1" in cells else "notes_1"] == "3階"
    assert PERSONAL_NUMBER not in manager.page.content.decode()
    manager.press("send")
    assert not Person.objects.exists()


def test_a_pasted_language_nobody_knows_stays_to_be_seen(manager: CareManager) -> None:
    manager.press("paste", pasted="LI NA,,,火星語,")
    assert 'href="#id_language_0"' in manager.html
    assert manager.carried["language_0"] == "火星語"


def test_an_empty_table_and_too_many_people_are_refused(manager: CareManager) -> None:
    manager.press("next")
    assert 'href="#id_name_0"' in manager.html
    manager.press("next", pasted="\n".join(f"人{number}" for number in range(101)))
    assert "100" in manager.html
    assert len(manager.names) == 101


def test_what_is_pasted_and_not_taken_over_is_not_lost_on_going_on(manager: CareManager) -> None:
    manager.press("next", pasted=HARU.name)
    assert manager.carried["step"] == "check"
    assert HARU.name in manager.html


def test_back_and_another_language_keep_the_table(manager: CareManager) -> None:
    manager.press("back", name_0=HARU.name)
    manager.press("next", facility_name="ひまわり苑", topic="unsure")
    assert manager.names == [HARU.name]
    manager.press("next")
    kept = OTHER_LANGUAGES.search(manager.page.content.decode())
    assert kept is not None
    fields = {name: unescape(value) for name, value in HIDDEN.findall(kept[0])}
    page = manager.client.post("/vi/visits/group/", fields)
    assert HARU.name in page.content.decode()


def test_sent_twice_it_is_one_group_and_asked_again_the_same_people(manager: CareManager) -> None:
    manager.press("next", name_0=HARU.name)
    sent = {**manager.carried, "go": "send"}
    first, second = manager.client.post(ADDRESS, sent), manager.client.post(ADDRESS, sent)
    assert first["Location"] == second["Location"]
    assert VisitRequest.objects.count() == 1
    again = CareManager().press("next", name_0=HARU.name, born_0="S19")
    again.press("send")
    assert VisitRequest.objects.count() == 2
    assert Person.objects.count() == 1
    assert RequestGroup.objects.values("asked_by").distinct().count() == 1


def test_staff_see_a_group_as_one_and_take_it_as_one(manager: CareManager, log_in, staff) -> None:
    manager.press("next", pasted=f"{HARU.name}\n{LI_NA.name}").press("send")
    group = RequestGroup.objects.get()
    desk, address = log_in("desk"), reverse("visits_staff:group", args=[group.pk])
    rows = desk.get(reverse("visits_staff:requests")).context["rows"]
    assert [row.people for row in rows] == [2]
    page = desk.get(address)
    assert page.context["is_small"]
    for shown in (HARU.name, LI_NA.name, CARE_MANAGER.name, "ひまわり苑"):
        assert shown in page.content.decode()
    assert AccessRecord.objects.filter(screen="visits:group").count() == 2
    desk.post(reverse("visits_staff:hold_group", args=[group.pk]))
    assert {member.holder for member in group.requests.all()} == {staff("desk")}


def test_a_damaged_link_to_a_group_opens_nothing() -> None:
    assert Client().get("/en/visits/group/G-7K3M9R.forged/").status_code == 404
