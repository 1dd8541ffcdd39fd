"""Write to somebody no more, whatever was asked for, and take that back."""

from datetime import datetime

from django.db import transaction

from notifications import reasons
from notifications.actions.recalls import recall
from notifications.models import Contact, Message


@transaction.atomic
def close(*, contact: Contact, now: datetime) -> int:
    """Nothing goes to this contact from now on; how many waiting messages were dropped.

    For who has died, has moved away, or turned out to be on record twice. Consents stay as the
    record of what was agreed.
    """
    Contact.objects.filter(pk=contact.pk).update(closed=True)
    contact.closed = True
    return recall(Message.objects.filter(contact=contact), reason=reasons.CLOSED, now=now)


def open_again(*, contact: Contact) -> None:
    """The person can be written to again; what was dropped meanwhile stays dropped."""
    Contact.objects.filter(pk=contact.pk).update(closed=False)
    contact.closed = False
