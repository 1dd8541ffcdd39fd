"""Which class reminders are due at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from notifications.models import Message
from notifications.rules.reminder_days import due_day
from notifications.rules.written_days import parse_days
from outreach.classes.models import ClassSession, Registration

# Longer before a class than this nobody has registered for it.
LONGEST_DAYS = 90
# Registrations looked at together: few enough for one IN (…) on every database.
BATCH = 500


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder to send now: to whom, and how many days before the class it fell due."""

    registration: Registration
    days: int

    @property
    def reference(self) -> str:
        reference = f"{stem_of(self.registration)}{self.days}"
        moved_at = self.registration.session.moved_at
        # A class that was moved is reminded of anew, for its new day.
        return f"{reference}:{moved_at:%Y%m%d%H%M%S}" if moved_at else reference


def reminder_days() -> tuple[int, ...]:
    """How many days before a class people are reminded: the setting CLASS_REMINDER_DAYS.

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return _read(settings.CLASS_REMINDER_DAYS)


@lru_cache
def _read(written: str) -> tuple[int, ...]:
    return parse_days(written, least=0, most=LONGEST_DAYS)


def stem_of(registration: Registration) -> str:
    """What the references of all reminders of a registration begin with."""
    return f"class-reminder:{registration.pk}:"


def due(*, now: datetime) -> Iterator[DueReminder]:
    """Reminders that fell due and are not in the outbox yet, those of the soonest class first."""
    days = reminder_days()
    if not days:
        return
    # One day more than the longest, because a reminder falls due at midnight of its day.
    soon = (
        Registration.objects.standing()
        .filter(
            session__starts_at__gt=now,
            session__starts_at__lte=now + timedelta(days=max(days) + 1),
            session__state=ClassSession.State.ANNOUNCED,
        )
        .order_by("session__starts_at", "pk")
    )
    found = [
        DueReminder(registration, day)
        for registration in soon.iterator(chunk_size=BATCH)
        if (day := _due_day(registration, now, days)) is not None
    ]
    for start in range(0, len(found), BATCH):
        yield from _not_in_the_outbox(found[start : start + BATCH])


def _due_day(registration: Registration, now: datetime, days: tuple[int, ...]) -> int | None:
    town = timezone.get_default_timezone()
    # Who was told of a new day has just read the same as in a confirmation.
    moved_at = registration.session.moved_at or registration.registered_at
    return due_day(
        starts_at=registration.session.starts_at.astimezone(town),
        registered_at=max(registration.registered_at, moved_at).astimezone(town),
        now=now.astimezone(town),
        days=days,
    )


def _not_in_the_outbox(reminders: list[DueReminder]) -> Iterator[DueReminder]:
    queued = set(
        Message.objects.filter(
            reference__in=[reminder.reference for reminder in reminders]
        ).values_list("reference", flat=True)
    )
    return (reminder for reminder in reminders if reminder.reference not in queued)
