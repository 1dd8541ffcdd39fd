"""Between which hours people were told, or are to be told, that somebody arrives."""

from datetime import datetime

from django.utils import timezone

from outreach.visits.models import Visit
from outreach.visits.rules.time_slots import HOURS, arrival


def hours_to_tell(visit: Visit) -> tuple[datetime, datetime]:
    """What a message says now: what was said before while it holds, an hour, or the time slot."""
    if visit.starts_at is None:
        return _of_slot(visit)
    if visit.told_from and visit.told_until and not _is_whole_slot(visit) and still_holds(visit):
        return visit.told_from, visit.told_until
    town = timezone.get_default_timezone()
    return arrival(visit.starts_at.astimezone(town), visit.time_slot)


def still_holds(visit: Visit) -> bool:
    """Whether a visit, planned again, begins between the hours people were told."""
    if visit.starts_at is None or visit.told_from is None or visit.told_until is None:
        return True
    return visit.told_from <= visit.starts_at <= visit.told_until


def _is_whole_slot(visit: Visit) -> bool:
    return (visit.told_from, visit.told_until) == _of_slot(visit)


def _of_slot(visit: Visit) -> tuple[datetime, datetime]:
    hours, town = HOURS[visit.time_slot], timezone.get_default_timezone()
    return (
        datetime.combine(visit.visit_on, hours.starts, tzinfo=town),
        datetime.combine(visit.visit_on, hours.ends, tzinfo=town),
    )
