"""Whoever asks on somebody's behalf: one contact, however often they ask."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import contacts
from notifications.models import Contact, ContactPoint
from notifications.rules.phones import Phone
from outreach.people.rules.names import comparable, tidy_name


@transaction.atomic
def identify(
    *, name: str, language: str, phone: Phone | None, email: str = "", by: User | None = None
) -> Contact:
    """The asker's contact, the one of an earlier request when name and phone are the same.

    A number alone proves nothing: families share one. Where no member of staff vouches (`by`),
    somebody known gets no new address: whoever knows a care manager's name and telephone could
    have the care manager's own link sent to themselves. Raises ValidationError when a text holds
    a number that may not be kept.
    """
    name = tidy_name(name)
    # Held until the end of the transaction, so that two requests at once make one contact.
    points = contacts.hold_points(phone=phone, email=email)
    known = _known(name, phone, points)
    if known and by is None and not set(points) <= set(known.points.all()):
        known = None
    return contacts.write(
        name=known.name if known else name, language=language, points=points, contact=known
    )


def _known(name: str, phone: Phone | None, points: Sequence[ContactPoint]) -> Contact | None:
    """Who asked for somebody before; never a resident's own contact, which staff may join."""
    if phone is None:
        return None
    number = next(point for point in points if point.kind == ContactPoint.Kind.PHONE)
    asked_before = (
        number.contacts.filter(visit_requests__isnull=False, person=None).distinct().order_by("pk")
    )
    same = (contact for contact in asked_before if comparable(contact.name) == comparable(name))
    return next(same, None)
