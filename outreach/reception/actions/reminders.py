"""Queue the reminders of appointments, and take them back when one is changed or cancelled."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.actions import messages, recalls
from notifications.actions.one_by_one import OneByOne
from notifications.models import Message
from outreach.people.readers import readers
from outreach.reception.documents import documents_for
from outreach.reception.models import Appointment
from outreach.reception.reminders import DueReminder, due, stem_of

PURPOSE = "appointment-reminder"
CANCELLED = _("The appointment was cancelled.")
MOVED = _("The appointment was given another time.")


def queue(*, now: datetime) -> int:
    """Put every reminder that is due into the outbox; safe to run any number of times.

    Each in a transaction of its own, so that one that fails does not undo the others. Returns
    how many were queued. Raises SomeNotQueued when all others stand in the outbox.
    """
    each = OneByOne()
    for reminder in due(now=now):
        with each.by_itself(reminder.reference):
            each.queued += _remind(reminder, now)
    return each.finish()


def recall(*, appointment: Appointment, reason: Promise, now: datetime) -> int:
    """Drop the reminders of one appointment that have not gone out; how many that were."""
    queued = Message.objects.of_occasions_under(stem_of(appointment))
    return recalls.recall(queued, reason=reason, now=now)


@transaction.atomic
def _remind(reminder: DueReminder, now: datetime) -> bool:
    # Held until the message stands: one that was changed or cancelled meanwhile is left alone.
    appointment = (
        Appointment.objects.standing()
        .select_for_update(of=("self",))
        .filter(pk=reminder.appointment.pk, sequence=reminder.appointment.sequence)
        .first()
    )
    if appointment is None or Message.objects.filter(reference=reminder.reference).exists():
        return False
    for reader in readers(appointment):
        messages.enqueue(
            contact=reader.contact,
            purpose=PURPOSE,
            reference=reminder.reference + reader.suffix,
            template="reception/messages/reminder",
            context={
                "appointment": appointment,
                "day": appointment.day,
                "documents": documents_for(appointment.service),
                "reader": reader,
            },
            now=now,
            useless_after=appointment.starts_at,
        )
    return True
