"""Small days to plan: places on a line, so many minutes apart, times in minutes since midnight."""

from typing import Any

from outreach.visits.planning import Plan, Problem, Stop, Team, Travel, Window, solve

NINE, NOON, ONE, FIVE = 540, 720, 780, 1020
ALL_DAY = (Window(NINE, FIVE),)


def stop(number: int, *, at: int = 0, **changes: Any) -> Stop:
    """A visit of 30 minutes at so many minutes' drive from the office, at any time of the day."""
    return Stop(**{"id": number, "place": at, "service": 30, "windows": ALL_DAY, **changes})


def team(number: int = 1, **changes: Any) -> Team:
    """A team that goes out from nine to five, from the office and back."""
    values: dict[str, Any] = {"starts": NINE, "ends": FIVE, "start_place": 0, "end_place": 0}
    return Team(**{"id": number, **values, **changes})


def day(*stops: Stop, teams: tuple[Team, ...] = (team(),), **changes: Any) -> Problem:
    """A town along one road: place n lies n minutes from the office, up to 240."""
    reach = max([each.place for each in stops] + [t.end_place for t in teams] + [0]) + 1
    times = [[abs(a - b) for b in range(reach)] for a in range(reach)]
    return Problem(stops, teams, Travel(times), **changes)


def planned(problem: Problem, *, seed: int = 1, iterations: int = 150) -> Plan:
    return solve(problem, 5, seed=seed, iterations=iterations)
