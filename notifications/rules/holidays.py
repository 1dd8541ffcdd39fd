"""Days on which a city hall is closed.

Source: 国民の祝日に関する法律 第3条 (holidays, substitute days 振替休日, 国民の休日 between two
holidays), as `jpholiday` computes them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import jpholiday

_SPAN = re.compile(r"(\d\d)-(\d\d)(?:\.\.(\d\d)-(\d\d))?")
# Only whether a month and day exist is asked of it; a leap year, so that 02-29 does.
_SOME_LEAP_YEAR = 2024


class DaysNotUnderstood(ValueError):
    """Written days of the year cannot be read."""


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Holidays, and spans of (month, day) that return every year, both ends included."""

    spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    def __contains__(self, day: date) -> bool:
        return _is_holiday(day) or any(_within(day, *span) for span in self.spans)


def parse_closed_days(written: str) -> ClosedDays:
    """Read spans of the year such as ``12-29..01-03, 08-13``; nothing written means holidays alone.

    Raises DaysNotUnderstood.
    """
    return ClosedDays(tuple(_span(part.strip()) for part in written.split(",") if part.strip()))


# Asked for every message of a batch, always about the same few days.
@lru_cache(maxsize=400)
def _is_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))


def _span(written: str) -> tuple[tuple[int, int], tuple[int, int]]:
    found = _SPAN.fullmatch(written)
    if found is None:
        raise DaysNotUnderstood(f"{written!r} is not written like 12-29..01-03 or 08-13.")
    month, day, last_month, last_day = found.groups()
    first = _day(month, day)
    return first, _day(last_month, last_day) if last_month else first


def _day(month: str, day: str) -> tuple[int, int]:
    try:
        date(_SOME_LEAP_YEAR, int(month), int(day))
    except ValueError:
        raise DaysNotUnderstood(f"There is no day {month}-{day}.") from None
    return int(month), int(day)


def _within(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    this = (day.month, day.day)
    if first <= last:
        return first <= this <= last
    return this >= first or this <= last  # over the turn of the year
