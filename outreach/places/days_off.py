"""When this town holds nothing: the settings, read."""

from functools import lru_cache

from django.conf import settings

from notifications.rules.holidays import parse_closed_days
from outreach.places.rules.planned_days import DaysOff

_read = lru_cache(parse_closed_days)


def days_off() -> DaysOff:
    """The settings FESTIVAL_DAYS and CLOSED_DAYS.

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return DaysOff(festivals=_read(settings.FESTIVAL_DAYS), closed=_read(settings.CLOSED_DAYS))
