"""How long the way takes when no routing server is asked: as the crow flies, made longer.

Winter follows the city's own experience: in the special heavy-snow area journeys take 30 to 50 %
longer from December to March (a guess of the house, by how high a road lies).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from outreach.visits.planning.problem import Travel

EARTH_METRES = 6_371_000
WINTER_MONTHS = frozenset({12, 1, 2, 3})


class Height(StrEnum):
    """How high the road to a place lies, which decides what snow does to it."""

    VALLEY = "valley"
    HILLS = "hills"
    MOUNTAIN = "mountain"


LONGER_IN_WINTER = {Height.VALLEY: 1.3, Height.HILLS: 1.4, Height.MOUNTAIN: 1.5}
# Roads that are ploughed last: in winter nobody drives up without four-wheel drive.
FOUR_WHEEL_DRIVE_FROM = Height.MOUNTAIN
FOUR_WHEEL_DRIVE = "four_wheel_drive"


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map (degrees, WGS 84) and how high the road to it lies."""

    latitude: float
    longitude: float
    height: Height = Height.VALLEY


@dataclass(frozen=True, slots=True)
class Roads:
    """How much longer a road is than the straight line, and how fast it is driven in summer."""

    factor: float
    kilometres_per_hour: float


def is_winter(day: date) -> bool:
    """December to March."""
    return day.month in WINTER_MONTHS


def needs_on_the_road(place: Place, day: date) -> frozenset[str]:
    """What a team must bring to get there on that day."""
    steep = is_winter(day) and place.height == FOUR_WHEEL_DRIVE_FROM
    return frozenset({FOUR_WHEEL_DRIVE}) if steep else frozenset()


def estimate(places: Sequence[Place], roads: Roads, day: date) -> Travel:
    """Seconds and metres between all places."""
    metres = [[round(metres_between(a, b) * roads.factor) for b in places] for a in places]
    per_second = roads.kilometres_per_hour / 3.6
    seconds = [[round(length / per_second) for length in row] for row in metres]
    return in_season(Travel(seconds, metres, "estimate"), places, day)


def in_season(travel: Travel, places: Sequence[Place], day: date) -> Travel:
    """The same ways on that day: longer in winter, by the higher of the two ends."""
    if not is_winter(day):
        return travel
    longer = [LONGER_IN_WINTER[place.height] for place in places]
    times = [
        [round(time * max(longer[a], longer[b])) for b, time in enumerate(row)]
        for a, row in enumerate(travel.times)
    ]
    return Travel(times, travel.metres, travel.source)


def rounded_up(travel: Travel, step: int) -> Travel:
    """Times as a person tells them: each way takes a whole number of steps, rather more than less.

    Whoever is early waits in the car; whoever is late has promised too much. From one door to
    another it takes a step at least, even where both are only known to lie in one district.
    """
    times = [
        [0 if a == b else max(-(-time // step), 1) * step for b, time in enumerate(row)]
        for a, row in enumerate(travel.times)
    ]
    return Travel(times, travel.metres, travel.source)


def metres_of_way(places: Sequence[Place], roads: Roads) -> int:
    """How far it is by road from the first place over all others to the last."""
    straight = sum(metres_between(one, other) for one, other in pairwise(places))
    return round(straight * roads.factor)


def metres_between(one: Place, other: Place) -> float:
    """The great circle (haversine)."""
    north_one, north_other = radians(one.latitude), radians(other.latitude)
    half_north = (north_other - north_one) / 2
    half_east = radians(other.longitude - one.longitude) / 2
    chord = sin(half_north) ** 2 + cos(north_one) * cos(north_other) * sin(half_east) ** 2
    return 2 * EARTH_METRES * asin(sqrt(chord))
