"""Which reminders of appointments are due at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from notifications.models import Message
from notifications.rules.reminder_days import due_day
from notifications.rules.written_days import parse_days
from outreach.reception.models import Appointment

# Longer ahead than this nobody books a counter.
LONGEST_DAYS = 30
# Appointments looked at together: few enough for one IN (…) on every database.
BATCH = 500


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder to send now: of which appointment, and how many days before it fell due."""

    appointment: Appointment
    days: int

    @property
    def reference(self) -> str:
        # An appointment that was changed is reminded of anew, for its new time.
        return f"{stem_of(self.appointment)}{self.days}:{self.appointment.sequence}"


def reminder_days() -> tuple[int, ...]:
    """How many days before an appointment people are reminded: APPOINTMENT_REMINDER_DAYS.

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return _read(settings.APPOINTMENT_REMINDER_DAYS)


@lru_cache
def _read(written: str) -> tuple[int, ...]:
    return parse_days(written, least=0, most=LONGEST_DAYS)


def stem_of(appointment: Appointment) -> str:
    """What the references of all reminders of an appointment begin with."""
    return f"appointment-reminder:{appointment.pk}:"


def due(*, now: datetime) -> Iterator[DueReminder]:
    """Reminders that fell due and are not in the outbox yet, those of the soonest first."""
    days = reminder_days()
    if not days:
        return
    # One day more than the longest, because a reminder falls due at midnight of its day.
    soon = Appointment.objects.standing().filter(
        starts_at__gt=now, starts_at__lte=now + timedelta(days=max(days) + 1)
    )
    found = [
        DueReminder(appointment, day)
        for appointment in soon.iterator(chunk_size=BATCH)
        if (day := _due_day(appointment, now, days)) is not None
    ]
    for start in range(0, len(found), BATCH):
        yield from _not_in_the_outbox(found[start : start + BATCH])


def _due_day(appointment: Appointment, now: datetime, days: tuple[int, ...]) -> int | None:
    town = timezone.get_default_timezone()
    # Who was told of a new time has just read the same as in a confirmation.
    told_at = max(appointment.booked_at, appointment.moved_at or appointment.booked_at)
    return due_day(
        starts_at=appointment.starts_at.astimezone(town),
        registered_at=told_at.astimezone(town),
        now=now.astimezone(town),
        days=days,
    )


def _not_in_the_outbox(reminders: list[DueReminder]) -> Iterator[DueReminder]:
    references = [reminder.reference for reminder in reminders]
    queued = set(
        Message.objects.filter(reference__in=references).values_list("reference", flat=True)
    )
    return (reminder for reminder in reminders if reminder.reference not in queued)
