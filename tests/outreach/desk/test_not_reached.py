"""Whom no channel has reached: who is on the list, who leaves it, and what it says."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.actions import colleague_calls
from notifications.models import Message
from outreach.desk.not_reached import not_reached
from outreach.people.actions import tasks
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU, LINH

LIST = "desk_staff:not_reached"
LONG = {"language": "ja", "subject": "お知らせ", "body": "期限です。"}


@pytest.fixture
def haru(person_of, district):
    person = person_of(HARU)
    person.district = district
    person.save()
    person.contact.points.create(kind="post", value="花輪字八正寺13")
    return person


@pytest.fixture
def attempt(present):
    """One message to a person in the state a test wants."""

    def put(person, state, **changes):
        values = {
            "contact": person.contact,
            "point": person.contact.points.first(),
            "purpose": "renewal-reminder",
            "reference": f"r{Message.objects.count()}",
            "channel": "sms",
            "language": "ja",
            "body": "カードの有効期限が近づいています。",
            "queued_at": present - timedelta(days=3),
            "state": state,
        }
        return Message.objects.create(**{**values, **changes})

    return put


def listed():
    return not_reached().people


@pytest.mark.parametrize(
    ("state", "changes", "is_listed"),
    [
        pytest.param("failed", {}, True, id="failed with no way left"),
        pytest.param("held", {"channel": "call", "point": None}, True, id="no way to begin with"),
        pytest.param("held", {"channel": "letter"}, True, id="a letter to a protected address"),
        pytest.param("held", {"channel": "call"}, False, id="a call still to be made"),
        pytest.param("held", {}, False, id="in doubt"),
        pytest.param("unknown", {}, False, id="not known yet"),
        pytest.param("queued", {}, False, id="waiting"),
        pytest.param("sent", {}, False, id="sent"),
        pytest.param("delivered", {}, False, id="arrived"),
        pytest.param("dropped", {}, False, id="not sent because the person did not want it"),
    ],
)
def test_on_the_list_is_whose_occasion_ended_without_reaching_them(
    haru, attempt, state, changes, is_listed
):
    attempt(haru, state, **changes)

    assert (haru in listed()) is is_listed


@pytest.mark.parametrize(
    ("state", "is_listed"),
    [("queued", False), ("sent", False), ("failed", True), ("dropped", True)],
)
def test_the_last_attempt_of_an_occasion_decides(haru, attempt, state, is_listed):
    first = attempt(haru, "failed")
    attempt(haru, state, channel="letter", follows=first)

    assert (haru in listed()) is is_listed


def test_a_call_taken_back_is_still_to_be_made(haru, attempt, staff, present):
    call = attempt(haru, "held", channel="call", other_forms={"long": LONG})
    colleague_calls.not_reached(message=call, by=staff("desk"), now=present)

    colleague_calls.take_back(message=call, by=staff("desk"), now=present)

    assert listed() == []


@pytest.mark.parametrize(
    ("changes", "is_listed"),
    [
        pytest.param({}, False, id="by a message of the same kind"),
        pytest.param({"purpose": "visit"}, True, id="by one about something else"),
        pytest.param({"state": "queued"}, True, id="not yet"),
    ],
)
def test_who_is_reached_later_leaves_the_list(haru, attempt, present, changes, is_listed):
    attempt(haru, "failed")

    attempt(haru, **{"state": "sent", "queued_at": present, **changes})

    assert (haru in listed()) is is_listed


def test_who_was_reached_earlier_does_not(haru, attempt, present):
    attempt(haru, "sent", queued_at=present - timedelta(days=30))
    attempt(haru, "failed")

    assert listed() == [haru]


def test_who_a_colleague_has_dealt_with_leaves_the_list(haru, attempt, staff, present):
    message = attempt(haru, "failed")
    task = tasks.open_task(kind="not_reached", cause="x", now=present, person=haru, message=message)
    assert listed() == [haru]

    tasks.finish(task=task, by=staff("desk"), now=present)

    assert listed() == []


def test_who_asked_for_peace_is_counted_and_not_listed(haru, attempt):
    attempt(haru, "failed")
    haru.contact.do_not_contact = True
    haru.contact.save()

    assert (listed(), not_reached().left_alone) == ([], 1)


def test_a_person_stands_there_once_with_the_oldest_day(haru, attempt, present):
    attempt(haru, "failed", queued_at=present - timedelta(days=9))
    attempt(haru, "failed")

    (group,) = not_reached().groups
    (one,) = group.people
    assert one.since == present - timedelta(days=9)


@pytest.mark.parametrize("paper", ["", "?print=1"], ids=["on the screen", "on paper"])
def test_the_list_names_no_card_and_no_words(log_in, haru, attempt, paper):
    attempt(haru, "failed")

    page = log_in("desk").get(reverse(LIST) + paper).content.decode()

    assert HARU.name in page
    assert "八正寺" in page
    assert "0186-00-0111" in page
    assert "有効期限" not in page
    assert "カード" not in page.partition("<table")[2].partition("</table>")[0]


@pytest.mark.parametrize("paper", ["", "?print=1"], ids=["on the screen", "on paper"])
def test_a_protected_address_stands_on_neither(log_in, haru, attempt, paper):
    attempt(haru, "failed")
    haru.contact.protected = True
    haru.contact.save()

    page = log_in("desk").get(reverse(LIST) + paper).content.decode()

    assert HARU.name in page
    assert "八正寺" not in page
    assert "支援措置" not in page


@pytest.mark.parametrize(("paper", "action"), [("", "view"), ("?print=1", "export")])
def test_a_look_is_recorded_and_a_print_is_an_export(log_in, staff, haru, attempt, paper, action):
    attempt(haru, "failed")

    log_in("desk").get(reverse(LIST) + paper)

    record = AccessRecord.objects.get()
    assert (record.by, record.person, record.action) == (staff("desk"), haru, action)


def test_one_district_shows_and_records_its_own_people(log_in, haru, attempt, person_of):
    attempt(haru, "failed")
    attempt(person_of(LINH), "failed")

    page = log_in("desk").get(reverse(LIST), {"district": haru.district.code}).content.decode()

    assert HARU.name in page
    assert LINH.name not in page
    assert [record.person for record in AccessRecord.objects.all()] == [haru]


def test_whose_district_nobody_knows_comes_last(haru, attempt, person_of):
    akiko = person_of(AKIKO)
    attempt(akiko, "failed")
    attempt(haru, "failed")

    assert listed() == [haru, akiko]


def test_the_number_of_queries_does_not_grow_with_the_people(
    haru, attempt, person_of, django_assert_max_num_queries
):
    for person in (haru, person_of(AKIKO), person_of(LINH)):
        attempt(person, "failed")

    with django_assert_max_num_queries(4):
        assert len(listed()) == 3
