"""Announce a class, one day or many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.classes.actions import bookings
from outreach.classes.actions.bookings import AlreadyTaken
from outreach.classes.buffers import buffer
from outreach.classes.models import ClassSession, Course, Series, Tutor
from outreach.classes.models.class_session import MIN_PEOPLE
from outreach.classes.rules.bookings import Booking
from outreach.classes.rules.session_days import SessionDay, session_days
from outreach.classes.signals import schedule_changed
from outreach.places.days_off import days_off
from outreach.places.models import Venue
from outreach.places.rules.planned_days import Rule

__all__ = [
    "AlreadyTaken",
    "CannotAnnounce",
    "PlanChanged",
    "Season",
    "announce",
    "plan",
    "preview",
]


class CannotAnnounce(Exception):
    """A plan for a class that nobody could attend: in the past, without length or seats."""


class PlanChanged(Exception):
    """A day that was to be planned is no longer free, or another one has become so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """What an officer plans by a rule: the same class on many days, or one series of all days."""

    rule: Rule
    course: Course
    venue: Venue
    room: str = ""
    tutors: Sequence[Tutor] = ()
    capacity: int
    handsets: int = 0
    bus_seats: int = 0
    min_people: int = MIN_PEOPLE
    is_whole: bool = False  # one registration is for all days


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
    room: str = "",
    tutors: Sequence[Tutor] = (),
    handsets: int = 0,
    bus_seats: int = 0,
    min_people: int = MIN_PEOPLE,
) -> ClassSession:
    """Put a class on the schedule; residents can register at once.

    Raises CannotAnnounce, or AlreadyTaken when the room or a tutor has another class.
    """
    if starts_at <= now:
        raise CannotAnnounce(_("The class would begin in the past. Check the date and the time."))
    refuse_impossible(starts_at=starts_at, ends_at=ends_at, capacity=capacity)
    bookings.hold(venue=venue, tutors=tutors)
    bookings.refuse_clash(
        venue=venue, room=room, tutors=tutors, starts_at=starts_at, ends_at=ends_at
    )
    session = ClassSession.objects.create(
        course=course,
        venue=venue,
        room=room,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        handsets=handsets,
        bus_seats=bus_seats,
        min_people=min_people,
        announced_at=now,
        announced_by=by,
    )
    session.tutors.set(tutors)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
    return session


def preview(season: Season, *, now: datetime) -> list[SessionDay]:
    """Every day of a plan, with the reason for those on which there will be no class.

    Raises CannotAnnounce.
    """
    rule, zone = season.rule, timezone.get_default_timezone()
    start = datetime.combine(rule.first, rule.start, tzinfo=zone)
    refuse_impossible(
        starts_at=start,
        ends_at=datetime.combine(rule.first, rule.end, tzinfo=zone),
        capacity=season.capacity,
    )
    until = datetime.combine(rule.last, rule.end, tzinfo=zone)
    return session_days(
        rule,
        zone=zone,
        now=now,
        off=days_off(),
        place=Booking(
            starts_at=start,
            ends_at=until,
            venue=season.venue.pk,
            room=season.room,
            tutors=frozenset(tutor.pk for tutor in season.tutors),
        ),
        standing=bookings.standing(
            venue=season.venue, tutors=season.tutors, since=start, until=until
        ),
        buffer=buffer(),
    )


@transaction.atomic
def plan(
    season: Season, *, expected: Collection[datetime], now: datetime, by: User | None
) -> list[ClassSession]:
    """Announce every day of a plan, all or none of them.

    `expected` are the beginnings the officer saw and agreed to. Raises CannotAnnounce when there
    is no day, PlanChanged when other days are free by now.
    """
    bookings.hold(venue=season.venue, tutors=season.tutors)
    days = [day for day in preview(season, now=now) if day.left_out is None]
    if {day.starts_at for day in days} != set(expected):
        raise PlanChanged(
            _("The plan has changed since you looked at it. Please read the days once more.")
        )
    if not days:
        raise CannotAnnounce(_("No day is left. Choose other days, another time or another room."))
    series = Series.objects.create(
        course=season.course,
        is_whole=season.is_whole,
        planned_at=now,
        planned_by=by,
    )
    sessions = ClassSession.objects.bulk_create(
        ClassSession(
            course=season.course,
            venue=season.venue,
            room=season.room,
            series=series,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            capacity=season.capacity,
            handsets=season.handsets,
            bus_seats=season.bus_seats,
            min_people=season.min_people,
            announced_at=now,
            announced_by=by,
        )
        for day in days
    )
    _teach(sessions, season.tutors)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
    return sessions


def refuse_impossible(*, starts_at: datetime, ends_at: datetime, capacity: int) -> None:
    """Raise CannotAnnounce for a class without length or seats."""
    if ends_at <= starts_at:
        raise CannotAnnounce(_("The class would end before it begins. Check the two times of day."))
    if capacity < 1:
        raise CannotAnnounce(_("A class needs at least one seat. Check the number of seats."))


def _teach(sessions: Sequence[ClassSession], tutors: Sequence[Tutor]) -> None:
    teaching = ClassSession.tutors.through
    teaching.objects.bulk_create(
        teaching(classsession_id=session.pk, tutor_id=tutor.pk)
        for session in sessions
        for tutor in tutors
    )
