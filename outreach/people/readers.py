"""Who hears about what was booked for somebody: that person, and whoever booked it for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from notifications.models import Contact
from outreach.people.models import Person


class Booked(Protocol):
    """A seat, an appointment: something one person has and perhaps another asked for."""

    @property
    def person(self) -> Person: ...

    @property
    def asked_by(self) -> Contact | None: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """One who is told, and what the references of their messages end with."""

    contact: Contact
    for_another: bool = False
    suffix: str = ""

    @property
    def name(self) -> str:
        return self.contact.name


def readers(booked: Booked) -> Iterator[Reader]:
    """Everybody who is told; the first of them by the plain reference of the occasion.

    The person is left out when the asker's telephone is the only way to them: one family, one
    telephone, one message.
    """
    person, asker = booked.person.contact, booked.asked_by
    if asker is None:
        yield Reader(person)
    elif person.points.exclude(pk__in=asker.points.values("pk")).exists():
        yield Reader(person)
        yield Reader(asker, for_another=True, suffix=f":{asker.pk}")
    else:
        yield Reader(asker, for_another=True)
