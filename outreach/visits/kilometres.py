"""How far the teams drove to the visits they made: as the crow flies, made longer by ROAD_FACTOR.

A way leads from where the car stands over the middles of the districts in the order of the plan
and back; nobody's address is needed for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outreach.visits.day_problem import ends_of_way, midnight
from outreach.visits.models import Team, Visit
from outreach.visits.places_to_go import place_of
from outreach.visits.planning.travel import metres_of_way
from outreach.visits.planning_figures import figures
from outreach.visits.rules.time_slots import HOURS


@dataclass(frozen=True, slots=True)
class WayOfTeam:
    """What one team did on all its days. Visits without a place add no metres."""

    name: str
    days: int
    visits: int
    metres: int
    without_place: int


def ways_of_teams(visits: Sequence[Visit]) -> list[WayOfTeam]:
    """Team by team, by name. Asks the database nothing for rows that come with their people."""
    of_team: defaultdict[Team, defaultdict[date, list[Visit]]]
    of_team = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        of_team[visit.team][visit.visit_on].append(visit)
    return [
        WayOfTeam(
            name=team.name,
            days=len(days),
            visits=sum(map(len, days.values())),
            metres=sum(_metres(team, day) for day in days.values()),
            without_place=sum(place_of(v.request) is None for day in days.values() for v in day),
        )
        for team, days in sorted(of_team.items(), key=lambda item: item[0].name)
    ]


def _metres(team: Team, day: Sequence[Visit]) -> int:
    start, end = ends_of_way(team)
    stops = [place_of(visit.request) for visit in sorted(day, key=_order)]
    places = [place for place in stops if place is not None]
    return metres_of_way([start, *places, end], figures().roads) if places else 0


def _order(visit: Visit) -> tuple[object, ...]:
    """By the clock; a visit without a time at the beginning of its half of the day."""
    begins = visit.starts_at or midnight(visit.visit_on).replace(
        hour=HOURS[visit.time_slot].starts.hour
    )
    return begins, visit.position, visit.pk
