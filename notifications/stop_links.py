"""The link under a message that stops all others to the same number or address, with one press.

Signed under a name of its own, so that it opens nothing else, and without an end: who finds an
old e-mail must still be able to stop the next.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from notifications.links import UnknownToken
from notifications.models import Contact, ContactPoint, Message

_BETWEEN = "-"


@dataclass(frozen=True, slots=True)
class StopLink:
    """Whom the message was for, and the number or address it went to."""

    contact: Contact
    point: ContactPoint


def stop_token(*, contact_id: int, point_id: int) -> str:
    """A token that names a contact and a point by their keys alone."""
    return _signer().sign(f"{contact_id}{_BETWEEN}{point_id}")


def link_of_token(token: str) -> StopLink:
    """What a token was made for. Raises UnknownToken."""
    try:
        contact_id, _, point_id = _signer().unsign(token).partition(_BETWEEN)
        return StopLink(
            Contact.objects.get(pk=int(contact_id)), ContactPoint.objects.get(pk=int(point_id))
        )
    except (BadSignature, ValueError, ObjectDoesNotExist):
        raise UnknownToken("This link is not known.") from None


def stop_url(message: Message) -> str:
    """The absolute address that stops messages to where this one goes, in its language."""
    if message.point_id is None:
        raise ValueError("A message without a number or address has nothing to stop.")
    token = stop_token(contact_id=message.contact_id, point_id=message.point_id)
    with translation.override(message.language):
        path = reverse("stop", urlconf=settings.PUBLIC_URLCONF, kwargs={"token": token})
    return settings.SITE_URL + path


def _signer() -> Signer:
    return Signer(salt="notifications.stop_links", sep=".")
