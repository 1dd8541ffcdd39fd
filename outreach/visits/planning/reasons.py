"""Why a visit was left out, found by trying it again with one rule lifted at a time.

Not read from the solver: what it reports is that a visit is missing, never why.
"""

from dataclasses import replace

from outreach.visits.planning.insertion import Orders, best_place, carries
from outreach.visits.planning.plan import Reason, Unassigned
from outreach.visits.planning.problem import Problem, Stop, Team, Window


def explain(problem: Problem, orders: Orders, stop: Stop) -> Unassigned:
    """The first of these that holds: it can never be; it cannot beside what is fixed; no time."""
    if stop.closed:
        return Unassigned(stop.id, Reason.ROAD_CLOSED)
    if not problem.teams:
        return Unassigned(stop.id, Reason.NO_TEAM)
    able = [team for team in problem.teams if stop.needs <= team.has]
    if not able:
        return Unassigned(stop.id, Reason.NO_SKILL, _lacking(problem, stop))
    if not any(carries(team, [stop]) for team in able):
        return Unassigned(stop.id, Reason.NO_ROOM)
    if not best_place(problem, able, {}, stop):
        any_hour = best_place(problem, able, {}, _at_any_hour(problem, stop))
        return Unassigned(stop.id, Reason.NO_WINDOW if any_hour else Reason.TOO_FAR)
    fixed = {
        team: tuple(each for each in order if each.fixed or each.promised)
        for team, order in orders.items()
    }
    if any(fixed.values()) and not best_place(problem, able, fixed, stop):
        return Unassigned(stop.id, Reason.FIXED_IN_THE_WAY)
    return Unassigned(stop.id, _what_would_help(problem, orders, stop))


def _what_would_help(problem: Problem, orders: Orders, stop: Stop) -> Reason:
    if best_place(problem, problem.teams, orders, replace(stop, needs=frozenset())):
        return Reason.SKILL_TAKEN
    if best_place(problem, problem.teams, orders, _at_any_hour(problem, stop)):
        return Reason.WINDOW_TAKEN
    return Reason.NO_TIME


def _lacking(problem: Problem, stop: Stop) -> frozenset[str]:
    """What the team that comes closest does not bring."""
    return min(
        (stop.needs - team.has for team in problem.teams),
        key=lambda missing: (len(missing), sorted(missing)),
    )


def _at_any_hour(problem: Problem, stop: Stop) -> Stop:
    return replace(stop, windows=(_whole_day(problem.teams),))


def _whole_day(teams: tuple[Team, ...]) -> Window:
    return Window(min(team.starts for team in teams), max(team.ends for team in teams))
