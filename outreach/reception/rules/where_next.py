"""Where a mobile desk reaches the most people without a card (取組7: 本庁舎以外での受付窓口).

Travel is the straight line between two points, made longer by a factor for real roads and slower
by a factor for winter. All of them are the city's guesses and stand in settings. Venues are
chosen one after the other, each time the one that reaches the most people nobody has come to
yet; nobody is counted twice.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
# Snow lies from December to March; side roads are slow or closed.
WINTER_MONTHS = frozenset({12, 1, 2, 3})


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One district without parts: how many residents hold no card, how many asked for a visit."""

    key: int
    name: str
    point: Point
    without_card: int
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """A venue a mobile desk could go to."""

    key: int
    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Roads:
    """How a distance becomes minutes."""

    factor: float  # kilometres of road for one of the straight line
    kilometres_per_hour: float
    winter_factor: float = 1.0  # minutes in winter for one in summer

    def minutes(self, one: Point, other: Point, *, winter: bool) -> int:
        """Whole minutes by car, half up."""
        hours = straight_km(one, other) * self.factor / self.kilometres_per_hour
        return int(hours * 60 * (self.winter_factor if winter else 1.0) + 0.5)


@dataclass(frozen=True, slots=True)
class Reached:
    """A district within reach of a venue. `before` is whether it was counted elsewhere already."""

    place: Neighbourhood
    minutes: int
    before: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """One venue, and the arithmetic behind it: every district in reach, and what each adds."""

    site: Site
    reached: tuple[Reached, ...]

    @property
    def people(self) -> int:
        """Residents without a card to whom nobody has come yet."""
        return sum(one.place.without_card for one in self.reached if not one.before)

    @property
    def counted_before(self) -> int:
        """Residents without a card in reach who were counted for an earlier day or venue."""
        return sum(one.place.without_card for one in self.reached if one.before)

    @property
    def requests(self) -> int:
        """Open visit requests in the districts that are new here."""
        return sum(one.place.requests for one in self.reached if not one.before)


def straight_km(one: Point, other: Point) -> float:
    """The great-circle distance in kilometres (haversine)."""
    up = radians(other.latitude - one.latitude)
    across = radians(other.longitude - one.longitude)
    part = (
        sin(up / 2) ** 2
        + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(across / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(part))


def proposals(
    sites: Iterable[Site],
    places: Sequence[Neighbourhood],
    *,
    earlier: Iterable[Site],
    roads: Roads,
    limit: int,
    winter: bool,
    most: int,
) -> list[Proposal]:
    """At most `most` venues, best first; `limit` is the longest way in minutes.

    Districts within reach of one of the `earlier` mobile desk days count as reached. Greedy:
    each venue is the one that adds the most people, then the most requests, then the one with
    the shorter way, then the lower key. A venue that adds nobody is not proposed.
    """
    counted = {
        place.key
        for site in earlier
        for place in places
        if roads.minutes(site.point, place.point, winter=winter) <= limit
    }
    ways = {
        site: {place.key: roads.minutes(site.point, place.point, winter=winter) for place in places}
        for site in sites
    }
    chosen: list[Proposal] = []
    while len(chosen) < most:
        offered = [
            _proposal(site, places, minutes, counted=counted, limit=limit)
            for site, minutes in ways.items()
            if site not in {one.site for one in chosen}
        ]
        best = min(offered, key=_order, default=None)
        if best is None or not best.people:
            break
        chosen.append(best)
        counted |= {one.place.key for one in best.reached}
    return chosen


def days_for(
    first: date,
    *,
    weekdays: Collection[int],
    off: Collection[date],
    count: int,
    longest: timedelta = timedelta(days=180),
) -> list[date]:
    """The next `count` days of the week on which a mobile desk could go out, none of them `off`."""
    days: list[date] = []
    day = first
    while len(days) < count and day - first <= longest:
        if day.weekday() in weekdays and day not in off:
            days.append(day)
        day += timedelta(days=1)
    return days


def _proposal(
    site: Site,
    places: Sequence[Neighbourhood],
    minutes: dict[int, int],
    *,
    counted: set[int],
    limit: int,
) -> Proposal:
    near = [
        Reached(place, minutes[place.key], before=place.key in counted)
        for place in places
        if minutes[place.key] <= limit
    ]
    return Proposal(site, tuple(sorted(near, key=lambda one: (one.minutes, one.place.key))))


def _order(proposal: Proposal) -> tuple[int, int, int, int]:
    way = sum(one.minutes * one.place.without_card for one in proposal.reached if not one.before)
    return -proposal.people, -proposal.requests, way, proposal.site.key
