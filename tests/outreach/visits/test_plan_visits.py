"""`plan_visits`: the day for programs and for people, and one clear line for what it refuses."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from outreach.people.models import Person
from outreach.visits.models import Team, Visit, VisitRequest

Asking = Callable[..., VisitRequest]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _short_search(settings) -> None:
    settings.PLANNING_SECONDS = "0.2"


@pytest.fixture
def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("plan_visits", *arguments, stdout=out)
    return out.getvalue()


def test_programs_get_routes_and_reasons_and_nothing_is_changed(
    ask_for_another: Asking, ask: Asking, team: Team, other_team: Team, tomorrow: date
) -> None:
    reached = ask_for_another(now=timezone.now())
    speaks = ask_for_another(language="vi", now=timezone.now())
    nowhere = ask(now=timezone.now())  # Haru told no district
    answer = json.loads(run("--date", tomorrow.isoformat(), "--team", str(team.pk), "--json"))
    (route,) = answer["routes"]
    (stop,) = route["stops"]
    assert (set(answer), route["team"]) == ({"routes", "unassigned"}, team.pk)
    assert (set(stop), stop["visit"]) == ({"visit", "arrive", "leave"}, reached.reference)
    arrive, leave = (datetime.fromisoformat(stop[name]) for name in ("arrive", "leave"))
    assert (arrive.date(), arrive.utcoffset()) == (tomorrow, timedelta(hours=9))
    assert leave - arrive == timedelta(minutes=50)
    assert answer["unassigned"] == [
        {"visit": speaks.reference, "reason": "no_skill"},
        {"visit": nowhere.reference, "reason": "no_place"},
    ]
    assert Visit.objects.count() == 0


def test_people_read_the_same_by_reference_counts_last(
    ask_for_another: Asking, team: Team, tomorrow: date
) -> None:
    request = ask_for_another(now=timezone.now())
    ask_for_another(language="vi", now=timezone.now())
    lines = run("--date", tomorrow.isoformat()).splitlines()
    assert any(line.endswith(f"  {request.reference}") for line in lines)
    assert "Tiếng Việt" in next(line for line in lines if "No team brings" in line)
    assert lines[-1] == "1 visit planned, 1 left out."
    names = Person.objects.values_list("name", flat=True)
    assert not any(name in line for line in lines for name in names)


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--date", "soon"), "--date:"),
        (("--date", "2020-01-01"), "--date: this day has passed"),
        (("--date", "2099-01-01", "--team", "99"), "--team: there is no team 99. There are: "),
    ],
)
def test_what_cannot_be_planned_is_one_line(
    team: Team, arguments: tuple[str, ...], fault: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert str(refusal.value).startswith(fault)
    assert "\n" not in str(refusal.value)


def test_a_routing_server_that_does_not_answer_is_said_and_estimates_are_a_decision(
    ask_for_another: Asking, team: Team, tomorrow: date, settings
) -> None:
    settings.ROUTING_URL = "http://127.0.0.1:9"
    ask_for_another(now=timezone.now())
    with pytest.raises(CommandError, match=r"routing server 127\.0\.0\.1:9"):
        run("--date", tomorrow.isoformat())
    assert "estimated" in run("--date", tomorrow.isoformat(), "--estimate")
