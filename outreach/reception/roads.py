"""How far people come to a mobile desk: the settings, read."""

from django.conf import settings

from outreach.reception.rules.where_next import Roads

LONGEST_WAY = 180
SLOWEST, FASTEST = 5, 120
LARGEST_FACTOR = 10
LONGEST_MEMORY = 60


class ReachNotUnderstood(ValueError):
    """A setting about distances is not a number, or one that cannot be meant."""


def roads() -> Roads:
    """The settings ROAD_FACTOR, ROAD_SPEED_KMH and WINTER_FACTOR. Raises ReachNotUnderstood."""
    return Roads(
        factor=_number("ROAD_FACTOR", least=1, most=LARGEST_FACTOR),
        kilometres_per_hour=_number("ROAD_SPEED_KMH", least=SLOWEST, most=FASTEST),
        winter_factor=_number("WINTER_FACTOR", least=1, most=LARGEST_FACTOR),
    )


def reach_minutes() -> int:
    """The setting REACH_MINUTES. Raises ReachNotUnderstood."""
    return int(_number("REACH_MINUTES", least=1, most=LONGEST_WAY))


def reached_for_months() -> int:
    """The setting REACHED_FOR_MONTHS: how long an earlier mobile desk counts."""
    return int(_number("REACHED_FOR_MONTHS", least=0, most=LONGEST_MEMORY))


def _number(name: str, *, least: float, most: float) -> float:
    written = getattr(settings, name)
    try:
        number = float(written)
    except ValueError:
        raise ReachNotUnderstood(f"{name} is not a number: {written!r}.") from None
    if not least <= number <= most:
        raise ReachNotUnderstood(f"{name} is not between {least} and {most}: {written!r}.")
    return number
