"""Who comes to a class and what they need there, as it stands on paper and in a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.classes.models import Registration
from outreach.visits.day_stops import phones_of

# In the order in which they matter when the room is made ready.
NEED_WORDS = {
    "wheelchair": _("Wheelchair"),
    "hearing": _("Hard of hearing: seat in front"),
    "companion": _("Somebody comes along"),
}


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One participant; nothing here that the tutor does not need."""

    number: int
    registration: Registration
    name: str
    kana: str
    needs: tuple[str | Promise, ...]
    phones: tuple[str, ...]

    @property
    def borrows(self) -> bool:
        """Whether a handset is lent to them; else they bring their own."""
        return self.registration.needs_handset


def roster_lines(registrations: Iterable[Registration]) -> list[RosterLine]:
    """Read from what the querysets `roster` and `at_the_door` have fetched; asks nothing more."""
    return [
        RosterLine(
            number=number,
            registration=registration,
            name=registration.person.name,
            kana=registration.person.kana,
            needs=tuple(word for need, word in NEED_WORDS.items() if getattr(registration, need)),
            phones=phones_of(registration.person.contact),
        )
        for number, registration in enumerate(registrations, start=1)
    ]
