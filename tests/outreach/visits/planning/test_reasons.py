"""Whoever is left out is left out with the reason that is true."""

import pytest

from outreach.visits.planning import Fixed, Problem, Reason, Stop, Unassigned, Window
from tests.outreach.visits.planning.days import FIVE, NINE, NOON, day, planned, stop, team

NOW = (Window(600, 600),)
VI = frozenset({"vi"})
LINGUIST = team(2, has=VI, ends=640)


def left_out(problem: Problem) -> dict[int, Unassigned]:
    return {each.stop: each for each in planned(problem).unassigned}


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (stop(1, closed=True), Reason.ROAD_CLOSED),
        (stop(1, needs=VI), Reason.NO_SKILL),
        (stop(1, load=9), Reason.NO_ROOM),
        (stop(1, windows=(Window(300, 400),)), Reason.NO_WINDOW),
        (stop(1, at=300), Reason.TOO_FAR),
    ],
    ids=lambda value: value if isinstance(value, Reason) else "",
)
def test_what_can_never_be_is_said_first(asked: Stop, reason: Reason) -> None:
    assert left_out(day(asked, teams=(team(capacity=5),)))[1].reason == reason


def test_what_no_team_brings_is_named() -> None:
    asked = stop(1, needs=frozenset({"vi", "tablet"}))
    assert left_out(day(asked, teams=(team(has=VI),)))[1].lacking == {"tablet"}


def test_a_day_that_is_full() -> None:
    whole_day = stop(1, service=FIVE - NINE, promised=True, windows=(Window(NINE, NINE),))
    urgent = stop(1, service=FIVE - NINE - 10, priority=5)
    assert left_out(day(urgent, stop(2)))[2].reason == Reason.NO_TIME
    assert left_out(day(whole_day, stop(2)))[2].reason == Reason.FIXED_IN_THE_WAY


def test_what_is_fixed_stands_in_the_way() -> None:
    problem = day(stop(1, at=60, fixed=Fixed(1, 600)), stop(2, windows=NOW))
    assert left_out(problem)[2].reason == Reason.FIXED_IN_THE_WAY


def test_at_another_hour_there_would_be_time() -> None:
    problem = day(stop(1, windows=NOW, priority=5), stop(2, windows=NOW))
    assert left_out(problem)[2].reason == Reason.WINDOW_TAKEN


def test_another_team_would_have_time() -> None:
    asked = [stop(n, needs=VI, windows=(Window(NINE, NOON),), priority=5 - n) for n in (1, 2, 3, 4)]
    problem = day(*asked, teams=(team(1), LINGUIST))
    assert left_out(problem)[4].reason == Reason.SKILL_TAKEN


def test_nobody_goes_out() -> None:
    assert left_out(day(stop(1), teams=()))[1].reason == Reason.NO_TEAM
