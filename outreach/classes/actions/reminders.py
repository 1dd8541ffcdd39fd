"""Queue the reminders of classes, and take them back when somebody cancels."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.actions import messages, recalls
from notifications.actions.one_by_one import OneByOne
from notifications.models import Message
from outreach.classes.models import Registration
from outreach.classes.reminders import DueReminder, due, stem_of
from outreach.people.readers import readers

PURPOSE = "class-reminder"
CANCELLED = _("The registration was cancelled.")


def queue(*, now: datetime) -> int:
    """Put every class reminder that is due into the outbox; safe to run any number of times.

    Each in a transaction of its own, so that one that fails does not undo the others. Returns
    how many were queued. Raises SomeNotQueued when all others stand in the outbox.
    """
    each = OneByOne()
    for reminder in due(now=now):
        with each.by_itself(reminder.reference):
            each.queued += _remind(reminder, now)
    return each.finish()


def recall(*, registration: Registration, now: datetime, reason: Promise = CANCELLED) -> int:
    """Drop the reminders of one registration that have not gone out; how many that were."""
    queued = Message.objects.of_occasions_under(stem_of(registration))
    return recalls.recall(queued, reason=reason, now=now)


@transaction.atomic
def _remind(reminder: DueReminder, now: datetime) -> bool:
    # Held until the message stands: a registration cancelled meanwhile is not reminded. Whoever
    # moves the class holds it too, so all is read only then: one look that waits for the lock
    # would still have the old day.
    pk = reminder.registration.pk
    list(Registration.objects.select_for_update().filter(pk=pk).values_list("pk"))
    registration = Registration.objects.standing().filter(pk=pk).first()
    if registration is None:
        return False
    if DueReminder(registration, reminder.days).reference != reminder.reference:  # was moved
        return False
    if Message.objects.filter(reference=reminder.reference).exists():
        return False
    for reader in readers(registration):
        messages.enqueue(
            contact=reader.contact,
            purpose=PURPOSE,
            reference=reminder.reference + reader.suffix,
            template="classes/messages/reminder",
            context={
                "session": registration.session,
                "registration": registration,
                "reader": reader,
            },
            now=now,
            useless_after=registration.session.starts_at,
        )
    return True
