"""Care facilities, and whom to ask for there."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.actions import contacts
from notifications.rules.phones import Phone
from notifications.text_guard import guard
from outreach.people.models import CareFacility, FacilityContact
from outreach.people.rules.names import as_katakana, tidy_name
from outreach.places.models import District


class NameTaken(Exception):
    """Another facility has this name."""


@dataclass(frozen=True, slots=True)
class FacilityFacts:
    """What is written down about a facility."""

    name: str
    kana: str = ""
    address: str = ""
    district: District | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: Phone | None = None
    access_notes: str = ""


def write_down(*, facts: FacilityFacts, facility: CareFacility | None = None) -> CareFacility:
    """A new facility, or what has changed about one.

    Raises NameTaken, and ValidationError when a text holds a number that may not be kept.
    """
    for typed in (facts.name, facts.address, facts.access_notes):
        guard(typed)
    kept = facility or CareFacility()
    kept.name, kept.kana = tidy_name(facts.name), as_katakana(facts.kana)
    kept.address, kept.district = " ".join(facts.address.split()), facts.district
    kept.latitude, kept.longitude = facts.latitude, facts.longitude
    kept.phone = facts.phone.e164 if facts.phone else ""
    kept.access_notes = facts.access_notes.strip()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise NameTaken(_("There is a facility of this name already.")) from None
    return kept


@transaction.atomic
def name_contact(
    *, facility: CareFacility, name: str, duty: str, phone: Phone | None, email: str, language: str
) -> FacilityContact:
    """Somebody to ask for. Raises ValidationError for numbers that may not be kept."""
    guard(duty)
    contact = contacts.record(name=tidy_name(name), language=language, phone=phone, email=email)
    return FacilityContact.objects.create(facility=facility, contact=contact, duty=duty.strip())
