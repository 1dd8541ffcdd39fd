"""When a step is late in this town: the settings, read."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings

from notifications.rules.holidays import parse_closed_days
from outreach.visits.rules.step_limits import parse_limits
from outreach.visits.rules.transitions import State
from outreach.visits.rules.working_days import Days, after_working_days, working_days_back

_limits = lru_cache(parse_limits)
_closed = lru_cache(parse_closed_days)


def limits() -> Mapping[State, int]:
    """The setting VISIT_STEP_DAYS. Raises LimitsNotUnderstood for what `check` refuses."""
    return _limits(settings.VISIT_STEP_DAYS)


def closed_days() -> Days:
    """Holidays and the setting CLOSED_DAYS."""
    return _closed(settings.CLOSED_DAYS)


def due_on(state: str, since: date) -> date:
    """The last day on which a step that began on `since` is in time."""
    return after_working_days(since, limits()[State(state)], closed=closed_days())


@lru_cache(maxsize=32)
def _first_in_time(today: date, days: int, written_closed: str) -> date:
    return working_days_back(today, days, closed=_closed(written_closed))


def first_in_time(state: str, *, today: date) -> date:
    """A step that began before this day is late today."""
    return _first_in_time(today, limits()[State(state)], settings.CLOSED_DAYS)
