"""Residents as the desk lists and finds them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise

from notifications.models import ContactPoint
from outreach.classes.models import Registration
from outreach.desk.message_lines import readable
from outreach.desk.resemblance_words import FIELD_WORDS
from outreach.people.look_up import looked_up
from outreach.people.models import Person
from outreach.people.resemblance import Resemblance
from outreach.people.rules.references import ALPHABET, RANDOM_LENGTH
from outreach.people.whereabouts import Whereabouts, whereabouts
from outreach.visits.models import VisitRequest

# As it stands on a confirmation, or is read out without its dash and in small letters.
_REFERENCE = re.compile(rf"[A-Z]+-?[{ALPHABET}]{{{RANDOM_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a list; the address is left out where it is protected (DV 支援措置)."""

    person: Person
    phones: list[str]
    where: Whereabouts
    agreeing: list[str | Promise]


def found(said: str) -> QuerySet[Person]:
    """Everybody, or whom a name, a reading, a number, an address or a reference could mean."""
    people = Person.objects.by_kana()
    if not said:
        return people
    reference = _reference_in(said)
    if reference is None:
        return looked_up(said)
    seats = Registration.objects.filter(reference=reference).values("person")
    requests = VisitRequest.objects.filter(reference=reference).values("person")
    return people.filter(pk__in=seats.union(requests))


def person_lines(people: Iterable[Person]) -> list[PersonLine]:
    """What a list shows of each, in their order."""
    return [_line(person) for person in people]


def resembling_lines(resembling: Iterable[Resemblance]) -> list[PersonLine]:
    """The same with what of a description agrees."""
    return [
        _line(one.person, [FIELD_WORDS[field] for field in sorted(one.likeness.agreeing)])
        for one in resembling
    ]


def _line(person: Person, agreeing: list[str | Promise] | None = None) -> PersonLine:
    return PersonLine(
        person=person,
        phones=[
            readable(point)
            for point in person.contact.points.all()
            if point.kind == ContactPoint.Kind.PHONE and point.state != ContactPoint.State.WRONG
        ],
        where=whereabouts(person),
        agreeing=agreeing or [],
    )


def _reference_in(said: str) -> str | None:
    """The reference as it is kept, or None for words that are none."""
    plain = unicodedata.normalize("NFKC", said).strip().upper().replace(" ", "")
    if not _REFERENCE.fullmatch(plain):
        return None
    return plain if "-" in plain else f"{plain[:-RANDOM_LENGTH]}-{plain[-RANDOM_LENGTH:]}"
