"""Announce a class."""

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from outreach.classes.models import ClassSession, Course
from outreach.classes.signals import schedule_changed
from outreach.places.models import Venue


class CannotAnnounce(Exception):
    """A plan for a class that nobody could attend: in the past, without length or seats."""


@transaction.atomic
def announce(
    *,
    course: Course,
    venue: Venue,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    now: datetime,
    by: User | None,
) -> ClassSession:
    """Put a class on the schedule; residents can register at once. Raises CannotAnnounce."""
    if starts_at <= now:
        raise CannotAnnounce(_("The class would begin in the past. Check the date and the time."))
    if ends_at <= starts_at:
        raise CannotAnnounce(_("The class would end before it begins. Check the two times of day."))
    if capacity < 1:
        raise CannotAnnounce(_("A class needs at least one seat. Check the number of seats."))
    session = ClassSession.objects.create(
        course=course,
        venue=venue,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        announced_at=now,
        announced_by=by,
    )
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
    return session
