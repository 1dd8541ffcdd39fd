"""Which days a rule like “every Tuesday in October” names, and which of them the town takes off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from notifications.rules.holidays import ClosedDays

_HOLIDAYS = ClosedDays()


class DayOff(StrEnum):
    """Why nothing is held on a day."""

    HOLIDAY = "holiday"
    FESTIVAL = "festival"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Rule:
    """Days of the week (Monday is 0) from one day to another, both included, and the hours."""

    weekdays: frozenset[int]
    first: date
    last: date
    start: time
    end: time

    def days(self) -> list[date]:
        """Every day the rule names."""
        length = (self.last - self.first).days + 1
        every = (self.first + timedelta(days=offset) for offset in range(length))
        return [day for day in every if day.weekday() in self.weekdays]


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days of the year on which the town holds nothing, besides the holidays."""

    festivals: Collection[date] | ClosedDays
    closed: Collection[date] | ClosedDays


def day_off(day: date, off: DaysOff) -> DayOff | None:
    """Why nothing is held on a day; None on a day like any other."""
    # Spans of closed days include the holidays, so these are asked first.
    if day in _HOLIDAYS:
        return DayOff.HOLIDAY
    if day in off.festivals:
        return DayOff.FESTIVAL
    return DayOff.CLOSED if day in off.closed else None
