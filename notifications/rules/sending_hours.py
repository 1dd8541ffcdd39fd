"""When a message may go out by a channel that rings.

All moments are aware. Hours are those on the town's clock, wherever the machine stands and
whatever its own clock is set to.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from .holidays import ClosedDays

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# An answer to what somebody does right now is one only for so long: when it has been held up, it
# waits for the morning like everything else.
AT_ONCE_FOR = timedelta(hours=1)

_HOURS = re.compile(r"(\S+)\s+(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")
_MINUTES_OF_A_DAY = 24 * 60
# Longer than any row of closed days that is not a mistake.
_LOOK_AHEAD_DAYS = 366


class HoursNotUnderstood(ValueError):
    """Written hours cannot be read."""


class NeverOpen(ValueError):
    """The hours and the closed days leave no day on which anything may go out."""


@dataclass(frozen=True, slots=True)
class SendingHours:
    """Days of the week (Monday is 0) and a half-open span of minutes since midnight."""

    weekdays: frozenset[int]
    opens: int
    closes: int

    def next_moment(self, at: datetime, *, zone: tzinfo, closed: ClosedDays) -> datetime:
        """The first moment, `at` or later, that lies within the hours and on no closed day.

        Raises NeverOpen.
        """
        today = at.astimezone(zone).date()
        for offset in range(_LOOK_AHEAD_DAYS + 1):
            day = today + timedelta(days=offset)
            if day.weekday() not in self.weekdays or day in closed:
                continue
            if at < _moment(day, self.closes, zone):
                return max(at, _moment(day, self.opens, zone))
        raise NeverOpen("No day of the coming year is left on which messages may go out.")


def parse_hours(written: str) -> SendingHours | None:
    """Read hours such as ``Mon-Sat 09:00-19:00`` or ``Mon,Wed 10:00-24:00``.

    Nothing written means any time: None. Raises HoursNotUnderstood.
    """
    if not written.strip():
        return None
    found = _HOURS.fullmatch(written.strip())
    if found is None:
        raise HoursNotUnderstood(f"{written!r} is not written like Mon-Sat 09:00-19:00.")
    days, *clock = found.groups()
    opens, closes = _minutes(*clock[:2]), _minutes(*clock[2:])
    if opens >= closes:
        raise HoursNotUnderstood(f"{written!r} ends before it begins.")
    return SendingHours(_weekdays(days), opens, closes)


def waits_for_hours(*, at_once: bool, channel: str, queued_at: datetime, now: datetime) -> bool:
    """Whether a message keeps to the hours of its channel.

    A fresh answer to something the person does right now (`at_once`) does not: somebody who signs
    up at 21:00 looks at the telephone anyway. A machine that calls always does.
    """
    return not at_once or channel == "voice" or now - queued_at >= AT_ONCE_FOR


def _weekdays(written: str) -> frozenset[int]:
    found: set[int] = set()
    for part in written.split(","):
        first, dash, last = part.partition("-")
        begin, end = _weekday(first), _weekday(last if dash else first)
        if begin > end:
            raise HoursNotUnderstood(f"{part!r}: a week begins on Mon and ends on Sun.")
        found.update(range(begin, end + 1))
    return frozenset(found)


def _weekday(name: str) -> int:
    try:
        return DAY_NAMES.index(name.capitalize())
    except ValueError:
        raise HoursNotUnderstood(f"{name!r} is not one of {', '.join(DAY_NAMES)}.") from None


def _minutes(hour: str, minute: str) -> int:
    minutes = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or minutes > _MINUTES_OF_A_DAY:
        raise HoursNotUnderstood(f"{hour}:{minute} is not a time of day.")
    return minutes


def _moment(day: date, minutes: int, zone: tzinfo) -> datetime:
    """So many minutes after midnight by the clock on the wall, where it springs forward too."""
    on_the_wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    # By way of UTC, because moments that share a zone are compared by their wall clock alone.
    return on_the_wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
