"""Why a request comes before another, in numbers a screen can put into words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# A card is made and delivered about a month after the application (総務省, 交付の流れ).
DAYS_TO_MAKE_A_CARD = 30
# A working guess: after three weeks somebody who waits calls again.
DAYS_TOO_LONG_TO_WAIT = 21


class Level(StrEnum):
    """How soon somebody must go."""

    EXPIRED = "expired"
    SOON = "soon"
    OVERDUE = "overdue"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Urgency:
    """Days until the printed date (negative once past, None without one) and days waited."""

    level: Level
    days_left: int | None
    days_waiting: int

    @property
    def days_past(self) -> int:
        """Days since the printed date; 0 while the card is valid."""
        return max(0, -(self.days_left or 0))


def urgency(*, expires_on: date | None, asked_on: date, today: date) -> Urgency:
    """Judge one open request on one day. A card is valid on the printed day itself."""
    days_left = None if expires_on is None else (expires_on - today).days
    days_waiting = max(0, (today - asked_on).days)
    return Urgency(_level(days_left, days_waiting), days_left, days_waiting)


def _level(days_left: int | None, days_waiting: int) -> Level:
    if days_left is not None and days_left < 0:
        return Level.EXPIRED
    if days_left is not None and days_left <= DAYS_TO_MAKE_A_CARD:
        return Level.SOON
    if days_waiting >= DAYS_TOO_LONG_TO_WAIT:
        return Level.OVERDUE
    return Level.ORDINARY
