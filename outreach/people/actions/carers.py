"""Who looks after somebody, and from when to when."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.actions import contacts
from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.people.models import CareFacility, Carer, Person
from outreach.people.rules.names import tidy_name


class CaresAlready(Exception):
    """The same carer stands beside this person already, or it is the person."""


@transaction.atomic
def entrust(
    *,
    person: Person,
    contact: Contact,
    relation: str,
    authority: str,
    since: date,
    facility: CareFacility | None = None,
) -> Carer:
    """Note who looks after somebody and what they may say in that person's name.

    Raises CaresAlready.
    """
    if contact.pk == person.contact_id:
        raise CaresAlready(_("Nobody is their own carer."))
    try:
        with transaction.atomic():
            return Carer.objects.create(
                person=person,
                contact=contact,
                relation=relation,
                authority=authority,
                since=since,
                facility=facility,
            )
    except IntegrityError:
        raise CaresAlready(_("This carer is noted already.")) from None


@transaction.atomic
def entrust_somebody_new(
    *,
    person: Person,
    name: str,
    phone: Phone | None,
    email: str,
    language: str,
    relation: str,
    authority: str,
    since: date,
    facility: CareFacility | None = None,
) -> Carer:
    """The same for somebody who is not on record. Raises ValidationError for forbidden numbers."""
    contact = contacts.record(name=tidy_name(name), language=language, phone=phone, email=email)
    return entrust(
        person=person,
        contact=contact,
        relation=relation,
        authority=authority,
        since=since,
        facility=facility,
    )


def release(*, carer: Carer, today: date) -> Carer:
    """From today on they look after the person no more; the record of it stays."""
    carer.until = max(carer.since, today - timedelta(days=1))
    carer.save(update_fields=["until"])
    return carer
