"""Write down how somebody can be reached."""

from django.db import transaction

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
    for typed in (name, email, post):
        guard(typed)
    if contact is None:
        contact = Contact.objects.create(name=name, language=language)
    elif (contact.name, contact.language) != (name, language):
        contact.name, contact.language = name, language
        contact.save(update_fields=["name", "language"])
    for point in hold_points(phone=phone, email=email, post=post):
        # Taken off first, so that it becomes the newest of the contact's points.
        contact.points.remove(point)
        contact.points.add(point)
    return contact


@transaction.atomic
def hold_points(
    *, phone: Phone | None = None, email: str = "", post: str = ""
) -> list[ContactPoint]:
    """The points for these values, created where new, and locked until the transaction ends.

    Two people who sign up from the same number at the same moment are then seen one after the
    other. A point keeps its state: who stopped a number is not started again by typing it.
    """
    kinds = ContactPoint.Kind
    written = {
        kinds.PHONE: phone.e164 if phone else "",
        kinds.EMAIL: email.strip().lower(),
        kinds.POST: " ".join(post.split()),
    }
    takes_sms = {kinds.PHONE: bool(phone and phone.can_receive_sms)}
    points = [
        ContactPoint.objects.get_or_create(
            kind=kind, value=value, defaults={"takes_sms": takes_sms.get(kind, False)}
        )[0]
        for kind, value in written.items()
        if value
    ]
    # All together and in one order, so that two transactions cannot wait for each other.
    keys = [point.pk for point in points]
    return list(
        ContactPoint.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    )
