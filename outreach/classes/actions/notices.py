"""Tell a person what has become of their registration, in the transaction that changes it."""

from datetime import datetime

from django.utils.functional import Promise

from notifications.actions import messages, recalls
from notifications.models import Message
from outreach.classes.models import Offer, Registration

PURPOSE = "class-registration"

# What each message is called in the outbox; the number of the offer tells several apart.
_REFERENCES = {
    "registered": "class-registration",
    "waiting": "class-waiting",
    "offered": "class-offer",
    "offer-ended": "class-offer-ended",
    "cancelled": "class-cancelled",
}


def tell(
    registration: Registration, template: str, *, now: datetime, offer: Offer | None = None
) -> Message:
    """Queue one of the messages of a registration; told twice is told once."""
    session = registration.session
    return messages.enqueue(
        contact=registration.person.contact,
        purpose=PURPOSE,
        reference=_reference(template, offer.pk if offer else registration.pk),
        template=f"classes/messages/{template}",
        context={"session": session, "registration": registration, "offer": offer},
        now=now,
        useless_after=offer.ends_at if offer else session.starts_at,
    )


def take_back(registration: Registration, *, reason: Promise, now: datetime) -> None:
    """Drop what still waits to be said: it would come after the news that it no longer holds."""
    said = [_reference(template, registration.pk) for template in ("registered", "waiting")]
    said += [_reference("offered", key) for key in registration.offers.values_list("pk", flat=True)]
    for reference in said:
        recalls.recall(Message.objects.of_occasion(reference), reason=reason, now=now)


def _reference(template: str, key: int) -> str:
    return f"{_REFERENCES[template]}:{key}"
