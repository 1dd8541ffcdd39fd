"""Send people the link to their own page."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from notifications.actions import messages
from notifications.models import Contact

PURPOSE = "own-link"
USEFUL_FOR = timedelta(days=1)


@transaction.atomic
def send(*, kind: str, value: str, now: datetime) -> None:
    """Send each person behind a number or address their own link, by their own channel.

    `kind` and `value` are those of a ContactPoint. Returns nothing, whether there was anybody or
    not: whoever asks must not learn who is on record. Within one hour a person gets one link.
    """
    hour = now.astimezone(UTC).strftime("%Y%m%d%H")
    known = Contact.objects.filter(points__kind=kind, points__value=value)
    for contact in known.order_by("pk"):
        messages.enqueue(
            contact=contact,
            purpose=PURPOSE,
            reference=f"own-link:{contact.pk}:{hour}",
            template="desk/messages/own-link",
            context={},
            now=now,
            useless_after=now + USEFUL_FOR,
        )
