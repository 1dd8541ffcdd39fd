"""Whom a call at the desk is about: somebody on record, or somebody new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import Phone
from outreach.classes.models import Registration
from outreach.desk.message_lines import readable
from outreach.people.models import Person, Residence
from outreach.people.resemblance import Description
from outreach.people.rules.addresses import place_in
from outreach.places.models import District


@dataclass(frozen=True, slots=True)
class Caller:
    """The person who comes to the class, as far as the call has told; `person` is None if new.

    `phone` and `address` were told in this call.
    """

    person: Person | None
    name: str
    kana: str
    birth_year: int | None
    district: District | None
    language: str
    phone: Phone | None = None
    address: str = ""

    @classmethod
    def known(cls, person: Person, *, phone: Phone | None = None) -> "Caller":
        return cls(
            person=person,
            name=person.name,
            kana=person.kana,
            birth_year=person.birth_year,
            district=person.district,
            language=person.contact.language,
            phone=phone,
        )

    @property
    def described(self) -> Description:
        """What was told, to find who on record it could be."""
        place = place_in(self.address)
        return Description(
            name=self.name,
            kana=self.kana,
            birth_year=self.birth_year,
            oaza=place.oaza,
            koaza=place.koaza,
            phone=self.phone,
        )

    @property
    def contact(self) -> Contact | None:
        return self.person.contact if self.person else None

    @property
    def phones(self) -> list[str]:
        """Numbers as they are written at home, the one told in this call first."""
        known = phones_of(self.contact) if self.contact else []
        told = [self.phone.national] if self.phone else []
        return list(dict.fromkeys([*told, *known]))

    @property
    def is_reachable(self) -> bool:
        """Whether anything sent to this person could arrive."""
        return bool(self.phone or (self.contact and self.contact.usable_points().exists()))


@dataclass(frozen=True, slots=True)
class CallerLine:
    """One person on record as the desk tells namesakes apart, with the classes ahead of them.

    The address is empty where it is not known or protected (DV 支援措置).
    """

    person: Person
    phones: list[str]
    address: str
    withheld: bool
    ahead: list[Registration]


def caller_lines(people: Iterable[Person], *, now: datetime) -> list[CallerLine]:
    """The people with everything the list shows, in their order; three queries for any number."""
    found = list(people)
    ahead = _ahead(found, now)
    points = _points(found)
    return [
        CallerLine(
            person=person,
            phones=[
                readable(point)
                for point in points.get(person.contact_id, [])
                if point.kind == ContactPoint.Kind.PHONE and point.state != ContactPoint.State.WRONG
            ],
            address=_address(person, points.get(person.contact_id, [])),
            withheld=person.contact.protected,
            ahead=ahead.get(person.pk, []),
        )
        for person in found
    ]


def phones_of(contact: Contact) -> list[str]:
    """The numbers that can be rung up, the one told last first."""
    usable = contact.usable_points().filter(kind=ContactPoint.Kind.PHONE)
    return [readable(point) for point in usable]


def _ahead(people: list[Person], now: datetime) -> dict[int, list[Registration]]:
    rows = (
        Registration.objects.filter(
            person__in=people, state__in=Registration.STANDING, session__starts_at__gt=now
        )
        .select_related("session__course", "session__venue")
        .order_by("person", "session__starts_at", "pk")
    )
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.person_id)}


def _address(person: Person, points: list[ContactPoint]) -> str:
    """Where somebody lives, or else where letters go; nothing where it is protected."""
    if person.contact.protected:
        return ""
    residence: Residence | None = getattr(person, "residence", None)
    if residence and residence.address:
        return residence.address
    post = (point.value for point in points if point.kind == ContactPoint.Kind.POST)
    return next(post, "")


def _points(people: list[Person]) -> dict[int, list[ContactPoint]]:
    through = Contact.points.through.objects.filter(
        contact__in=[person.contact_id for person in people]
    )
    rows = through.select_related("contactpoint").order_by("contact", "-pk")
    return {
        key: [row.contactpoint for row in group]
        for key, group in groupby(rows, key=lambda row: row.contact_id)
    }
