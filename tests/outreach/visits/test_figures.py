"""The figures of a fiscal year of visits: what is counted, what is left out, who sees what."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outreach.places.models import District
from outreach.visits.actions import card_steps, visits
from outreach.visits.figures import Figures, Table, figures
from outreach.visits.models import Team, Visit, VisitRequest
from outreach.visits.month_chart import month_chart
from tests.cast import HARU

pytestmark = pytest.mark.django_db
Asking = Callable[..., VisitRequest]
LogIn = Callable[[str], Client]
YEAR = 2026


@pytest.fixture
def count(now: datetime) -> Callable[..., Figures]:
    def of(**changes: Any) -> Figures:
        return figures(**{"year": YEAR, "now": now, "minimum": 0, **changes})

    return of


@pytest.fixture
def visited(officer: User, team: Team) -> Callable[..., Visit]:
    """A visit of the first team, some days after it was asked for, with its outcome."""

    def make(request: VisitRequest, *, days: int = 7, outcome: str = "applied") -> Visit:
        at = request.asked_at + timedelta(days=days)
        visit = visits.schedule(
            request=request, team=team, on=at.date(), time_slot="am", by=officer, now=at
        )
        return visits.record_outcome(visit=visit, outcome=outcome, note="", by=officer, now=at)

    return make


def cell(table: Table, row: str, column: str = "") -> int | None:
    return table.numbers[table.rows.index(row)][table.columns.index(column)]


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        pytest.param((2026, 3, 31, 23), 0, id="the last evening of the year before"),
        pytest.param((2026, 4, 1, 0), 1, id="the first hour, by the town's clock"),
        pytest.param((2027, 3, 31, 23), 1, id="the last evening"),
        pytest.param((2027, 4, 1, 0), 0, id="the year after"),
    ],
)
def test_a_request_counts_in_the_year_it_was_asked_in(
    ask: Asking, now: datetime, count: Callable[..., Figures], at: tuple[int, ...], counted: int
) -> None:
    year, month, day, hour = at
    ask(now=now.replace(year=year, month=month, day=day, hour=hour))
    assert count().by_month.whole == counted


def test_requests_are_counted_by_month_kind_and_how(
    ask: Asking, ask_for_another: Asking, now: datetime, count: Callable[..., Figures]
) -> None:
    ask()
    ask_for_another(how="web", topic="card_renewal", now=now.replace(month=5))
    found = count()
    assert cell(found.by_month, "10", "first_card") == 1
    assert cell(found.by_month, "5", "card_renewal") == 1
    assert (cell(found.by_how, "web"), cell(found.by_how, "phone")) == (1, 1)
    assert list(found.by_district.rows) == ["花輪", ""]
    assert found.by_month.whole == found.by_how.whole == found.by_district.whole == 2


def test_where_a_protected_person_lives_is_not_counted(
    ask_for_another: Asking, count: Callable[..., Figures]
) -> None:
    contact = ask_for_another().person.contact
    contact.protected = True
    contact.save()
    assert count().by_district.rows == ("",)


def test_waiting_is_told_in_working_days_to_the_first_visit(
    ask_for_another: Asking, visited: Callable[..., Visit], count: Callable[..., Figures]
) -> None:
    """Of 1 October 2026, a Thursday: a week is five working days, the 12th is a holiday."""
    for days in (1, 7, 14):
        request = ask_for_another()
        visited(request, days=days, outcome="absent")
    visited(request, days=30)  # come again: he waited fourteen days all the same
    whole, by_kind = count().waiting
    assert (whole.half, whole.most) == (5, 9)
    assert (by_kind.topic, by_kind.half) == ("first_card", 5)


def test_visits_that_were_called_off_are_no_visits(
    ask: Asking, visited: Callable[..., Visit], count: Callable[..., Figures]
) -> None:
    visit = visited(ask())
    Visit.objects.filter(pk=visit.pk).update(outcome="called_off")
    found = count()
    assert (found.outcomes.whole, found.waiting, found.teams) == (0, (), ())


def test_the_way_leads_over_the_districts_and_back_for_each_day(
    ask_for_another: Asking,
    visited: Callable[..., Visit],
    count: Callable[..., Figures],
    district: District,
    settings: Any,
) -> None:
    settings.OFFICE_COORDINATES = "40.10,140.79"
    settings.ROAD_FACTOR = "1.5"
    for days in (1, 1, 2):  # Hanawa is 0.09° north of the office: 10.0 km
        visited(ask_for_another(), days=days)
    ours, whole = count().teams
    assert (ours.name, ours.days, ours.visits, ours.kilometres) == ("第1班", 2, 3, 60)
    assert whole.visits_a_day == 1.5
    assert count().without_place == 0
    District.objects.update(latitude=None, longitude=None)
    assert (count().teams[0].kilometres, count().without_place) == (0, 3)


def test_cards_are_counted_by_the_furthest_step(
    ask_for_another: Asking,
    visited: Callable[..., Visit],
    officer: User,
    count: Callable[..., Figures],
) -> None:
    ask_for_another()
    request = ask_for_another()
    seen, at = visited(request).request, request.asked_at + timedelta(days=20)
    assert cell(count().by_district, "花輪", "applied") == 1
    for state in ("at_jlis", "arrived", "posted", "done"):
        card_steps.step(request=seen, seen=seen.state, to=state, on=at.date(), by=officer, now=at)
    assert count().by_district.numbers[0] == (1, 0, 0, 1, 2)
    assert (cell(count().outcomes, "applied"), count().outcomes.whole) == (1, 1)


def test_what_stands_longer_than_its_limit_is_stuck(
    ask: Asking, ask_for_another: Asking, now: datetime, count: Callable[..., Figures]
) -> None:
    ask()
    ask_for_another(now=now - timedelta(days=200))
    assert cell(count().standing, "open", "in_time") == 1
    assert cell(count().standing, "open", "late") == 1


def test_small_numbers_are_left_out_and_cannot_be_subtracted(
    ask_for_another: Asking, visited: Callable[..., Visit], count: Callable[..., Figures]
) -> None:
    for number in range(13):
        request = ask_for_another(how="web" if number < 2 else "phone")
        if number < 2:
            visited(request)
    shown = count(minimum=10)
    assert (cell(shown.by_how, "web"), cell(shown.by_how, "phone")) == (None, None)
    assert shown.by_how.whole == 13
    assert shown.outcomes.whole is None
    assert {one.half for one in shown.waiting} == {None}
    assert {(one.days, one.visits, one.kilometres) for one in shown.teams} == {(None,) * 3}
    assert count().left_out == 0


def test_more_requests_ask_the_database_nothing_more(
    ask_for_another: Asking, visited: Callable[..., Visit], count: Callable[..., Figures]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            count()
        return len(queries)

    visited(ask_for_another())
    few = asked()
    for days in (2, 3, 4):
        visited(ask_for_another(), days=days)
    assert asked() == few


def test_a_month_that_is_left_out_has_no_bar() -> None:
    table = Table(("4", "5"), ("",), ((20, 20), (None, None), (25, 25)))
    april, may = month_chart(table, ["April", "May"]).bars
    assert april.height > 0
    assert april.over > 0
    assert (may.value, may.height) == (None, 0)


def test_a_manager_sees_no_small_number_and_the_desk_all(
    ask: Asking, log_in: LogIn, now: datetime
) -> None:
    ask()
    address = f"/staff/visits/figures/?year={YEAR}"
    text = log_in("manager").get(address).content.decode()
    assert "令和8年度" in text
    assert "<svg" in text
    assert HARU.name not in text
    assert log_in("manager").get(address).context["figures"].by_month.whole is None
    assert log_in("desk").get(address).context["figures"].by_month.whole == 1


@pytest.mark.parametrize("role", ["desk", "manager"])
def test_a_file_leaves_small_numbers_out_whoever_asks(
    ask: Asking, log_in: LogIn, role: str
) -> None:
    ask()
    answer = log_in(role).get(f"/staff/visits/figures/file/?year={YEAR}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) > 80
    assert {line[3] for line in lines[1:]} == {"…"} | {line[3] for line in lines if line[3] == "0"}


def test_a_year_nobody_asked_in_is_a_table_of_nothing(count: Callable[..., Figures]) -> None:
    found = count(year=2029, minimum=10)
    assert (found.by_month.whole, found.by_district.whole, found.waiting) == (0, 0, ())
    assert found.by_month.rows[:2] == ("4", "5")
