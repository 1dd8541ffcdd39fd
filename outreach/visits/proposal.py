"""A day proposed but not saved: routes with times, and what was left out, between two screens.

It travels with the page as signed text, so that nothing stands in the database until somebody
saves it. It holds keys and times, nobody's name.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from outreach.visits.day_problem import Day, read_day
from outreach.visits.models import Team
from outreach.visits.planning import (
    Fixed,
    FixedVisitsClash,
    Plan,
    PlannedStop,
    Reason,
    Route,
    Stop,
    Unassigned,
    solve,
)
from outreach.visits.planning.insertion import carries, may_go
from outreach.visits.planning.timing import route_in_order
from outreach.visits.planning_figures import figures
from outreach.visits.road_times import ESTIMATE

SALT = "outreach.visits.proposal"


class CannotPlan(Exception):
    """The day cannot be planned as asked; says why and what to do."""


class Unreadable(Exception):
    """What came back with the form is no proposal of ours."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan for a day, the teams' versions it was made from, and where its times come from."""

    on: date
    made_at: datetime
    plan: Plan
    versions: dict[int, int]
    travel_source: str
    kept: frozenset[int] = frozenset()  # requests the officer wants to stay where they are
    team: int | None = None  # when only one team's day was planned

    def to_text(self) -> str:
        """As the page carries it."""
        return signing.dumps(
            {
                "on": self.on.isoformat(),
                "made_at": self.made_at.isoformat(),
                "plan": asdict(self.plan),
                "versions": list(self.versions.items()),
                "source": self.travel_source,
                "kept": sorted(self.kept),
                "team": self.team,
            },
            salt=SALT,
            compress=True,
            serializer=_Json,
        )

    @staticmethod
    def from_text(text: str) -> "Proposal":
        """Raises Unreadable."""
        try:
            data = signing.loads(text, salt=SALT, serializer=_Json)
        except signing.BadSignature:
            raise Unreadable(
                _("This plan cannot be read any more. Propose the day anew.")
            ) from None
        return Proposal(
            date.fromisoformat(data["on"]),
            datetime.fromisoformat(data["made_at"]),
            _plan_from(data["plan"]),
            dict(data["versions"]),
            data["source"],
            frozenset(data["kept"]),
            data["team"],
        )


class _Json(signing.JSONSerializer):
    """Sets become lists; everything else of a plan is text and numbers already."""

    def dumps(self, obj: Any) -> bytes:
        return super().dumps(_plain(obj))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return sorted(value) if isinstance(value, frozenset) else value


def _plan_from(data: dict[str, Any]) -> Plan:
    return Plan(
        tuple(
            Route(
                route["team"],
                route["departs"],
                tuple(PlannedStop(**stop) for stop in route["stops"]),
                route["returns"],
                route["lunch"] and tuple(route["lunch"]),
            )
            for route in data["routes"]
        ),
        tuple(
            Unassigned(left["stop"], Reason(left["reason"]), frozenset(left["lacking"]))
            for left in data["unassigned"]
        ),
    )


def propose(
    *,
    on: date,
    now: datetime,
    team: Team | None = None,
    estimated: bool = False,
    keep: Mapping[int, Fixed] | None = None,
    seed: int = 1,
    iterations: int | None = None,
) -> tuple[Proposal, Day]:
    """Plan the day around what must not move and around what the officer wants to keep.

    Raises CannotPlan when fixed visits of a team exclude each other, and RoutingUnavailable.
    """
    day = read_day(on=on, now=now, team=team, estimated=estimated, also_fixed=dict(keep or {}))
    try:
        plan = solve(day.problem, figures().seconds, seed=seed, iterations=iterations)
    except FixedVisitsClash as clash:
        raise CannotPlan(
            _(
                "%(team)s cannot make all of its fixed visits: %(visits)s. "
                "Let one of them go, or ask the people for another time."
            )
            % {"team": day.teams[clash.team], "visits": _listed(day, clash.stops)}
        ) from None
    kept = frozenset(keep or ()) & {stop.id for stop in day.problem.stops}
    source = day.problem.travel.source
    return Proposal(on, now, plan, day.versions, source, kept, team.pk if team else None), day


def _listed(day: Day, stops: Collection[int]) -> str:
    return ", ".join(day.requests[stop].reference for stop in stops)


def read_again(proposal: Proposal) -> Day:
    """The day of a proposal as it is now, its kept visits where the proposal has them.

    Raises CannotPlan when its team is gone, and RoutingUnavailable.
    """
    team = Team.objects.filter(pk=proposal.team).first() if proposal.team else None
    if proposal.team and team is None:
        raise CannotPlan(_("This team is no longer there. Choose another one."))
    where = placed(proposal.plan)
    return read_day(
        on=proposal.on,
        # Who left the office when the plan was made has not left too early since.
        now=proposal.made_at,
        team=team,
        estimated=proposal.travel_source == ESTIMATE,
        also_fixed={key: where[key] for key in proposal.kept if key in where},
    )


def placed(plan: Plan) -> dict[int, Fixed]:
    """Where and when the plan has each of its visits."""
    return {
        stop.stop: Fixed(route.team, stop.arrive) for route in plan.routes for stop in route.stops
    }


def swapped(proposal: Proposal, day: Day, one: int, other: int) -> Proposal:
    """Two visits change places, or one that was left out takes the place of one that was not.

    The times of both teams are worked out anew. Raises CannotPlan when the new order cannot be
    kept, or when one of the two must not move.
    """
    stops = {stop.id: stop for stop in day.problem.stops}
    orders = {
        route.team: [stops[each.stop] for each in route.stops if each.stop in stops]
        for route in proposal.plan.routes
    }
    if one == other or not {one, other} <= set(stops):
        raise CannotPlan(_("Choose two different visits of this day."))
    if any(stops[each].fixed for each in (one, other)):
        raise CannotPlan(_("One of the two is fixed and must not move. Let it go first."))
    change = {one: stops[other], other: stops[one]}
    changed = {
        team: [change.get(stop.id, stop) for stop in order] for team, order in orders.items()
    }
    if changed == orders:
        raise CannotPlan(_("Neither of the two has a place in the plan."))
    routes = [
        route if changed[route.team] == orders[route.team] else _timed(day, route.team, changed)
        for route in proposal.plan.routes
    ]
    gone = {stop.id for order in orders.values() for stop in order} - {
        stop.id for order in changed.values() for stop in order
    }
    left = tuple(
        replace(each, stop=gone.pop()) if each.stop in (one, other) else each
        for each in proposal.plan.unassigned
    )
    return replace(proposal, plan=Plan(tuple(routes), _as_taken(left, proposal.plan.unassigned)))


def _as_taken(
    now: tuple[Unassigned, ...], before: tuple[Unassigned, ...]
) -> tuple[Unassigned, ...]:
    """Whoever lost their place to somebody else is left out because there is no time for both."""
    return tuple(
        each if each == was else Unassigned(each.stop, Reason.NO_TIME)
        for each, was in zip(now, before, strict=True)
    )


def _timed(day: Day, team_key: int, orders: Mapping[int, list[Stop]]) -> Route:
    team = next(team for team in day.problem.teams if team.id == team_key)
    order = orders[team_key]
    route = None
    if all(may_go(team, stop) for stop in order) and carries(team, order):
        route = route_in_order(day.problem, team, order)
    if route is None:
        raise CannotPlan(
            _("%(team)s cannot make its visits in this order. Nothing was changed.")
            % {"team": day.teams[team_key]}
        )
    return route
