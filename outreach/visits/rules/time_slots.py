"""The two parts of a day in which staff go out, as local time of the city.

A working guess of the house (45 to 60 minutes a home, a pause at noon), to be set by the city.
"""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Hours:
    """A half-open period of one day: staff arrive from `starts` and before `ends`."""

    starts: time
    ends: time


HOURS = {
    "am": Hours(time(9), time(12)),
    "pm": Hours(time(13), time(16, 30)),
}
