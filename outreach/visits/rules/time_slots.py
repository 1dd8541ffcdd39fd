"""The two parts of a day in which staff go out, as local time of the city.

A working guess of the house (45 to 60 minutes a home, a pause at noon), to be set by the city.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Hours:
    """A half-open period of one day: staff arrive from `starts` and before `ends`."""

    starts: time
    ends: time


_EARLY, _LONG = timedelta(minutes=10), timedelta(hours=1)
_QUARTER = 15

HOURS = {
    "am": Hours(time(9), time(12)),
    "pm": Hours(time(13), time(16, 30)),
}


def arrival(starts_at: datetime, time_slot: str) -> tuple[datetime, datetime]:
    """Between which times people are told that somebody arrives: an hour around a planned time.

    From a quarter of an hour at least ten minutes before it, never before the time slot begins.
    Snow and a longer talk next door move a visit, so nobody is promised a minute (the house's
    own guess).
    """
    early = starts_at - _EARLY
    quarter = early.replace(minute=early.minute - early.minute % _QUARTER, second=0, microsecond=0)
    begins = starts_at.replace(
        hour=HOURS[time_slot].starts.hour,
        minute=HOURS[time_slot].starts.minute,
        second=0,
        microsecond=0,
    )
    first = max(quarter, begins)
    return first, first + _LONG
