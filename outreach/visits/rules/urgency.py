"""Why a request comes before another, in numbers a screen can put into words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# A card is made and delivered about a month after the application (総務省, 交付の流れ).
DAYS_TO_MAKE_A_CARD = 30


class Level(StrEnum):
    """How soon somebody must go."""

    EXPIRED = "expired"
    SOON = "soon"
    OVERDUE = "overdue"
    ORDINARY = "ordinary"


# How much a request weighs when a day has no room for all, from 1 to 10.
PRIORITY = {Level.EXPIRED: 9, Level.SOON: 7, Level.OVERDUE: 4, Level.ORDINARY: 1}


@dataclass(frozen=True, slots=True)
class Urgency:
    """Days until the date that comes first (negative once past, None without one), days waited.

    `ends_stay` when that date is the end of a period of stay: card and certificates end with it
    (番号法施行規則), and no notice is posted.
    """

    level: Level
    days_left: int | None
    days_waiting: int
    ends_stay: bool = False

    @property
    def days_past(self) -> int:
        """Days since the date; 0 while the card is valid."""
        return max(0, -(self.days_left or 0))


def urgency(
    *,
    expires_on: date | None,
    asked_on: date,
    due_on: date,
    today: date,
    stay_until: date | None = None,
) -> Urgency:
    """Judge one request that waits, on one day. A card is valid on the printed day itself.

    `due_on` is the last day on which the city answers in time, in its own working days.
    """
    first = min((day for day in (expires_on, stay_until) if day), default=None)
    days_left = None if first is None else (first - today).days
    return Urgency(
        level=_level(days_left, is_late=today > due_on),
        days_left=days_left,
        days_waiting=max(0, (today - asked_on).days),
        ends_stay=first is not None and first != expires_on,
    )


def _level(days_left: int | None, *, is_late: bool) -> Level:
    if days_left is not None and days_left < 0:
        return Level.EXPIRED
    if days_left is not None and days_left <= DAYS_TO_MAKE_A_CARD:
        return Level.SOON
    return Level.OVERDUE if is_late else Level.ORDINARY
