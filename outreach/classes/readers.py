"""Who hears about a registration: the person who comes, and who registered them."""

from collections.abc import Iterator
from dataclasses import dataclass

from notifications.models import Contact
from outreach.classes.models import Registration


@dataclass(frozen=True, slots=True)
class Reader:
    """One who is told, and what the references of their messages end with."""

    contact: Contact
    for_another: bool = False
    suffix: str = ""

    @property
    def name(self) -> str:
        return self.contact.name


def readers(registration: Registration) -> Iterator[Reader]:
    """Everybody who is told; the first of them by the plain reference of the occasion.

    The person is left out when the asker's telephone is the only way to them: one family, one
    telephone, one message.
    """
    person, asker = registration.person.contact, registration.asked_by
    if asker is None:
        yield Reader(person)
    elif person.points.exclude(pk__in=asker.points.values("pk")).exists():
        yield Reader(person)
        yield Reader(asker, for_another=True, suffix=f":{asker.pk}")
    else:
        yield Reader(asker, for_another=True)
