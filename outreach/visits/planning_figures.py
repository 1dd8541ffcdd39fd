"""The figures a city sets for planning a day, read from the settings."""

from dataclasses import dataclass

from django.conf import settings

from outreach.visits.planning.service import ServiceMinutes
from outreach.visits.planning.travel import Place, Roads

MINUTES_OF_A_DAY = 24 * 60
LONGEST_SEARCH = 60  # seconds; a web worker stands still meanwhile


class FigureNotUnderstood(ValueError):
    """A setting of planning cannot be read; says which and why."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How long visits and ways take, where City Hall stands, how long a plan may be looked for."""

    service: ServiceMinutes
    roads: Roads
    office: Place
    seconds: float


def figures() -> Figures:
    """Raises FigureNotUnderstood for a setting that `check` refuses."""
    return Figures(
        ServiceMinutes(
            home=_whole("VISIT_MINUTES_HOME", MINUTES_OF_A_DAY),
            each_person=_whole("VISIT_MINUTES_EACH_PERSON", MINUTES_OF_A_DAY),
        ),
        Roads(
            factor=_number("ROAD_FACTOR", 1, 5),
            kilometres_per_hour=_number("ROAD_SPEED_KMH", 1, 120),
        ),
        _office(),
        _number("PLANNING_SECONDS", 0.1, LONGEST_SEARCH),
    )


def _whole(name: str, below: int) -> int:
    written = getattr(settings, name)
    if not (written.isascii() and written.isdecimal() and 0 < int(written) < below):
        raise FigureNotUnderstood(f"{name}: {written!r} is not a number of minutes.")
    return int(written)


def _number(name: str, least: float, most: float) -> float:
    written = getattr(settings, name)
    try:
        value = float(written)
    except ValueError:
        value = -1
    if not least <= value <= most:
        raise FigureNotUnderstood(
            f"{name}: {written!r} is not a number from {least:g} to {most:g}."
        )
    return value


def _office() -> Place:
    written = settings.OFFICE_COORDINATES
    try:
        latitude, longitude = (float(part) for part in written.split(","))
    except ValueError:
        latitude = longitude = -1
    if not (20 <= latitude <= 46 and 122 <= longitude <= 154):
        raise FigureNotUnderstood(
            f"OFFICE_COORDINATES: {written!r} is not a latitude and a longitude in Japan."
        )
    return Place(latitude, longitude)
