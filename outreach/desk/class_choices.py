"""The classes a caller can choose from, as the desk reads them out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from outreach.classes.models import ClassSession, Registration
from outreach.places.models import District

# Other days of the same course that are read out when the chosen one is full.
MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """One class ahead: whether it is held in the caller's own district."""

    session: ClassSession
    is_near: bool

    @property
    def handsets_left(self) -> int:
        return self.session.free.handsets


def choices(sessions: Iterable[ClassSession], *, district: District | None) -> list[ClassChoice]:
    """Soonest first; `sessions` are those of `ClassSession.objects.to_offer_by_telephone`."""
    return [
        ClassChoice(session, district is not None and session.venue.district_id == district.pk)
        for session in sessions
    ]


def next_number(session: ClassSession) -> int:
    """Which place in the line somebody gets who asks now."""
    return session.registrations.filter(state__in=Registration.IN_LINE).count() + 1


def others_with_place(
    session: ClassSession, *, needs_handset: bool, now: datetime
) -> list[ClassSession]:
    """The next days of the same course on which there is a place at once, soonest first."""
    found = (
        ClassSession.objects.to_offer_by_telephone(now=now)
        .that_take(needs_handset=needs_handset, now=now)
        .filter(course_id=session.course_id)
        .exclude(pk=session.pk)
    )
    return list(found[:MOST_OTHERS])
