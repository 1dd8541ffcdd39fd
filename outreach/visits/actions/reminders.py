"""Queue the reminders of home visits, with the hour at which somebody arrives."""

from datetime import datetime

from django.db import transaction

from notifications.actions.one_by_one import OneByOne
from outreach.visits.actions import notices
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.reminders import DueReminder, due


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


@transaction.atomic
def _remind(reminder: DueReminder, now: datetime) -> bool:
    # Held until the message stands: a visit moved or called off meanwhile is left alone.
    VisitRequest.objects.select_for_update(of=("self",)).get(pk=reminder.visit.request_id)
    visit = Visit.objects.ahead().with_people().filter(pk=reminder.visit.pk).first()
    if visit is None:
        return False
    notices.remind(visit=visit, reference=reminder.reference, now=now)
    return True
