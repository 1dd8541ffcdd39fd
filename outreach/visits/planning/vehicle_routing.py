"""The day as PyVRP understands it, and its answer as orders of stops.

- Hours: a visit with several windows is one client per window, of which one is made.
- Lunch: PyVRP has no pause. A visit may be made with lunch before or after it, which is one more
  client per window with the longer service; a team has room for one of them, and going out without
  one costs as much as having one earns. Having it costs no time.
- What a team may not do: a travel time no day has room for, in the profile of that team.
- Promises and urgency: every client is optional and earns a prize; what is fixed is required.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from outreach.visits.planning.insertion import may_go
from outreach.visits.planning.problem import MOST_URGENT, Lunch, Problem, Stop, Team
from outreach.visits.planning.timing import windows_of

if TYPE_CHECKING:
    import pyvrp

# Nothing better for so many tries in a row, for each way to make a visit: a small day is done
# before its time is up.
PATIENCE = 2_000
# How far back PyVRP looks when it takes a worse day on the way to a better one. Its own 300 are
# for long runs: in the few thousand tries of some seconds, 100 come nearer (RC101, 2,500 tries,
# five seeds: 0.98 instead of 1.19 % over the best known in the median; R101: 0.00 and 0.07).
HISTORY = 100
# Distances and times PyVRP adds up without overflow.
NEVER = 10_000_000


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make a visit: begun within these times, with a lunch beside it or without."""

    stop: Stop
    opens: int
    closes: int
    service: int
    lunch: Lunch | None = None


def search(
    problem: Problem, seconds: float, *, seed: int, iterations: int | None
) -> dict[Team, tuple[Stop, ...]]:
    """The best orders found, by team; empty when nothing that keeps the rules was found."""
    ways = list(_ways(problem))
    if not ways or not problem.teams:
        return {}
    # Here because importing PyVRP takes a fifth of a second, which only planning should pay.
    import pyvrp
    from pyvrp.exceptions import PenaltyBoundWarning
    from pyvrp.stop import (
        MaxIterations,
        MaxRuntime,
        MultipleCriteria,
        NoImprovement,
        StoppingCriterion,
    )

    # A promise that cannot be kept beside the others is for the caller to report, not for stderr.
    warnings.filterwarnings("ignore", category=PenaltyBoundWarning)
    kinds = _kinds(problem)
    stops: list[StoppingCriterion] = [MaxRuntime(seconds), NoImprovement(PATIENCE * len(ways))]
    if iterations is not None:
        stops.append(MaxIterations(iterations))
    result = pyvrp.solve(
        _data(problem, ways, list(kinds)),
        MultipleCriteria(stops),
        seed=seed,
        collect_stats=False,
        params=pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(history_length=HISTORY)),
    )
    if not result.is_feasible():
        return {}
    return _orders(result.best, ways, list(kinds.values()))


def _ways(problem: Problem) -> Iterator[Way]:
    lunches = sorted(
        {team.lunch for team in problem.teams if team.lunch},
        key=lambda lunch: (lunch.opens, lunch.until, lunch.length),
    )
    for stop in problem.stops:
        if not any(may_go(team, stop) for team in problem.teams):
            continue
        for window in windows_of(stop):
            yield Way(stop, window.opens, window.closes, stop.service)
            for lunch in lunches:
                with_lunch = (
                    Way(
                        stop,
                        max(window.opens, lunch.opens - stop.service),
                        min(window.closes, lunch.until - lunch.length - stop.service),
                        stop.service + lunch.length,
                        lunch,
                    ),
                    Way(
                        stop,
                        max(window.opens - lunch.length, lunch.opens),
                        min(window.closes, lunch.until) - lunch.length,
                        stop.service + lunch.length,
                        lunch,
                    ),
                )
                yield from (way for way in with_lunch if 0 <= way.opens <= way.closes)


def _kinds(problem: Problem) -> dict[Team, list[Team]]:
    """Teams that can do the same are one kind of vehicle: fewer to tell apart, a better search."""
    bound = {stop.fixed.team for stop in problem.stops if stop.fixed}
    kinds: dict[Team, list[Team]] = {}
    for team in problem.teams:
        kind = team if team.id in bound else replace(team, id=-1)
        kinds.setdefault(kind, []).append(team)
    return kinds


def _data(problem: Problem, ways: list[Way], kinds: list[Team]) -> "pyvrp.ProblemData":
    import numpy as np
    import pyvrp

    depots = sorted({place for team in kinds for place in (team.start_place, team.end_place)})
    places = depots + [way.stop.place for way in ways]
    times = np.asarray(problem.travel.times, dtype=np.int64)[np.ix_(places, places)]
    day = max(team.ends - team.starts for team in problem.teams)

    masks = [tuple(not _may_use(team, way) for way in ways) for team in kinds]
    profiles = sorted(set(masks))
    matrices: list[Any] = []  # PyVRP's stubs name an array type numpy does not have
    for mask in profiles:
        matrix = times.copy()
        barred = [len(depots) + index for index, bars in enumerate(mask) if bars]
        matrix[barred, :] = matrix[:, barred] = NEVER
        np.fill_diagonal(matrix, 0)
        matrices.append(matrix)

    clients, groups = _clients(ways, len(depots), day, waiting_counts=problem.waiting_counts)
    vehicles = [
        pyvrp.VehicleType(
            num_available=sum(1 for other in problem.teams if _same_kind(team, other)),
            capacity=[
                sum(stop.load for stop in problem.stops)
                if team.capacity is None
                else team.capacity,
                1,
            ],
            start_depot=depots.index(team.start_place),
            end_depot=depots.index(team.end_place),
            fixed_cost=day if team.lunch else 0,
            tw_early=team.starts,
            tw_late=team.ends,
            shift_duration=_longest(team),
            unit_distance_cost=0 if problem.waiting_counts else 1,
            unit_duration_cost=1 if problem.waiting_counts else 0,
            profile=profiles.index(mask),
        )
        for team, mask in zip(kinds, masks, strict=True)
    ]
    return pyvrp.ProblemData(
        # Places have no coordinates here: how far is near is in the matrices alone.
        [pyvrp.Location(0, 0) for _ in places],
        clients,
        [pyvrp.Depot(index) for index in range(len(depots))],
        vehicles,
        matrices,
        matrices,
        groups,
    )


def _clients(
    ways: list[Way], depots: int, day: int, *, waiting_counts: bool
) -> tuple[list["pyvrp.Client"], list["pyvrp.ClientGroup"]]:
    import pyvrp

    of_stop: dict[int, list[int]] = {}
    for index, way in enumerate(ways):
        of_stop.setdefault(way.stop.id, []).append(index)
    group_of: dict[int, int] = {}
    groups: list[pyvrp.ClientGroup] = []
    for stop, members in of_stop.items():
        if len(members) > 1:
            group_of[stop] = len(groups)
            required = ways[members[0]].stop.fixed is not None
            groups.append(pyvrp.ClientGroup(members, required=required))
    clients = [
        pyvrp.Client(
            location=depots + index,
            delivery=[way.stop.load, 1 if way.lunch else 0],
            service_duration=way.service,
            tw_early=way.opens,
            tw_late=way.closes,
            prize=_prize(way, day, waiting_counts=waiting_counts),
            required=way.stop.fixed is not None and way.stop.id not in group_of,
            group=group_of.get(way.stop.id),
        )
        for index, way in enumerate(ways)
    ]
    return clients, groups


def _prize(way: Way, day: int, *, waiting_counts: bool) -> int:
    """Every visit is worth more than a whole day on the road and a lunch, a promise far more."""
    worth = 2 * MOST_URGENT if way.stop.promised or way.stop.fixed else way.stop.priority
    prize = 2 * day * worth
    if way.lunch:
        prize += day + (way.lunch.length if waiting_counts else 0)
    return prize


def _may_use(team: Team, way: Way) -> bool:
    return may_go(team, way.stop) and way.lunch in (None, team.lunch)


def _same_kind(kind: Team, team: Team) -> bool:
    return kind == team or kind == replace(team, id=-1)


def _longest(team: Team) -> int:
    if team.longest is None:
        return team.ends - team.starts
    return team.longest + (team.lunch.length if team.lunch else 0)


def _orders(
    best: "pyvrp.Solution", ways: list[Way], kinds: list[list[Team]]
) -> dict[Team, tuple[Stop, ...]]:
    free = [list(teams) for teams in kinds]
    orders = {}
    for route in best.routes():
        team = free[route.vehicle_type()].pop(0)
        orders[team] = tuple(ways[each.idx].stop for each in route if each.is_client())
    return orders
