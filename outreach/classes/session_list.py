"""The desk's list of classes, by what an officer looks for."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from outreach.classes.models import ClassSession
from outreach.classes.models.class_session import ClassSessionQuerySet

# How long a class stays on the list after it was held, when no month is chosen.
SHOWN_AFTERWARDS = timedelta(days=30)


def listed(chosen: dict[str, Any], *, now: datetime) -> ClassSessionQuerySet:
    """The sessions that fit every chosen answer of the filter form, soonest first."""
    month = chosen.get("month")
    rows = _of_month(month) if month else _lately(now)
    if "course" in chosen:
        rows = rows.filter(course=chosen["course"])
    if "state" in chosen:
        rows = _in_state(rows, chosen["state"], now)
    if "flag" in chosen:
        rows = _marked(rows, chosen["flag"], now)
    return rows


def _lately(now: datetime) -> ClassSessionQuerySet:
    return ClassSession.objects.staff_list(since=now - SHOWN_AFTERWARDS)


def _of_month(month: str) -> ClassSessionQuerySet:
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=timezone.get_default_timezone())
    # The 32nd day after the first lies in the next month, whichever it is.
    following = (first + timedelta(days=32)).replace(day=1)
    return ClassSession.objects.staff_list(since=first).filter(starts_at__lt=following)


def _in_state(rows: ClassSessionQuerySet, state: str, now: datetime) -> ClassSessionQuerySet:
    if state == "called_off":
        return rows.filter(state=ClassSession.State.CALLED_OFF)
    rows = rows.filter(state=ClassSession.State.ANNOUNCED)
    if state == "over":
        return rows.filter(starts_at__lte=now)
    ahead = rows.filter(starts_at__gt=now)
    if state == "full":
        return ahead.filter(seats_taken__gte=F("capacity"))
    return ahead.filter(seats_taken__lt=F("capacity"))


def _marked(rows: ClassSessionQuerySet, flag: str, now: datetime) -> ClassSessionQuerySet:
    if flag == "too_few":
        return rows.with_too_few(now=now)
    if flag == "moved":
        return rows.filter(moved_at__isnull=False)
    return rows.filter(tutors=None, starts_at__gt=now, state=ClassSession.State.ANNOUNCED)
