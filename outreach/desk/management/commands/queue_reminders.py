"""`manage.py queue_reminders`: put what is due into the outbox."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mynumber.actions import reminders as renewal_reminders
from notifications.actions.one_by_one import SomeNotQueued
from outreach.classes.actions import reminders as class_reminders
from outreach.reception.actions import reminders as appointment_reminders
from outreach.visits.actions import reminders as visit_reminders

# The hour taken for a day that is not today: everything due on that day is due by then.
AT = time(9, 0)
# Cards have been issued since 2016 (番号法); further off than this the calendar of the reminders
# itself would end.
EARLIEST_YEAR, LATEST_YEAR = 2016, 2999


class Command(BaseCommand):
    help = (
        "Queues the reminders of classes, appointments, visits and renewals that are due. Safe to "
        "run any number of times: nobody is reminded twice of the same thing. One that cannot be "
        "queued is named in the log, does not stop the others, and makes the exit status "
        "1. Sending is left to deliver_messages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            metavar="DATE",
            help="Take this day (2026-01-31) instead of the present one.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = moment(options["today"])
        today = timezone.localdate(now, timezone.get_default_timezone())
        self.stdout.write(f"{today}")
        kinds: dict[str, Callable[[], int]] = {
            "class reminders": partial(class_reminders.queue, now=now),
            "appointment reminders": partial(appointment_reminders.queue, now=now),
            "visit reminders": partial(visit_reminders.queue, now=now),
            "renewal reminders": partial(renewal_reminders.queue, today=today, now=now),
        }
        failed = sum([self._queue(kind, queue) for kind, queue in kinds.items()])
        if failed:
            raise CommandError(f"Reminders that could not be queued: {failed}. The log names each.")

    def _queue(self, kind: str, queue: Callable[[], int]) -> int:
        """Queue one kind, say how many, and return how many failed."""
        try:
            queued, failed = queue(), 0
        except SomeNotQueued as fault:
            queued, failed = fault.queued, fault.failed
        self.stdout.write(f"{kind}: {queued}")
        return failed


def moment(today: str | None) -> datetime:
    """The present, or nine o'clock of the day given. Raises CommandError for what is no date."""
    if today is None:
        return timezone.now()
    try:
        day = date.fromisoformat(today)
    except ValueError:
        raise CommandError(
            f"--today {today}: this is not a date. Write it like 2026-01-31."
        ) from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise CommandError(f"--today {today}: nothing falls due so far off. Check the year.")
    return datetime.combine(day, AT, tzinfo=timezone.get_default_timezone())
