"""Write down how somebody wants to be reached, and what a colleague learned about a number."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.models import Contact, ContactPoint, PointEvent
from notifications.rules.channels import HOUSE_ORDER
from notifications.text_guard import guard


class ReasonMissing(Exception):
    """A number comes back into use only for a reason somebody can read later."""


@transaction.atomic
def change(
    *,
    contact: Contact,
    language: str,
    channel_order: Sequence[str],
    do_not_contact: bool | None = None,
    protected: bool | None = None,
) -> Contact:
    """Store a person's wishes; what waits in the outbox is judged by them when its turn comes.

    `channel_order` holds the channels the person prefers, the best first; unknown and repeated
    ones are left out. None leaves `do_not_contact` and `protected` as they are: not everybody who
    may change the other wishes is asked for them, and a colleague may be noting them just now.
    """
    locked = Contact.objects.select_for_update().get(pk=contact.pk)
    locked.language = language
    locked.channel_order = [one for one in dict.fromkeys(channel_order) if one in HOUSE_ORDER]
    if do_not_contact is not None:
        locked.do_not_contact = do_not_contact
    if protected is not None:
        locked.protected = protected
    locked.save(update_fields=["language", "channel_order", "do_not_contact", "protected"])
    return locked


@transaction.atomic
def mark_wrong(*, point: ContactPoint, by: User, now: datetime, reason: str = "") -> ContactPoint:
    """Note that nobody we look for is behind a number or address; nothing goes there any more.

    Raises ValidationError when the reason holds a number that may not be kept.
    """
    return _mark(point, ContactPoint.State.WRONG, by=by, now=now, reason=reason)


@transaction.atomic
def mark_usable(*, point: ContactPoint, by: User, now: datetime, reason: str) -> ContactPoint:
    """Use a stopped or wrong number again, for everybody who shares it.

    A STOP is a person's word: the reason says who took it back. Raises ReasonMissing, and
    ValidationError when the reason holds a number that may not be kept.
    """
    if not reason.strip():
        raise ReasonMissing(_("Write why this number or address can be used again."))
    return _mark(point, ContactPoint.State.USABLE, by=by, now=now, reason=reason)


def _mark(
    point: ContactPoint, state: ContactPoint.State, *, by: User, now: datetime, reason: str
) -> ContactPoint:
    guard(reason)
    locked = ContactPoint.objects.select_for_update(no_key=True).get(pk=point.pk)
    locked.state = state
    locked.save(update_fields=["state"])
    PointEvent.objects.create(point=locked, state=state, at=now, by=by, reason=reason.strip())
    return locked
