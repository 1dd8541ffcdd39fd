"""Whether a plan keeps every rule, judged from the problem and the plan alone.

Shares nothing with the solver but the words of the problem, so that a fault of one is not a fault
of the other. Whoever saves a plan asks here first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from outreach.visits.planning.plan import Plan, PlannedStop, Route
from outreach.visits.planning.problem import Problem, Stop, Team


class Rule(StrEnum):
    """What a plan can break."""

    UNKNOWN = "unknown"  # a stop or team the problem does not have
    MISSING = "missing"  # a stop neither planned nor left out
    TWICE = "twice"  # a stop planned or left out more than once, a team with two routes
    HOURS = "hours"  # begun outside every window
    SERVICE = "service"  # another length than the visit needs
    ROAD = "road"  # there before the way can be driven
    SHIFT = "shift"  # out before the shift begins or after it ends
    LONGEST = "longest"  # more work than a day may have
    LUNCH = "lunch"  # no lunch, too short, outside its period, while driving or visiting
    SKILL = "skill"  # the team does not bring what the visit needs
    CLOSED = "closed"  # behind a closed road
    FIXED = "fixed"  # moved although it must not be
    ROOM = "room"  # more than the team can carry


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule broken by a team, at a stop where it is about one."""

    rule: Rule
    team: int | None = None
    stop: int | None = None


def faults(problem: Problem, plan: Plan) -> list[Fault]:
    """Every rule the plan breaks; an empty list says that it can be kept."""
    found = list(_counting(problem, plan))
    stops = {stop.id: stop for stop in problem.stops}
    teams = {team.id: team for team in problem.teams}
    for route in plan.routes:
        team = teams.get(route.team)
        known = [(each, stops[each.stop]) for each in route.stops if each.stop in stops]
        if team is None or len(known) != len(route.stops):
            found.append(Fault(Rule.UNKNOWN, route.team))
            continue
        found += _permissions(team, known)
        found += _visits(team, known)
        found += _driving(problem, team, route, known)
        found += _day(team, route)
    return found


def _counting(problem: Problem, plan: Plan) -> Iterator[Fault]:
    named = [each.stop for route in plan.routes for each in route.stops]
    named += [each.stop for each in plan.unassigned]
    for stop in problem.stops:
        if named.count(stop.id) == 0:
            yield Fault(Rule.MISSING, stop=stop.id)
        if named.count(stop.id) > 1:
            yield Fault(Rule.TWICE, stop=stop.id)
        if stop.fixed and any(stop.id == left.stop for left in plan.unassigned):
            yield Fault(Rule.FIXED, stop.fixed.team, stop.id)
    known = {stop.id for stop in problem.stops}
    yield from (
        Fault(Rule.UNKNOWN, stop=left.stop) for left in plan.unassigned if left.stop not in known
    )
    out = [route.team for route in plan.routes]
    yield from (Fault(Rule.TWICE, team) for team in sorted(set(out)) if out.count(team) > 1)


def _permissions(team: Team, known: list[tuple[PlannedStop, Stop]]) -> Iterator[Fault]:
    for _, stop in known:
        if stop.closed:
            yield Fault(Rule.CLOSED, team.id, stop.id)
        if stop.needs - team.has:
            yield Fault(Rule.SKILL, team.id, stop.id)
    if team.capacity is not None and sum(stop.load for _, stop in known) > team.capacity:
        yield Fault(Rule.ROOM, team.id)


def _visits(team: Team, known: list[tuple[PlannedStop, Stop]]) -> Iterator[Fault]:
    for planned, stop in known:
        if planned.leave - planned.arrive != stop.service:
            yield Fault(Rule.SERVICE, team.id, stop.id)
        if stop.fixed:
            if stop.fixed.team != team.id or stop.fixed.begins != planned.arrive:
                yield Fault(Rule.FIXED, team.id, stop.id)
        elif not any(w.opens <= planned.arrive <= w.closes for w in stop.windows):
            yield Fault(Rule.HOURS, team.id, stop.id)


def _driving(
    problem: Problem, team: Team, route: Route, known: list[tuple[PlannedStop, Stop]]
) -> Iterator[Fault]:
    """Each gap between two visits must have room for the way, and lunch must lie in one of them."""
    free_from = [route.departs] + [planned.leave for planned, _ in known]
    free_until = [planned.arrive for planned, _ in known] + [route.returns]
    come_from = [team.start_place] + [stop.place for _, stop in known]
    go_to = [stop.place for _, stop in known] + [team.end_place]
    eaten = route.lunch is None
    for leg, (begin, end) in enumerate(zip(free_from, free_until, strict=True)):
        way = problem.travel.times[come_from[leg]][go_to[leg]]
        if end - begin < way:
            yield Fault(Rule.ROAD, team.id, known[leg][1].id if leg < len(known) else None)
        if route.lunch and begin <= route.lunch[0] and route.lunch[1] <= end:
            before, after = route.lunch[0] - begin, end - route.lunch[1]
            eaten = eaten or max(before, after) >= way
    if not eaten:
        yield Fault(Rule.LUNCH, team.id)


def _day(team: Team, route: Route) -> Iterator[Fault]:
    if route.departs < team.starts or route.returns > team.ends:
        yield Fault(Rule.SHIFT, team.id)
    pause = 0
    if route.lunch:
        pause = route.lunch[1] - route.lunch[0]
    if team.lunch:
        at_office = (
            route.departs - team.lunch.opens >= team.lunch.length
            or team.lunch.until - route.returns >= team.lunch.length
        )
        if route.lunch is None:
            if not at_office:
                yield Fault(Rule.LUNCH, team.id)
        elif (
            pause != team.lunch.length
            or route.lunch[0] < team.lunch.opens
            or route.lunch[1] > team.lunch.until
        ):
            yield Fault(Rule.LUNCH, team.id)
    elif route.lunch:
        yield Fault(Rule.LUNCH, team.id)
    if team.longest is not None and route.returns - route.departs - pause > team.longest:
        yield Fault(Rule.LONGEST, team.id)
