"""Towns of 40 visits and 3 teams, the same for the same seed, and the day of who just drives on.

Homes lie in clusters around five settlements as in Kazuno; a third of the people asked for the
morning or the afternoon, some speak another language, teams have lunch.
"""

from datetime import date
from itertools import pairwise
from random import Random

from outreach.visits.planning import (
    Lunch,
    Plan,
    Problem,
    Reason,
    Route,
    Stop,
    Team,
    Unassigned,
    Window,
)
from outreach.visits.planning.insertion import may_go
from outreach.visits.planning.timing import route_in_order
from outreach.visits.planning.travel import Place, Roads, estimate

HOUR, MINUTE = 3600, 60
VISITS, TEAMS = 40, 3
OFFICE = Place(40.2156, 140.7886)
SETTLEMENTS = [(40.19, 140.79), (40.27, 140.77), (40.28, 140.84), (40.18, 140.74), (40.11, 140.79)]
MORNING, AFTERNOON = Window(9 * HOUR, 12 * HOUR), Window(13 * HOUR, 16 * HOUR + 30 * MINUTE)
ALL_DAY = Window(8 * HOUR + 30 * MINUTE, 18 * HOUR)
SUMMER = date(2026, 6, 3)


def town(seed: int) -> Problem:
    """A day in which all 40 visits can be made: short ones, and long shifts."""
    chance = Random(seed)
    homes = [_home(chance) for _ in range(VISITS)]
    stops = tuple(
        Stop(
            id=number,
            place=number,
            service=chance.choice([10, 15, 20]) * MINUTE,
            windows=chance.choice([(ALL_DAY,), (ALL_DAY,), (MORNING,), (AFTERNOON,)]),
            needs=frozenset({"vi"}) if chance.random() < 0.1 else frozenset(),
        )
        for number in range(1, VISITS + 1)
    )
    teams = tuple(
        Team(
            id=number,
            starts=8 * HOUR + 30 * MINUTE,
            ends=18 * HOUR + 30 * MINUTE,
            start_place=0,
            end_place=0,
            has=frozenset({"vi"}) if number == 1 else frozenset(),
            lunch=Lunch(45 * MINUTE, 11 * HOUR + 30 * MINUTE, 13 * HOUR + 30 * MINUTE),
        )
        for number in range(1, TEAMS + 1)
    )
    return Problem(stops, teams, estimate([OFFICE, *homes], Roads(1.4, 35), SUMMER))


def _home(chance: Random) -> Place:
    north, east = chance.choice(SETTLEMENTS)
    return Place(north + chance.gauss(0, 0.015), east + chance.gauss(0, 0.02))


def nearest_neighbour(problem: Problem) -> Plan:
    """Whichever team is free first drives to the nearest visit it can still make and be back."""
    left = list(problem.stops)
    routes: dict[Team, Route | None] = dict.fromkeys(problem.teams)
    orders: dict[Team, tuple[Stop, ...]] = dict.fromkeys(problem.teams, ())
    going = list(problem.teams)
    while going:
        team = min(going, key=lambda team: _free_from(team, routes[team]))
        order = orders[team]
        here = order[-1].place if order else team.start_place
        near = sorted(left, key=lambda stop: problem.travel.times[here][stop.place])
        able = [stop for stop in near if may_go(team, stop)]
        found = next((s for s in able if route_in_order(problem, team, (*order, s))), None)
        if found is None:
            going.remove(team)
            continue
        left.remove(found)
        orders[team] = (*order, found)
        routes[team] = route_in_order(problem, team, orders[team])
    return Plan(
        tuple(route for route in routes.values() if route),
        tuple(Unassigned(stop.id, Reason.NO_TIME) for stop in left),
    )


def _free_from(team: Team, route: Route | None) -> int:
    return route.stops[-1].leave if route else team.starts


def lost(problem: Problem, plan: Plan) -> int:
    """Time that is spent with nobody: driving and waiting.

    Whoever is left out costs another day's way there and back, so that it does not pay to leave
    people out.
    """
    stops = {stop.id: stop for stop in problem.stops}
    teams = {team.id: team for team in problem.teams}
    total = 0
    for route in plan.routes:
        team = teams[route.team]
        pause = team.lunch.length if team.lunch and route.lunch else 0
        visiting = sum(stops[each.stop].service for each in route.stops)
        total += route.returns - route.departs - pause - visiting
    office = problem.teams[0].start_place
    for each in plan.unassigned:
        place = stops[each.stop].place
        total += problem.travel.times[office][place] + problem.travel.times[place][office]
    return total


def driving(problem: Problem, plan: Plan) -> int:
    """How long all teams together are on the road."""
    teams = {team.id: team for team in problem.teams}
    place = {stop.id: stop.place for stop in problem.stops}
    total = 0
    for route in plan.routes:
        team = teams[route.team]
        places = [team.start_place, *(place[s.stop] for s in route.stops), team.end_place]
        legs = pairwise(places)
        total += sum(problem.travel.times[a][b] for a, b in legs)
    return total
