"""Find the resident who is already on record, or write down a new one."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from notifications.actions import contacts
from notifications.models import ContactPoint
from notifications.rules.phones import Phone
from outreach.people.models import Person
from outreach.people.rules.names import as_katakana, comparable, tidy_name
from outreach.places.models import District

# The year, and the day where it was told; the year is that of the day.
_Born = tuple[int | None, date | None]


@transaction.atomic
def identify(
    *,
    name: str,
    kana: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    district: District | None = None,
    phone: Phone | None = None,
    email: str = "",
    post: str = "",
    language: str,
    by: AbstractBaseUser | None = None,
) -> Person:
    """`known_or_new` in a transaction of its own."""
    return known_or_new(
        name=name,
        kana=kana,
        birth_year=birth_year,
        birth_date=birth_date,
        district=district,
        phone=phone,
        email=email,
        post=post,
        language=language,
        by=by,
    )


def known_or_new(
    *,
    name: str,
    kana: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    district: District | None = None,
    phone: Phone | None = None,
    email: str = "",
    post: str = "",
    language: str,
    by: AbstractBaseUser | None = None,
) -> Person:
    """The person who wrote this, known or new, with what they told added to what was known.

    Known is who has the same name, shares the phone number or e-mail address, and differs in
    neither reading nor birth. A number alone proves nothing: families share phones.
    Where no member of staff vouches (``by``), somebody known gets no new number or address:
    whoever knows a neighbour's name and telephone could have the neighbour's own link sent to
    themselves. Such a form makes a new person, whom staff may join with the old one.
    Runs in the caller's transaction. Raises ValidationError when a text holds a number that may
    not be kept.
    """
    name, kana = tidy_name(name), as_katakana(kana)
    birth_year = birth_date.year if birth_date else birth_year
    # Held until the end of the transaction, so that a double click makes one person.
    points = contacts.hold_points(phone=phone, email=email, post=post)
    born = (birth_year, birth_date)
    person = _known(name, kana, born, points)
    if person and by is None and not _has_all(person, points):
        person = None
    contact = contacts.write(
        name=person.contact.name if person else name,
        language=language,
        points=points,
        contact=person.contact if person else None,
    )
    if person is None:
        return Person.objects.create(
            name=name,
            kana=kana,
            birth_year=birth_year,
            birth_date=birth_date,
            district=district,
            contact=contact,
        )
    return _fill_in(person, kana=kana, born=born, district=district)


@transaction.atomic
def write_down(
    *,
    name: str,
    kana: str = "",
    birth_year: int | None = None,
    birth_date: date | None = None,
    district: District | None = None,
    phone: Phone | None = None,
    language: str,
) -> Person:
    """A new person, whoever else is on record: staff have looked at the others and said so.

    Raises ValidationError when a text holds a number that may not be kept.
    """
    name = tidy_name(name)
    contact = contacts.record(name=name, language=language, phone=phone)
    return Person.objects.create(
        name=name,
        kana=as_katakana(kana),
        birth_year=birth_date.year if birth_date else birth_year,
        birth_date=birth_date,
        district=district,
        contact=contact,
    )


def _known(name: str, kana: str, born: _Born, points: Iterable[ContactPoint]) -> Person | None:
    shared = [point for point in points if point.kind != ContactPoint.Kind.POST]
    candidates = (
        Person.objects.on_record()
        .filter(contact__points__in=shared)
        .select_related("contact", "district")
        .order_by("pk")
        .distinct()
    )
    same = [
        person
        for person in candidates
        if comparable(person.name) == comparable(name)
        and _agree(comparable(person.kana), comparable(kana))
        and _agree(person.birth_year, born[0])
        and _agree(person.birth_date, born[1])
    ]
    # Who also gave the same reading comes before who gave none.
    return min(same, key=lambda person: comparable(person.kana) != comparable(kana), default=None)


def _has_all(person: Person, points: Iterable[ContactPoint]) -> bool:
    return set(points) <= set(person.contact.points.all())


def _agree(known: object, told: object) -> bool:
    """Whether two facts do not contradict each other; one that is missing never does."""
    return not known or not told or known == told


def _fill_in(person: Person, *, kana: str, born: _Born, district: District | None) -> Person:
    person.kana = person.kana or kana
    person.birth_year = person.birth_year or born[0]
    person.birth_date = person.birth_date or born[1]
    person.district = person.district or district
    person.save(update_fields=["kana", "birth_year", "birth_date", "district"])
    return person
