"""Book a time at a counter, give it another time, take it back."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions.messages import Told
from notifications.models import Contact
from outreach.people.models import Person
from outreach.people.rules.references import new_reference
from outreach.reception.actions import booths, reminders
from outreach.reception.actions.booths import TimeTaken
from outreach.reception.actions.notices import take_back, tell
from outreach.reception.models import Appointment, OpeningDay, Relation
from outreach.reception.signals import openings_changed

__all__ = ["AlreadyBooked", "AppointmentEnded", "TimeTaken", "book", "cancel", "change"]

REFERENCE_PREFIX = "M"  # 窓口


class AlreadyBooked(Exception):
    """The person has a time for this service already; `appointment` is the one."""

    def __init__(self, message: str, *, appointment: Appointment) -> None:
        super().__init__(message)
        self.appointment = appointment


class AppointmentEnded(Exception):
    """The appointment is over or cancelled, and nothing can be changed about it any more."""


@transaction.atomic
def book(
    *,
    day: OpeningDay,
    service: str,
    starts_at: datetime,
    person: Person,
    submission: UUID,
    how: str,
    now: datetime,
    by: User | None = None,
    asked_by: Contact | None = None,
    relation: str = Relation.SELF,
) -> Appointment:
    """Keep a booth for a person and queue the confirmation. A repeated submission changes nothing.

    Whom the colleague (`by`) has on the telephone is not called again to hear the same. Raises
    TimeTaken or AlreadyBooked; then nothing has been written.
    """
    if earlier := Appointment.objects.filter(submission=submission).first():
        return earlier
    held = booths.hold([day.pk])[day.pk]
    if earlier := Appointment.objects.filter(submission=submission).first():
        return earlier  # the first click was being written while this one waited
    _close_past(person, service, now=now)
    _refuse_second(person, service)
    slot = booths.find(held, service, starts_at, now=now)
    appointment = Appointment(
        person=person,
        day=held,
        service=service,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        booth=slot.booth,
        reference=new_reference(REFERENCE_PREFIX),
        submission=submission,
        relation=relation,
        asked_by=asked_by,
        how=how,
        taken_by=by,
        booked_at=now,
    )
    try:
        with transaction.atomic():
            appointment.save(force_insert=True)
            booths.take(appointment)
    except IntegrityError:
        # Booked on another day in the same moment.
        _refuse_second(person, service)
        raise
    on_the_line = asked_by or person.contact
    told = Told(on_the_line, by) if how == Appointment.How.PHONE else None
    tell(appointment, "booked", now=now, told=told)
    _openings_changed()
    return appointment


@transaction.atomic
def change(
    *, appointment: Appointment, day: OpeningDay, starts_at: datetime, now: datetime
) -> Appointment:
    """Give an appointment another time, and tell everybody concerned.

    The same time again changes nothing. Raises TimeTaken, or AppointmentEnded; then the old time
    stands.
    """
    held = booths.hold([appointment.day_id, day.pk])
    standing = _standing(appointment)
    if (standing.day_id, standing.starts_at) == (day.pk, starts_at):
        return standing
    new_day = held[day.pk]
    slot = booths.find(new_day, standing.service, starts_at, now=now, besides=standing)
    booths.give_back(standing)
    standing.day, standing.booth = new_day, slot.booth
    standing.starts_at, standing.ends_at = slot.starts_at, slot.ends_at
    standing.moved_at, standing.sequence = now, standing.sequence + 1
    standing.save(update_fields=["day", "booth", "starts_at", "ends_at", "moved_at", "sequence"])
    booths.take(standing)
    take_back(standing, reason=reminders.MOVED, now=now)
    reminders.recall(appointment=standing, reason=reminders.MOVED, now=now)
    tell(standing, "changed", now=now)
    _openings_changed()
    return standing


@transaction.atomic
def cancel(
    *,
    appointment: Appointment,
    now: datetime,
    by: User | None = None,
    told: Told | None = None,
) -> None:
    """Take an appointment back; the time is free at once. Twice is the same as once.

    Who was `told`, cancelling it on the telephone, is not called. Raises AppointmentEnded for one
    whose turn has come.
    """
    booths.hold([appointment.day_id])
    try:
        standing = _standing(appointment)
    except AppointmentEnded:
        appointment.refresh_from_db(fields=["state"])
        if appointment.state == Appointment.State.CANCELLED:
            return
        raise
    withdraw(standing, now=now, by=by)
    tell(standing, "cancelled", now=now, told=told)
    _openings_changed()


def withdraw(appointment: Appointment, *, now: datetime, by: User | None) -> None:
    """End an appointment that is held, free its booth, and drop what waits to be said about it."""
    appointment.state, appointment.cancelled_at = Appointment.State.CANCELLED, now
    appointment.cancelled_by, appointment.sequence = by, appointment.sequence + 1
    appointment.save(update_fields=["state", "cancelled_at", "cancelled_by", "sequence"])
    booths.give_back(appointment)
    take_back(appointment, reason=reminders.CANCELLED, now=now)
    reminders.recall(appointment=appointment, reason=reminders.CANCELLED, now=now)


def _standing(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.standing().select_for_update(of=("self",))
    standing = rows.filter(pk=appointment.pk).first()
    if standing is None:
        raise AppointmentEnded(
            _("This appointment is over or was cancelled, so there is nothing left to change.")
        )
    return standing


def _close_past(person: Person, service: str, *, now: datetime) -> None:
    """End what nobody marked on an earlier day: it must not keep somebody from coming again.

    Who was called has been served; who was not has not come, as far as the list tells.
    """
    today = timezone.localdate(now, timezone.get_default_timezone())
    past = Appointment.objects.filter(person=person, service=service, day__on__lt=today)
    ended = Appointment.State
    past.filter(state=ended.CALLED).update(state=ended.DONE, ended_at=now)
    past.filter(state=ended.OPEN).update(state=ended.ABSENT, ended_at=now)


def _refuse_second(person: Person, service: str) -> None:
    open_states = (Appointment.State.OPEN, Appointment.State.CALLED)
    earlier = Appointment.objects.filter(person=person, service=service, state__in=open_states)
    if (one := earlier.first()) is None:
        return
    raise AlreadyBooked(
        _(
            "This person has an appointment for this already. The reference number is "
            "%(reference)s. To come at another time, change that one or call the city."
        )
        % {"reference": one.reference},
        appointment=one,
    )


def _openings_changed() -> None:
    changed = partial(openings_changed.send_robust, sender=OpeningDay)
    transaction.on_commit(changed, robust=True)
