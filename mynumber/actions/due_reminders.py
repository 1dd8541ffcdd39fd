"""Queue the renewal reminders that are due."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mynumber.models import Reminder
from notifications.actions import messages
from notifications.actions.one_by_one import OneByOne
from notifications.models import Message

PURPOSE = "renewal-reminder"
BATCH = 500
# Queued by a worker at any hour, but nobody wants to be woken by it.
EARLIEST = time(9, 0)
# How long a text that names only dates keeps its use.
USEFUL_DAYS_AFTER_EXPIRY = 14


def queue(*, today: date, now: datetime) -> int:
    """Queue what the ladder says for `today`; returns how many messages are new.

    Safe to run any number of times and in parallel: each message is named after the reminder,
    the expiry and the step. One transaction for each message and not one for all, so that a
    long list holds up nobody else. Raises SomeNotQueued when all others stand in the outbox.
    """
    each = OneByOne()
    for batch in _batches(today):
        _queue_batch(batch, each, today=today, now=now)
    return each.finish()


def _batches(today: date) -> Iterator[list[Reminder]]:
    last = 0
    reach = Reminder.objects.within_reach(today=today).order_by("pk")
    while batch := list(reach.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def _queue_batch(batch: list[Reminder], each: OneByOne, *, today: date, now: datetime) -> None:
    due = {}
    for reminder in batch:
        with each.by_itself(str(reminder)):
            if step := reminder.due_step(today=today):
                reference = f"{reminder.reference_stem}{reminder.expires_on}:{step.code}"
                due[reference] = reminder
    told = set(Message.objects.filter(reference__in=list(due)).values_list("reference", flat=True))
    for reference, reminder in due.items():
        if reference not in told:
            with each.by_itself(reference):
                _enqueue(reference, reminder, today=today, now=now)
                each.queued += 1


def _enqueue(reference: str, reminder: Reminder, *, today: date, now: datetime) -> None:
    messages.enqueue(
        contact=reminder.contact,
        purpose=PURPOSE,
        reference=reference,
        template=f"mynumber/messages/{reminder.kind}-{_phase(reminder.expires_on, today)}",
        context={
            "kind": reminder.kind,
            "expires_on": reminder.expires_on,
            "opens_on": reminder.opens_on,
        },
        now=now,
        not_before=max(now, _at(today, EARLIEST)),
        useless_after=_useless_after(reminder.expires_on, today),
    )


def _phase(expires_on: date, today: date) -> str:
    """Which text reads right today; the step says only when it fell due."""
    if today < expires_on:
        return "before"
    return "today" if today == expires_on else "after"


def _useless_after(expires_on: date, today: date) -> datetime:
    """What is said before the expiry or on its day must not arrive after it."""
    if today <= expires_on:
        return _at(expires_on + timedelta(days=1), time.min)
    return _at(today + timedelta(days=USEFUL_DAYS_AFTER_EXPIRY), time.min)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock), timezone.get_default_timezone())
