"""When this town has no classes, and how much time lies between two: the settings, read."""

from datetime import timedelta
from functools import lru_cache

from django.conf import settings

from notifications.rules.holidays import parse_closed_days
from outreach.classes.rules.session_days import DaysOff

MINUTES_OF_A_DAY = 24 * 60

_read = lru_cache(parse_closed_days)


class MinutesNotUnderstood(ValueError):
    """A written number of minutes cannot be read."""


def days_off() -> DaysOff:
    """The settings FESTIVAL_DAYS and CLOSED_DAYS.

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return DaysOff(festivals=_read(settings.FESTIVAL_DAYS), closed=_read(settings.CLOSED_DAYS))


def buffer() -> timedelta:
    """The setting CLASS_BUFFER_MINUTES: what lies between two classes in one room.

    Raises MinutesNotUnderstood for a setting that `check` refuses.
    """
    written = settings.CLASS_BUFFER_MINUTES
    if not (written.isascii() and written.isdigit() and int(written) < MINUTES_OF_A_DAY):
        raise MinutesNotUnderstood(f"{written!r} is not a number of minutes.")
    return timedelta(minutes=int(written))
