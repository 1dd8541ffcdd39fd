"""Staff plan and record; each screen shows people only to those who may see them."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.actions import contacts
from notifications.models import Contact, ContactPoint, Message
from notifications.rules.phones import parse_phone
from outreach.people.actions import people
from outreach.people.models import AccessRecord, Person
from outreach.visits import wagtail_hooks
from outreach.visits.actions import requests, visits
from outreach.visits.models import Team, Visit, VisitRequest
from tests.cast import AKIKO, HARU, LI_NA

Asking = Callable[..., VisitRequest]
LogIn = Callable[[str], Client]
ADDRESS = "花輪字荒田4番地1"


@pytest.fixture
def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def today_visit(ask: Asking, team: Team, officer: User) -> Visit:
    """Haru's visit by the visitor's own team, today."""
    return visits.schedule(
        request=ask(now=timezone.now() - timedelta(days=3)),
        team=team,
        on=timezone.localdate(),
        time_slot="am",
        by=officer,
        now=timezone.now(),
    )


def seen(screen: str) -> list[tuple[str, int]]:
    records = AccessRecord.objects.filter(screen=screen).order_by("pk")
    return list(records.values_list("action", "person_id"))


@pytest.mark.parametrize("role", ["editor", "translator", "manager"])
@pytest.mark.parametrize(
    "screen", ["requests", "new", "today", "request", "cancel", "outcome", "day"]
)
def test_who_neither_plans_nor_visits_sees_nobody(
    log_in: LogIn, today_visit: Visit, role: str, screen: str
) -> None:
    needs = {
        "request": [today_visit.request_id],
        "cancel": [today_visit.request_id],
        "outcome": [today_visit.pk],
        "day": [today_visit.visit_on.isoformat()],
    }
    response = log_in(role).get(reverse(f"visits_staff:{screen}", args=needs.get(screen)))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("screen", ["requests", "new", "today"])
def test_a_stranger_is_sent_to_the_log_in(db: None, client: Client, screen: str) -> None:
    response = client.get(reverse(f"visits_staff:{screen}"))
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("screen", ["requests", "new"])
def test_a_visitor_does_not_plan(log_in: LogIn, screen: str) -> None:
    response = log_in("visitor").get(reverse(f"visits_staff:{screen}"))
    assert response["Location"] == reverse("wagtailadmin_home")


def test_the_list_says_who_waits_and_leaves_a_record(
    ask: Asking, haru: Person, log_in: LogIn
) -> None:
    request = ask(expires_on=timezone.localdate() + timedelta(days=5), now=timezone.now())
    html = log_in("desk").get(reverse("visits_staff:requests")).content.decode()
    assert request.reference in html
    assert HARU.kana in html
    assert 'class="state"' in html
    assert seen("visits:requests") == [("view", haru.pk)]


def test_the_list_asks_the_database_the_same_number_of_times_however_long(
    ask: Asking, log_in: LogIn
) -> None:
    client = log_in("desk")
    address = reverse("visits_staff:requests")
    ask(now=timezone.now())
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(8):
        ask(now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_day_list_asks_the_database_the_same_number_of_times_however_long(
    ask_for_another: Asking,
    team: Team,
    officer: User,
    log_in: LogIn,
    tomorrow: date,
    akiko: Contact,
) -> None:
    def add(count: int) -> None:
        for _ in range(count):
            visits.schedule(
                request=ask_for_another(relation="family", asked_by=akiko, now=timezone.now()),
                team=team,
                on=tomorrow,
                time_slot="am",
                by=officer,
                now=timezone.now(),
            )

    client = log_in("desk")
    address = reverse("visits_staff:day", args=[tomorrow.isoformat()])
    add(1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add(6)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_caller_is_taken_down_on_one_screen(log_in: LogIn, officer: User) -> None:
    client = log_in("desk")
    address = reverse("visits_staff:new")
    page = client.get(address).content.decode()
    assert 'type="email"' not in page
    typed = {
        "relation": "family",
        "asker_name": AKIKO.name,
        "asker_phone": AKIKO.phone,
        "name": HARU.name,
        "kana": "ゆきさわはる",
        "birth_year": "S19",
        "address": ADDRESS,
        "topic": "first_card",
        "parking": "no",
        "identity": "b",
        "voice": "guardian",
        "access": "裏口から",
        "language": "ja",
        "submission": str(uuid4()),
    }
    response = client.post(address, typed)
    request = VisitRequest.objects.get()
    assert response["Location"] == reverse("visits_staff:request", args=[request.pk])
    assert (request.how, request.taken_by, request.parking) == ("phone", officer, False)
    assert request.person.birth_year == 1944
    assert request.asked_by.name == AKIKO.name
    assert client.post(address, typed)["Location"] == response["Location"]
    assert VisitRequest.objects.count() == 1
    assert seen("visits:new")[0] == ("change", request.person_id)
    detail = client.get(response["Location"]).content.decode()
    for shown in (HARU.name, ADDRESS, AKIKO.name, AKIKO.phone, request.reference, "裏口から"):
        assert shown in detail
    assert request.conditions.voice == "guardian"
    assert ("view", request.person_id) in seen("visits:request")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"relation": "self"}, ["phone"]),
        ({"relation": "family"}, ["asker_name", "asker_phone"]),
        ({"relation": ""}, ["relation"]),
        ({"relation": "self", "phone": HARU.phone, "wishes": "123456789018"}, ["wishes"]),
    ],
)
def test_what_a_caller_did_not_say_is_asked_for(
    log_in: LogIn, typed: dict[str, str], wrong: list[str]
) -> None:
    answers = {"name": HARU.name, "topic": "unsure", "language": "ja", "submission": uuid4()}
    response = log_in("desk").post(reverse("visits_staff:new"), answers | typed)
    assert list(response.context["form"].errors) == wrong
    assert HARU.name in response.content.decode()
    assert VisitRequest.objects.count() == 0


def test_a_day_is_fixed_in_any_way_of_writing(
    ask: Asking, team: Team, log_in: LogIn, officer: User
) -> None:
    request = ask(now=timezone.now())
    address = reverse("visits_staff:request", args=[request.pk])
    response = log_in("desk").post(
        address, {"team": team.pk, "visit_on": "令和30年12月1日", "time_slot": "pm"}
    )
    assert response["Location"] == address
    visit = Visit.objects.get()
    assert (visit.visit_on, visit.time_slot, visit.team) == (date(2048, 12, 1), "pm", team)
    assert request.events.get(state="planned").by == officer
    assert ("change", request.person_id) in seen("visits:request")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"visit_on": "2020-01-01"}, id="a day that has passed"),
        pytest.param({"visit_on": "いつか"}, id="not a day"),
        pytest.param({"visit_on": ""}, id="no day"),
        pytest.param({"time_slot": ""}, id="no time slot"),
        pytest.param({"team": "99999"}, id="no such team"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(
    ask: Asking, team: Team, log_in: LogIn, typed: dict[str, str]
) -> None:
    request = ask(now=timezone.now())
    plan = {"team": team.pk, "visit_on": "2048-12-01", "time_slot": "pm"} | typed
    response = log_in("desk").post(reverse("visits_staff:request", args=[request.pk]), plan)
    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()
    assert not Visit.objects.exists()
    assert not Message.objects.filter(reference__startswith="visit-planned").exists()


def test_an_officer_who_saw_an_open_request_does_not_move_a_colleagues_plan(
    ask: Asking, team: Team, other_team: Team, log_in: LogIn, officer: User, tomorrow: date
) -> None:
    request = ask(now=timezone.now())
    planned = visits.schedule(
        request=request, team=team, on=tomorrow, time_slot="am", by=officer, now=timezone.now()
    )
    stale_page = {"team": other_team.pk, "visit_on": "2048-12-01", "time_slot": "pm", "visit": ""}
    response = log_in("desk").post(reverse("visits_staff:request", args=[request.pk]), stale_page)
    assert response.context["form"].non_field_errors()
    assert Visit.objects.get() == planned


def test_a_planned_visit_is_moved_from_the_same_screen(
    today_visit: Visit, other_team: Team, log_in: LogIn
) -> None:
    client = log_in("desk")
    address = reverse("visits_staff:request", args=[today_visit.request_id])
    assert f'name="visit" value="{today_visit.pk}"' in client.get(address).content.decode()
    client.post(
        address,
        {
            "team": other_team.pk,
            "visit_on": "2048-12-01",
            "time_slot": "pm",
            "visit": today_visit.pk,
        },
    )
    assert Visit.objects.ahead().get().team == other_team


def test_the_visit_of_another_request_cannot_be_moved_from_here(
    ask: Asking, today_visit: Visit, log_in: LogIn, team: Team
) -> None:
    other = ask(now=timezone.now())
    response = log_in("desk").post(
        reverse("visits_staff:request", args=[other.pk]),
        {"team": team.pk, "visit_on": "2048-12-01", "time_slot": "pm", "visit": today_visit.pk},
        follow=True,
    )
    assert response.status_code == 404
    assert Visit.objects.ahead().get() == today_visit


def test_cancelling_asks_once_more(today_visit: Visit, log_in: LogIn) -> None:
    client = log_in("desk")
    address = reverse("visits_staff:cancel", args=[today_visit.request_id])
    assert client.get(address).status_code == 200
    today_visit.request.refresh_from_db()
    assert today_visit.request.state == VisitRequest.State.PLANNED
    client.post(address)
    today_visit.request.refresh_from_db()
    assert today_visit.request.state == VisitRequest.State.CANCELLED


def test_the_day_list_holds_what_a_team_needs(
    haru: Person, team: Team, log_in: LogIn, officer: User, akiko: Contact, tomorrow: date
) -> None:
    contacts.record(name=haru.name, language="ja", post=ADDRESS, contact=haru.contact)
    request = requests.ask(
        person=haru,
        relation="family",
        asked_by=akiko,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=timezone.now(),
        wishes="犬がいます",
    )
    visits.schedule(
        request=request, team=team, on=tomorrow, time_slot="am", by=officer, now=timezone.now()
    )
    address = reverse("visits_staff:day", args=[tomorrow.isoformat()])
    html = log_in("desk").get(address).content.decode()
    for shown in (
        team.name,
        HARU.name,
        HARU.kana,
        ADDRESS,
        HARU.phone,
        AKIKO.name,
        AKIKO.phone,
        "犬がいます",
        "☐",
    ):
        assert shown in html
    assert seen("visits:day") == [("view", haru.pk)]


def test_the_address_of_a_protected_person_stands_nowhere(
    today_visit: Visit, haru: Person, log_in: LogIn
) -> None:
    contacts.record(name=haru.name, language="ja", post=ADDRESS, contact=haru.contact)
    Contact.objects.filter(pk=haru.contact_id).update(protected=True)
    client = log_in("desk")
    for address in (
        reverse("visits_staff:day", args=[today_visit.visit_on.isoformat()]),
        reverse("visits_staff:request", args=[today_visit.request_id]),
        reverse("visits_staff:outcome", args=[today_visit.pk]),
    ):
        assert ADDRESS not in client.get(address).content.decode()
    assert ContactPoint.objects.filter(value=ADDRESS).exists()


def test_a_visitor_sees_the_visits_of_the_own_team_only(
    today_visit: Visit, other_team: Team, officer: User, log_in: LogIn
) -> None:
    li_na = people.identify(
        name=LI_NA.name, phone=parse_phone(LI_NA.phone), language=LI_NA.language
    )
    request = requests.ask(
        person=li_na,
        relation="self",
        asked_by=None,
        topic="unsure",
        submission=uuid4(),
        how="web",
        now=timezone.now(),
    )
    theirs = visits.schedule(
        request=request,
        team=other_team,
        on=today_visit.visit_on,
        time_slot="am",
        by=officer,
        now=timezone.now(),
    )
    client = log_in("visitor")
    day = client.get(reverse("visits_staff:day", args=[today_visit.visit_on.isoformat()]))
    assert HARU.name in day.content.decode()
    assert LI_NA.name not in day.content.decode()
    assert client.get(reverse("visits_staff:outcome", args=[today_visit.pk])).status_code == 200
    address = reverse("visits_staff:outcome", args=[theirs.pk])
    assert client.get(address, follow=True).status_code == 404
    assert client.post(address, {"outcome": "applied"}, follow=True).status_code == 404
    theirs.refresh_from_db()
    assert theirs.outcome == ""
    assert not AccessRecord.objects.filter(person=li_na).exists()


def test_a_visitor_writes_an_outcome_down_once(
    today_visit: Visit, visitor: User, log_in: LogIn
) -> None:
    client = log_in("visitor")
    address = reverse("visits_staff:outcome", args=[today_visit.pk])
    response = client.post(address, {"outcome": "id_missing", "note": "保険証が見つからない"})
    assert response["Location"] == reverse(
        "visits_staff:day", args=[today_visit.visit_on.isoformat()]
    )
    today_visit.refresh_from_db()
    assert (today_visit.outcome, today_visit.outcome_by) == ("id_missing", visitor)
    assert today_visit.request.state == VisitRequest.State.OPEN
    again = client.post(address, {"outcome": "applied"})
    assert again.context["form"].non_field_errors()
    today_visit.refresh_from_db()
    assert today_visit.outcome == "id_missing"
    assert ("change", today_visit.request.person_id) in seen("visits:outcome")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        pytest.param({"outcome": ""}, "outcome", id="nothing chosen"),
        pytest.param({"outcome": "called_off"}, "outcome", id="not for the form to give"),
        pytest.param({"outcome": "applied", "note": "123456789018"}, "note", id="card number"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(
    today_visit: Visit, log_in: LogIn, typed: dict[str, str], wrong: str
) -> None:
    address = reverse("visits_staff:outcome", args=[today_visit.pk])
    response = log_in("visitor").post(address, typed)
    assert list(response.context["form"].errors) == [wrong]
    today_visit.refresh_from_db()
    assert today_visit.outcome == ""


@pytest.mark.parametrize("day", ["2026-02-30", "someday"])
def test_a_day_that_is_not_in_the_calendar_is_not_found(log_in: LogIn, day: str) -> None:
    address = reverse("visits_staff:day", args=[day])
    assert log_in("desk").get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("desk", {"visits", "visits-today"}),
        ("visitor", {"visits-today"}),
        ("manager", set()),
    ],
)
def test_the_menu_shows_only_what_may_be_opened(
    staff: Callable[[str], User], rf: RequestFactory, role: str, shown: set[str]
) -> None:
    request = rf.get("/staff/")
    request.user = staff(role)
    items = [wagtail_hooks.requests_in_menu(), wagtail_hooks.today_in_menu()]
    assert {item.name for item in items if item.is_shown(request)} == shown


@pytest.mark.parametrize(
    ("day", "neighbours"),
    [
        ("2026-12-31", {"2026-12-30", "2027-01-01"}),
        ("0001-01-01", {"0001-01-02"}),
        ("9999-12-31", {"9999-12-30"}),
    ],
)
def test_the_list_of_a_day_leads_to_the_days_beside_it(
    log_in: LogIn, day: str, neighbours: set[str]
) -> None:
    shown = log_in("visitor").get(reverse("visits_staff:day", args=[day]))
    for beside in neighbours:
        assert reverse("visits_staff:day", args=[beside]) in shown.content.decode()
