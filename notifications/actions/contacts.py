"""Write down how somebody can be reached."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import Phone
from notifications.text_guard import guard


@transaction.atomic
def record(
    *,
    name: str,
    language: str,
    phone: Phone | None = None,
    email: str = "",
    post: str = "",
    contact: Contact | None = None,
) -> Contact:
    """Create a contact, or bring one up to date, and attach what it can be reached by.

    What was known before stays; the number or address told last is the one used first. Raises
    ValidationError when a text holds a number that may not be kept.
    """
    points = hold_points(phone=phone, email=email, post=post)
    return write(name=name, language=language, points=points, contact=contact)


def write(
    *, name: str, language: str, points: Sequence[ContactPoint], contact: Contact | None = None
) -> Contact:
    """The same for points the caller holds already, in the caller's transaction."""
    guard(name)
    if contact is None:
        contact = Contact.objects.create(name=name, language=language)
    else:
        if (contact.name, contact.language) != (name, language):
            contact.name, contact.language = name, language
            contact.save(update_fields=["name", "language"])
        # Taken off first, so that they become the newest of the contact's points.
        contact.points.remove(*points)
    contact.points.add(*points)
    return contact


def hold_points(
    *, phone: Phone | None = None, email: str = "", post: str = ""
) -> list[ContactPoint]:
    """The points for these values, created where new, and locked until the transaction ends.

    The caller has one open. Two people who sign up from the same number at the same moment are
    then seen one after the other. A point keeps its state: who stopped a number is not started
    again by typing it. Raises ValidationError when a text holds a number that may not be kept.
    """
    for typed in (email, post):
        guard(typed)
    kinds = ContactPoint.Kind
    written = {
        kinds.PHONE: phone.e164 if phone else "",
        kinds.EMAIL: email.strip().lower(),
        kinds.POST: " ".join(post.split()),
    }
    told = {(kind, value) for kind, value in written.items() if value}
    if not told:
        return []
    held = _held(told)
    known = {(point.kind, point.value) for point in held}
    if known == told:
        return held
    new = ContactPoint.objects.bulk_create(
        (
            ContactPoint(
                kind=kind,
                value=value,
                takes_sms=bool(kind == kinds.PHONE and phone and phone.can_receive_sms),
            )
            for kind, value in sorted(told - known)
        ),
        # Somebody else may have told the same number since the look above: then theirs is held,
        # by writing again what it says already.
        update_conflicts=True,
        unique_fields=["kind", "value"],
        update_fields=["takes_sms"],
    )
    return sorted([*held, *new], key=lambda point: point.pk)


def _held(told: Collection[tuple[str, str]]) -> list[ContactPoint]:
    """Those on record, locked all together and in one order: nobody waits for each other."""
    these = reduce(or_, (Q(kind=kind, value=value) for kind, value in told))
    locked = ContactPoint.objects.select_for_update(no_key=True)
    return list(locked.filter(these).order_by("pk"))
