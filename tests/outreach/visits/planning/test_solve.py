"""A day is planned: every rule is kept, the urgent come first, the way is short."""

from random import Random

import pytest

from outreach.visits.planning import (
    Fixed,
    FixedVisitsClash,
    Lunch,
    Plan,
    Problem,
    Travel,
    Window,
)
from outreach.visits.planning.checker import faults
from outreach.visits.planning.insertion import best_place
from tests.outreach.visits.planning.days import FIVE, NINE, NOON, ONE, day, planned, stop, team


def order_of(plan: Plan, number: int = 1) -> list[int]:
    return [each.stop for route in plan.routes if route.team == number for each in route.stops]


def test_a_day_without_visits_is_empty() -> None:
    assert planned(day()) == Plan(())


def test_the_way_is_the_shortest() -> None:
    """Eight homes on two roads out of town: one team drives each road out and back once."""
    homes = [(x, 0) for x in (10, 20, 30, 40)] + [(0, y) for y in (12, 21, 33, 39)]
    points = [(0, 0), *homes]
    times = [[abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in points] for a in points]
    stops = tuple(stop(n, at=n, service=45) for n in range(1, 9))
    problem = Problem(stops, (team(1, ends=800), team(2, ends=800)), Travel(times))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert plan.unassigned == ()
    assert sum(r.returns - r.departs for r in plan.routes) == 8 * 45 + 2 * 40 + 2 * 39


def test_a_visit_is_made_in_one_of_the_hours_asked_for() -> None:
    hours = (Window(NINE, 570), Window(960, 980))
    problem = day(stop(1, at=10, windows=hours), stop(2, at=90, windows=(Window(630, 640),)))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert len(plan.routes[0].stops) == 2


def test_only_a_team_that_brings_what_is_needed_goes() -> None:
    problem = day(
        stop(1, at=5, needs=frozenset({"vi"})),
        stop(2, at=200, needs=frozenset({"tablet"})),
        teams=(team(1, has=frozenset({"tablet"})), team(2, has=frozenset({"vi"}))),
    )
    plan = planned(problem)
    assert (order_of(plan, 1), order_of(plan, 2)) == ([2], [1])


def test_lunch_is_had_on_the_way() -> None:
    lunch = Lunch(45, 690, 810)
    problem = day(*(stop(n, at=10 * n) for n in range(1, 9)), teams=(team(lunch=lunch),))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert plan.unassigned == ()
    assert plan.routes[0].lunch


def test_lunch_between_two_visits_that_lie_apart_is_found_too() -> None:
    lunch = Lunch(45, 690, 810)
    early, late = (Window(550, 550),), (Window(960, 960),)
    problem = day(
        stop(1, at=10, windows=early), stop(2, at=20, windows=late), teams=(team(lunch=lunch),)
    )
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert order_of(plan) == [1, 2]


def test_a_team_back_for_lunch_has_none_on_the_way() -> None:
    problem = day(
        stop(1, at=10, windows=(Window(600, 600),)), teams=(team(lunch=Lunch(45, 690, 810)),)
    )
    assert planned(problem).routes[0].lunch is None


def test_what_is_fixed_does_not_move() -> None:
    fixed = stop(1, at=100, fixed=Fixed(2, 700))
    others = [stop(n, at=n) for n in range(2, 8)]
    problem = day(fixed, *others, teams=(team(1), team(2)))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert [(r.team, s.arrive) for r in plan.routes for s in r.stops if s.stop == 1] == [(2, 700)]


def test_fixed_visits_that_cannot_both_be_made_are_named() -> None:
    problem = day(stop(1, at=100, fixed=Fixed(1, 700)), stop(2, at=0, fixed=Fixed(1, 735)))
    with pytest.raises(FixedVisitsClash) as clash:
        planned(problem)
    assert (clash.value.team, clash.value.stops) == (1, (1, 2))


def test_a_promise_comes_before_urgency_and_urgency_before_the_rest() -> None:
    """One place in the day for each time; who has it?"""
    only_now = (Window(600, 600),)
    urgent, ordinary = stop(1, windows=only_now, priority=9), stop(2, windows=only_now)
    assert order_of(planned(day(ordinary, urgent))) == [1]
    promised = stop(3, windows=only_now, promised=True)
    assert order_of(planned(day(ordinary, urgent, promised))) == [3]


def test_a_long_way_to_somebody_is_no_reason_to_leave_them_out() -> None:
    problem = day(stop(1, at=1), stop(2, at=200))
    assert planned(problem).unassigned == ()


def test_no_day_is_longer_than_allowed() -> None:
    problem = day(*(stop(n, at=n) for n in range(1, 9)), teams=(team(longest=120),))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert len(order_of(plan)) == 3


def test_a_team_carries_no_more_than_it_can() -> None:
    problem = day(*(stop(n, at=n, load=2) for n in range(1, 6)), teams=(team(capacity=5),))
    plan = planned(problem)
    assert faults(problem, plan) == []
    assert len(order_of(plan)) == 2


def test_a_team_may_end_its_day_elsewhere() -> None:
    problem = day(stop(1, at=50), teams=(team(end_place=100),))
    route = planned(problem).routes[0]
    assert route.returns - route.departs == 130


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = random_day(4)
    assert planned(problem, seed=7) == planned(problem, seed=7)


@pytest.mark.parametrize(("waiting_counts", "out"), [(False, 1), (True, 2)])
def test_one_team_waits_where_waiting_costs_nothing(waiting_counts: bool, out: int) -> None:
    """Two visits an hour away, at ten and at three: wait there, or drive there twice."""
    hours = [(Window(600, 600),), (Window(900, 900),)]
    stops = [stop(n, at=60, windows=hours[n - 1]) for n in (1, 2)]
    problem = day(*stops, teams=(team(1), team(2)), waiting_counts=waiting_counts)
    assert len(planned(problem).routes) == out


def random_day(seed: int) -> Problem:
    """Anything a town may ask of a day at once, and more of it than can be done."""
    chance = Random(seed)
    lunch = Lunch(45, 690, 810)
    teams = tuple(
        team(
            n,
            starts=chance.choice([NINE, 600]),
            ends=chance.choice([960, FIVE]),
            has=frozenset(chance.sample(["vi", "tablet", "four_wheel_drive"], 2)),
            lunch=chance.choice([lunch, lunch, None]),
            longest=chance.choice([None, 300]),
            capacity=chance.choice([None, 6]),
        )
        for n in (1, 2, 3)
    )
    hours = [(Window(NINE, NOON),), (Window(ONE, FIVE),), (Window(NINE, 630), Window(900, 990))]
    stops = [
        stop(
            n,
            at=chance.randint(1, 90),
            service=chance.choice([25, 50]),
            windows=chance.choice(hours),
            priority=chance.randint(1, 10),
            promised=chance.random() < 0.1,
            needs=frozenset(chance.choice([[], [], ["vi"], ["four_wheel_drive", "tablet"]])),
            closed=chance.random() < 0.05,
            load=chance.randint(0, 2),
        )
        for n in range(1, 21)
    ]
    fixed = stop(21, at=chance.randint(1, 60), fixed=Fixed(chance.choice([1, 2, 3]), 650))
    return day(*stops, fixed, teams=teams)


@pytest.mark.parametrize("seed", range(12))
def test_every_plan_keeps_every_rule_and_leaves_out_only_what_fits_nowhere(seed: int) -> None:
    problem = random_day(seed)
    plan = planned(problem, seed=seed, iterations=60)
    assert faults(problem, plan) == []
    stops = {each.id: each for each in problem.stops}
    orders = {r.team: tuple(stops[each.stop] for each in r.stops) for r in plan.routes}
    for left in plan.unassigned:
        assert best_place(problem, problem.teams, orders, stops[left.stop]) is None
