"""From a problem to a plan: PyVRP looks for good orders, this house puts clocks to them."""

from collections.abc import Sequence

from outreach.visits.planning import vehicle_routing
from outreach.visits.planning.insertion import Orders, fill, routes_of
from outreach.visits.planning.plan import Plan
from outreach.visits.planning.problem import Problem, Stop, Team
from outreach.visits.planning.reasons import explain
from outreach.visits.planning.timing import route_in_order


class FixedVisitsClash(Exception):
    """What one team has fixed cannot be made by itself: too close, too far, or beside lunch."""

    def __init__(self, team: int, stops: Sequence[int]) -> None:
        super().__init__(f"Team {team} cannot make its fixed visits {list(stops)}.")
        self.team = team
        self.stops = tuple(stops)


def solve(
    problem: Problem, seconds: float, *, seed: int = 1, iterations: int | None = None
) -> Plan:
    """Plan a day in about so many seconds; fewer when nothing better is found for long.

    The same seed and a number of iterations give the same plan; seconds alone depend on the
    machine. Whoever is left out is left out with a reason. Raises FixedVisitsClash.
    """
    orders = _fixed_orders(problem)
    searched = vehicle_routing.search(problem, seconds, seed=seed, iterations=iterations)
    for team, order in searched.items():
        orders[team.id] = _kept(problem, team, order)
    orders = fill(problem, orders)
    planned = {stop.id for order in orders.values() for stop in order}
    return Plan(
        tuple(routes_of(problem, orders)),
        tuple(explain(problem, orders, stop) for stop in problem.stops if stop.id not in planned),
    )


def _fixed_orders(problem: Problem) -> Orders:
    """What must not move, team by team, in its order."""
    orders: Orders = {}
    for team in problem.teams:
        fixed = [(s.fixed.begins, s) for s in problem.stops if s.fixed and s.fixed.team == team.id]
        order = tuple(stop for _, stop in sorted(fixed, key=lambda pair: pair[0]))
        cannot = any(stop.closed or not stop.needs <= team.has for stop in order)
        if order and (cannot or route_in_order(problem, team, order) is None):
            raise FixedVisitsClash(team.id, [stop.id for stop in order])
        if order:
            orders[team.id] = order
    return orders


def _kept(problem: Problem, team: Team, order: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """As much of a found order as can be kept to the second, lunch included.

    PyVRP knows lunch beside a visit only; where that is not enough the least urgent visit goes.
    """
    while order and route_in_order(problem, team, order) is None:
        shorter = [
            (stop, tuple(each for each in order if each is not stop))
            for stop in order
            if stop.fixed is None
        ]
        shorter.sort(key=lambda pair: (pair[0].promised, pair[0].priority))
        good = (rest for _, rest in shorter if route_in_order(problem, team, rest))
        order = next(good, shorter[0][1])
    return order
