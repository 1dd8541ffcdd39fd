"""The checker finds each rule that is broken. Plans here are written by hand."""

from dataclasses import replace

import pytest

from outreach.visits.planning import (
    Fixed,
    Lunch,
    Plan,
    PlannedStop,
    Problem,
    Reason,
    Route,
    Stop,
    Unassigned,
    Window,
)
from outreach.visits.planning.checker import Fault, Rule, faults
from tests.outreach.visits.planning.days import day, stop, team

LUNCH = Lunch(45, 690, 810)
VI = frozenset({"vi"})
PROBLEM = day(
    stop(1, at=10, needs=VI, load=2),
    stop(2, at=20, windows=(Window(600, 610), Window(900, 910)), load=2),
    stop(3, fixed=Fixed(1, 850)),
    stop(4, closed=True),
    teams=(
        team(1, has=VI, lunch=LUNCH, longest=320, capacity=4),
        team(2),
    ),
)
# 10 minutes out, 30 there, 10 on, 30 there, 20 back to where lunch and the fixed visit are.
ROUTE = Route(
    1,
    560,
    (PlannedStop(1, 570, 600), PlannedStop(2, 610, 640), PlannedStop(3, 850, 880)),
    880,
    lunch=(700, 745),
)
STRANGER = Unassigned(9, Reason.NO_TIME)
PLAN = Plan((ROUTE,), (Unassigned(4, Reason.ROAD_CLOSED),))


def rules(problem: Problem, plan: Plan) -> set[Rule]:
    return {fault.rule for fault in faults(problem, plan)}


def with_route(**changes: object) -> Plan:
    return replace(PLAN, routes=(replace(ROUTE, **changes),))  # type: ignore[arg-type]


def with_stop(at: int, arrive: int, leave: int) -> Plan:
    stops = list(ROUTE.stops)
    stops[at] = replace(stops[at], arrive=arrive, leave=leave)
    return with_route(stops=tuple(stops))


def with_team(**changes: object) -> Problem:
    first, second = PROBLEM.teams
    return replace(PROBLEM, teams=(replace(first, **changes), second))  # type: ignore[arg-type]


def with_problem_stop(number: int, **changes: object) -> Problem:
    stops: list[Stop] = list(PROBLEM.stops)
    stops[number - 1] = replace(stops[number - 1], **changes)  # type: ignore[arg-type]
    return replace(PROBLEM, stops=tuple(stops))


def test_a_plan_that_keeps_every_rule_has_no_faults() -> None:
    assert faults(PROBLEM, PLAN) == []


@pytest.mark.parametrize(
    ("problem", "plan", "rule"),
    [
        (PROBLEM, replace(PLAN, unassigned=()), Rule.MISSING),
        (PROBLEM, replace(PLAN, unassigned=(*PLAN.unassigned, *PLAN.unassigned)), Rule.TWICE),
        (PROBLEM, replace(PLAN, routes=(ROUTE, ROUTE)), Rule.TWICE),
        (PROBLEM, replace(PLAN, unassigned=(*PLAN.unassigned, STRANGER)), Rule.UNKNOWN),
        (PROBLEM, with_route(team=7), Rule.UNKNOWN),
        (PROBLEM, with_stop(1, 611, 641), Rule.HOURS),
        (PROBLEM, with_stop(1, 610, 639), Rule.SERVICE),
        (PROBLEM, with_stop(0, 575, 605), Rule.ROAD),
        (PROBLEM, with_route(departs=561), Rule.ROAD),
        (PROBLEM, with_route(returns=879), Rule.ROAD),
        (with_team(starts=561), PLAN, Rule.SHIFT),
        (with_team(ends=879), PLAN, Rule.SHIFT),
        (with_team(longest=274), PLAN, Rule.LONGEST),
        (PROBLEM, with_route(lunch=None), Rule.LUNCH),
        (PROBLEM, with_route(lunch=(700, 744)), Rule.LUNCH),
        (PROBLEM, with_route(lunch=(680, 725)), Rule.LUNCH),
        (PROBLEM, with_route(lunch=(806, 851)), Rule.LUNCH),
        (with_team(lunch=replace(LUNCH, opens=640)), with_route(lunch=(650, 695)), None),
        (with_team(lunch=None), PLAN, Rule.LUNCH),
        (with_team(has=frozenset()), PLAN, Rule.SKILL),
        (with_problem_stop(1, closed=True), PLAN, Rule.CLOSED),
        (with_problem_stop(3, fixed=Fixed(1, 851)), PLAN, Rule.FIXED),
        (with_problem_stop(3, fixed=Fixed(2, 850)), PLAN, Rule.FIXED),
        (with_problem_stop(4, fixed=Fixed(2, 850)), PLAN, Rule.FIXED),
        (with_team(capacity=3), PLAN, Rule.ROOM),
    ],
)
def test_each_rule_that_is_broken_is_found(problem: Problem, plan: Plan, rule: Rule | None) -> None:
    assert rules(problem, plan) == ({rule} if rule else set())


def test_lunch_in_the_middle_of_driving_is_no_lunch() -> None:
    """Twenty minutes on the road: five before lunch and five after leave no room for the way."""
    problem = with_problem_stop(3, fixed=Fixed(1, 710))
    stops = (*ROUTE.stops[:2], PlannedStop(3, 710, 740))
    tight = replace(LUNCH, length=60, opens=640)
    problem = replace(problem, teams=(replace(problem.teams[0], lunch=tight), problem.teams[1]))
    plan = replace(PLAN, routes=(replace(ROUTE, stops=stops, returns=740, lunch=(645, 705)),))
    assert faults(problem, plan) == [Fault(Rule.LUNCH, 1)]
