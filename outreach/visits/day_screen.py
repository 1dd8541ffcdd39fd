"""One day as the planning screen shows it: routes with times, saved or only proposed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from outreach.visits.day_problem import Day
from outreach.visits.models import Team, Visit, VisitRequest
from outreach.visits.models.visit import VisitQuerySet
from outreach.visits.places_to_go import place_of
from outreach.visits.plan_words import why_left_out
from outreach.visits.planning.travel import Place
from outreach.visits.proposal import Proposal

# So many colours tell teams apart; with more teams they come again.
COLOURS = 6


@dataclass(frozen=True, slots=True)
class StopShown:
    """A visit in the order of its route. Without times it was put on the day by hand."""

    number: int
    request: VisitRequest
    visit: Visit | None
    arrive: datetime | None
    leave: datetime | None
    place: Place | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class RouteShown:
    """One team's day; when it leaves and returns is known of a proposal alone."""

    team: Team
    colour: int  # of its line on the drawings
    stops: list[StopShown]
    departs: datetime | None = None
    returns: datetime | None = None
    lunch: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request without a place in the day, and why in words; `why` is empty where nobody knows
    where to drive."""

    request: VisitRequest
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of a day."""

    routes: list[RouteShown]
    left_out: list[LeftOut]

    def requests(self) -> list[VisitRequest]:
        """Everybody who is named, for the record of who was seen."""
        planned = [stop.request for route in self.routes for stop in route.stops]
        return planned + [left.request for left in self.left_out]


def saved_day(on: date, *, visits: VisitQuerySet | None = None) -> Shown:
    """What stands in the database: the visits ahead of that day, or those somebody may see."""
    of_team: dict[Team, list[Visit]] = defaultdict(list)
    chosen = Visit.objects.ahead() if visits is None else visits
    for visit in chosen.day_list(on=on):
        of_team[visit.team].append(visit)
    return Shown(
        [
            RouteShown(
                team,
                index % COLOURS,
                [_saved(number, visit) for number, visit in enumerate(visits, start=1)],
            )
            for index, (team, visits) in enumerate(of_team.items())
        ],
        [],
    )


def _saved(number: int, visit: Visit) -> StopShown:
    request = visit.request
    return StopShown(
        number, request, visit, visit.starts_at, visit.ends_at, place_of(request), visit.pinned
    )


def proposed_day(proposal: Proposal, day: Day) -> Shown:
    """What a proposal would make of it; requests that are gone meanwhile are not shown."""
    routes = []
    for index, route in enumerate(proposal.plan.routes):
        stops = [
            StopShown(
                number,
                day.requests[stop.stop],
                day.visits.get(stop.stop),
                day.at(stop.arrive),
                day.at(stop.leave),
                day.places.get(stop.stop),
                stop.stop in proposal.kept,
            )
            for number, stop in enumerate(route.stops, start=1)
            if stop.stop in day.requests
        ]
        lunch = route.lunch and (day.at(route.lunch[0]), day.at(route.lunch[1]))
        routes.append(
            RouteShown(
                day.teams[route.team],
                index % COLOURS,
                stops,
                day.at(route.departs),
                day.at(route.returns),
                lunch,
            )
        )
    left = [
        LeftOut(day.requests[each.stop], why_left_out(each))
        for each in proposal.plan.unassigned
        if each.stop in day.requests
    ]
    return Shown(routes, left + [LeftOut(request, "") for request in day.unplaced])
