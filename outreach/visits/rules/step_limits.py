"""How many working days each step may take before it is called stuck, as the city writes it."""

from collections.abc import Mapping

from outreach.visits.rules.transitions import STANDING, State


class LimitsNotUnderstood(ValueError):
    """The written limits cannot be read."""


def parse_limits(written: str) -> Mapping[State, int]:
    """Read `open:10, applied:3 …`: working days by state, each waiting state once.

    Raises LimitsNotUnderstood.
    """
    limits: dict[State, int] = {}
    for part in filter(None, (piece.strip() for piece in written.split(","))):
        name, colon, days = (piece.strip() for piece in part.partition(":"))
        if name not in STANDING or not colon or not (days.isascii() and days.isdecimal()):
            raise LimitsNotUnderstood(f"{part!r} is not a state and a number of days.")
        if name in limits:
            raise LimitsNotUnderstood(f"{name} is written twice.")
        limits[State(name)] = int(days)
    if missing := sorted(STANDING - limits.keys()):
        raise LimitsNotUnderstood(f"{', '.join(missing)} has no number of days.")
    return limits
