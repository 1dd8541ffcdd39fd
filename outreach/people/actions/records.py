"""Change what is on record about a resident: who they are, where they live, what they need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.text_guard import guard
from outreach.people.models import (
    CareFacility,
    CareRecord,
    Household,
    Need,
    Person,
    Residence,
)
from outreach.people.rules.addresses import place_in
from outreach.people.rules.names import as_katakana, tidy_name
from outreach.places.models import District


class YearsDiffer(Exception):
    """The year of birth is not the one of the date of birth."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives and how to get there, as it is typed."""

    address: str = ""
    oaza: str = ""
    koaza: str = ""
    facility: CareFacility | None = None
    latitude: float | None = None
    longitude: float | None = None
    access_notes: str = ""
    parking: bool | None = None
    road_height: int | None = None


@transaction.atomic
def rename(
    *,
    person: Person,
    name: str,
    kana: str,
    birth_year: int | None,
    birth_date: date | None,
    district: District | None,
) -> Person:
    """Who somebody is. The date of birth says the year, too.

    The name on the envelope follows. Raises YearsDiffer, and ValidationError when the name holds a
    number that may not be kept.
    """
    if birth_date and birth_year and birth_date.year != birth_year:
        raise YearsDiffer(_("The year of birth is not the one of the date of birth."))
    name = tidy_name(name)
    guard(name)
    locked = Person.objects.select_for_update(of=("self",)).select_related("contact")
    person = locked.get(pk=person.pk)
    person.name, person.kana = name, as_katakana(kana)
    person.birth_date = birth_date
    person.birth_year = birth_date.year if birth_date else birth_year
    person.district = district
    person.save(update_fields=["name", "kana", "birth_date", "birth_year", "district"])
    person.contact.name = name
    person.contact.save(update_fields=["name"])
    return person


@transaction.atomic
def settle(*, person: Person, home: Home) -> Residence:
    """Where somebody lives. 大字 and 小字 are read from the address where they were not typed.

    Raises ValidationError when a text holds a number that may not be kept.
    """
    for typed in (home.address, home.access_notes, home.oaza, home.koaza):
        guard(typed)
    place = place_in(home.address)
    residence, _is_new = Residence.objects.update_or_create(
        person=person,
        defaults={
            "address": " ".join(home.address.split()),
            "oaza": home.oaza or place.oaza,
            "koaza": home.koaza or (place.koaza if not home.oaza else ""),
            "facility": home.facility,
            "latitude": home.latitude,
            "longitude": home.longitude,
            "access_notes": home.access_notes.strip(),
            "parking": home.parking,
            "road_height": home.road_height,
        },
    )
    return residence


@transaction.atomic
def note_needs(*, person: Person, kinds: Collection[str]) -> None:
    """What somebody needs, and nothing else any more."""
    person.needs.exclude(kind__in=kinds).delete()
    Need.objects.bulk_create(
        [Need(person=person, kind=kind) for kind in sorted(set(kinds))], ignore_conflicts=True
    )


@transaction.atomic
def live_together(*, person: Person, other: Person) -> Household:
    """Two people live together; whoever lives with either of them lives with both."""
    household = person.household or other.household or Household.objects.create()
    joined = {person.pk, other.pk}
    if other.household is not None and other.household != household:
        joined |= set(other.household.people.values_list("pk", flat=True))
        Household.objects.filter(pk=other.household.pk).update(head=None)
    Person.objects.filter(pk__in=joined).update(household=household)
    _clear_empty()
    return household


@transaction.atomic
def live_apart(*, person: Person) -> None:
    """The person no longer lives with the others; who is left alone has no household either."""
    household = person.household
    Person.objects.filter(pk=person.pk).update(household=None)
    person.household = None
    if household is None:
        return
    Household.objects.filter(pk=household.pk, head=person).update(head=None)
    if household.people.count() < 2:
        household.people.update(household=None)
        household.delete()


@transaction.atomic
def speak_for_household(*, person: Person) -> Household | None:
    """Who speaks for the household; None where the person lives with nobody."""
    if person.household is None:
        return None
    Household.objects.filter(pk=person.household.pk).update(head=person)
    person.household.head = person
    return person.household


@transaction.atomic
def note_care(*, person: Person, care_level: str, conditions: str, by: User, now: datetime) -> None:
    """Care level, illness and disability; nothing told ends the record.

    Raises ValidationError when a text holds a number that may not be kept.
    """
    guard(conditions)
    if not (care_level or conditions.strip()):
        CareRecord.objects.filter(person=person).delete()
        return
    CareRecord.objects.update_or_create(
        person=person,
        defaults={
            "care_level": care_level,
            "conditions": conditions.strip(),
            "written_at": now,
            "written_by": by,
        },
    )


def _clear_empty() -> None:
    Household.objects.filter(people=None).delete()
