"""Which reminders of home visits are due at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from notifications.models import Message
from notifications.rules.reminder_days import due_day
from notifications.rules.written_days import parse_days
from outreach.visits.models import Visit
from outreach.visits.told_hours import hours_to_tell

# Longer ahead than this no visit is planned.
LONGEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder to send now: of which visit, and how many days before it fell due."""

    visit: Visit
    days: int

    @property
    def reference(self) -> str:
        return f"{stem_of(self.visit)}{self.days}"


def reminder_days() -> tuple[int, ...]:
    """How many days before a visit people are reminded: the setting VISIT_REMINDER_DAYS.

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return _read(settings.VISIT_REMINDER_DAYS)


@lru_cache
def _read(written: str) -> tuple[int, ...]:
    return parse_days(written, least=0, most=LONGEST_DAYS)


def stem_of(visit: Visit) -> str:
    """What the references of all reminders of a visit begin with."""
    return f"visit-reminder:{visit.pk}:"


def due(*, now: datetime) -> Iterator[DueReminder]:
    """Reminders that fell due and are not in the outbox yet, those of the soonest visit first."""
    days = reminder_days()
    if not days:
        return
    today = timezone.localdate(now)
    soon = Visit.objects.ahead().filter(
        visit_on__gte=today, visit_on__lte=today + timedelta(days=max(days))
    )
    for visit in soon.with_people().order_by("visit_on", "pk"):
        day = _due_day(visit, now, days)
        if day is None:
            continue
        reminder = DueReminder(visit, day)
        if not Message.objects.of_occasions_under(reminder.reference + ":").exists():
            yield reminder


def _due_day(visit: Visit, now: datetime, days: tuple[int, ...]) -> int | None:
    town = timezone.get_default_timezone()
    starts, _ends = hours_to_tell(visit)
    return due_day(
        starts_at=starts.astimezone(town),
        # Who was told the day just now has read the same.
        registered_at=(visit.told_at or visit.request.asked_at).astimezone(town),
        now=now.astimezone(town),
        days=days,
    )
