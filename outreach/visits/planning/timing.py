"""The clock of one route: when a team that visits these stops in this order is where.

Exact for one order: hours of the visits, lunch before or after any leg, the shift, the longest day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.visits.planning.plan import PlannedStop, Route
from outreach.visits.planning.problem import Problem, Stop, Team, Window


@dataclass(frozen=True, slots=True)
class Pause:
    """Lunch on one leg: leg 0 leads to the first stop, leg n back; before driving it or after."""

    leg: int
    before_driving: bool


def route_in_order(problem: Problem, team: Team, stops: Sequence[Stop]) -> Route | None:
    """The shortest day that keeps this order, or None when there is none.

    Takes the first hours that can still be met at each stop; lunch is tried in every gap.
    """
    found: Route | None = None
    for pause in _pauses(team, len(stops)):
        route = _clocked(problem, team, stops, pause)
        if route and (found is None or _badness(route) < _badness(found)):
            found = route
    return found


def length_of(route: Route) -> int:
    """How long a team is away."""
    return route.returns - route.departs


def windows_of(stop: Stop) -> tuple[Window, ...]:
    """When a visit may begin, soonest first; one moment for a visit that must not move."""
    if stop.fixed:
        return (Window(stop.fixed.begins, stop.fixed.begins),)
    return tuple(sorted(stop.windows, key=lambda window: window.opens))


def _badness(route: Route) -> tuple[int, int]:
    return length_of(route), route.returns


def _pauses(team: Team, stops: int) -> Iterator[Pause | None]:
    yield None
    if team.lunch is None:
        return
    for leg in range(stops + 1):
        if leg > 0:
            yield Pause(leg, before_driving=True)
        if leg < stops:
            yield Pause(leg, before_driving=False)


def _clocked(
    problem: Problem, team: Team, stops: Sequence[Stop], pause: Pause | None
) -> Route | None:
    earliest = _forward(problem, team, stops, pause, team.starts)
    if earliest is None:
        return None
    # The same return with a later departure: whoever waits, waits at the office.
    route = _forward(
        problem, team, stops, pause, _latest_departure(problem, team, stops, pause, earliest)
    )
    if route is None or not _within_the_day(team, route):
        return None
    return route


def _forward(
    problem: Problem, team: Team, stops: Sequence[Stop], pause: Pause | None, departs: int
) -> Route | None:
    """Everything as early as it can be after leaving the office."""
    times, place, now = problem.travel.times, team.start_place, departs
    planned: list[PlannedStop] = []
    lunch: tuple[int, int] | None = None
    for leg in range(len(stops) + 1):
        if pause and pause.leg == leg and pause.before_driving:
            if (lunch := _lunch_from(team, now)) is None:
                return None
            now = lunch[1]
        to = stops[leg].place if leg < len(stops) else team.end_place
        now += times[place][to]
        place = to
        if pause and pause.leg == leg and not pause.before_driving:
            if (lunch := _lunch_from(team, now)) is None:
                return None
            now = lunch[1]
        if leg < len(stops):
            stop = stops[leg]
            window = next((w for w in windows_of(stop) if now <= w.closes), None)
            if window is None:
                return None
            arrive = max(now, window.opens)
            now = arrive + stop.service
            planned.append(PlannedStop(stop.id, arrive, now))
    return Route(team.id, departs, tuple(planned), now, lunch)


def _lunch_from(team: Team, now: int) -> tuple[int, int] | None:
    if team.lunch is None:
        return None
    begins = max(now, team.lunch.opens)
    ends = begins + team.lunch.length
    return (begins, ends) if ends <= team.lunch.until else None


def _latest_departure(
    problem: Problem, team: Team, stops: Sequence[Stop], pause: Pause | None, earliest: Route
) -> int:
    """How late the team can leave and still be back when `earliest` is, in the same hours."""
    times, place, latest = problem.travel.times, team.end_place, earliest.returns
    for leg in range(len(stops), -1, -1):
        if pause and pause.leg == leg and not pause.before_driving:
            latest = _lunch_until(team, latest)
        come_from = stops[leg - 1].place if leg else team.start_place
        latest -= times[come_from][place]
        place = come_from
        if pause and pause.leg == leg and pause.before_driving:
            latest = _lunch_until(team, latest)
        if leg:
            stop, arrive = stops[leg - 1], earliest.stops[leg - 1].arrive
            used = next(w for w in windows_of(stop) if arrive <= w.closes)
            latest = min(latest - stop.service, used.closes)
    return max(latest, team.starts)


def _lunch_until(team: Team, latest: int) -> int:
    lunch = team.lunch
    if lunch is None:
        raise ValueError(f"Team {team.id} has no lunch.")
    return min(latest, lunch.until) - lunch.length


def _within_the_day(team: Team, route: Route) -> bool:
    if route.returns > team.ends:
        return False
    eaten = 0
    if team.lunch:
        if route.lunch:
            eaten = team.lunch.length
        elif not (
            route.departs >= team.lunch.opens + team.lunch.length
            or route.returns <= team.lunch.until - team.lunch.length
        ):
            return False
    return team.longest is None or length_of(route) - eaten <= team.longest
