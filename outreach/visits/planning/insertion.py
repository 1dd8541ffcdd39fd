"""Where a visit still fits into a day, and a day filled one visit at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outreach.visits.planning.plan import Route
from outreach.visits.planning.problem import Problem, Stop, Team
from outreach.visits.planning.timing import length_of, route_in_order

Orders = dict[int, tuple[Stop, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a team's order, with the time it adds to the day."""

    team: Team
    order: tuple[Stop, ...]
    added: int


def may_go(team: Team, stop: Stop) -> bool:
    """Whether this team may make this visit at all."""
    if stop.fixed and stop.fixed.team != team.id:
        return False
    return not stop.closed and stop.needs <= team.has


def carries(team: Team, stops: Iterable[Stop]) -> bool:
    """Whether a team can carry what these visits need."""
    return team.capacity is None or sum(stop.load for stop in stops) <= team.capacity


def best_place(problem: Problem, teams: Sequence[Team], orders: Orders, stop: Stop) -> Place | None:
    """The place that adds the least time, over all teams who may go; None when there is none."""
    found: Place | None = None
    for team in teams:
        order = orders.get(team.id, ())
        if not may_go(team, stop) or not carries(team, (*order, stop)):
            continue
        route = route_in_order(problem, team, order) if order else None
        before = length_of(route) if route else 0
        for at in range(len(order) + 1):
            longer = (*order[:at], stop, *order[at:])
            candidate = route_in_order(problem, team, longer)
            if candidate is None:
                continue
            added = length_of(candidate) - before
            if found is None or added < found.added:
                found = Place(team, longer, added)
    return found


def fill(problem: Problem, orders: Orders) -> Orders:
    """Put whoever is left into the first place that can be found, the most urgent first."""
    filled = dict(orders)
    planned = {stop.id for order in filled.values() for stop in order}
    left = [stop for stop in problem.stops if stop.id not in planned]
    for stop in sorted(left, key=lambda stop: (not stop.promised, -stop.priority)):
        if place := best_place(problem, problem.teams, filled, stop):
            filled[place.team.id] = place.order
    return filled


def routes_of(problem: Problem, orders: Orders) -> list[Route]:
    """The clock of every team that goes out. The orders must be ones that can be kept."""
    routes = []
    for team in problem.teams:
        if order := orders.get(team.id):
            route = route_in_order(problem, team, order)
            if route is None:
                raise ValueError(f"Team {team.id} cannot keep its order.")
            routes.append(route)
    return routes
