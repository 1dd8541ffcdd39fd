"""Working days of a city hall: Monday to Friday, without holidays and the days it is closed.

Source: 地方自治法 第4条の2 (地方公共団体の休日).
"""

from datetime import date, timedelta
from typing import Protocol

_SATURDAY = 5
_DAY = timedelta(days=1)


class Days(Protocol):
    """Days one can ask whether a day is among them."""

    def __contains__(self, day: date, /) -> bool: ...


def is_working_day(day: date, *, closed: Days) -> bool:
    """Whether the city hall is open; `closed` holds holidays and the days of the city's own."""
    return day.weekday() < _SATURDAY and day not in closed


def after_working_days(start: date, count: int, *, closed: Days) -> date:
    """The last day of a limit: `count` working days after `start`, which itself does not count."""
    day = start
    while count > 0:
        day += _DAY
        count -= is_working_day(day, closed=closed)
    return day


def working_days_back(today: date, count: int, *, closed: Days) -> date:
    """The first start whose limit of `count` working days has not run out today.

    What began before this day is late: the other way round of `after_working_days`, for a
    database to compare with.
    """
    start = today
    while after_working_days(start - _DAY, count, closed=closed) >= today:
        start -= _DAY
    return start


def working_days_between(start: date, end: date, *, closed: Days) -> int:
    """How many working days it took from `start`, which itself does not count, to `end`; 0 for
    the same day."""
    days = (end - start).days
    return sum(is_working_day(start + _DAY * step, closed=closed) for step in range(1, days + 1))
