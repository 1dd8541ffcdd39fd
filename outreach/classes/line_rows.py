"""The waiting list of a class as the desk reads it: who, in which order, offered until when."""

from dataclasses import dataclass

from notifications.models import ContactPoint
from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession, Offer, Registration


@dataclass(frozen=True, slots=True)
class LineRow:
    """One person in line; `offer` is the one they have not answered yet."""

    place: int
    registration: Registration
    phones: list[str]
    offer: Offer | None
    fits: bool  # a place is free that this person could be given out of turn


def line_rows(session: ClassSession) -> list[LineRow]:
    """Everybody in line, the first first."""
    return [
        LineRow(
            place=place,
            registration=waiting,
            phones=phones_of(waiting),
            offer=next((offer for offer in waiting.offers.all() if not offer.answer), None),
            fits=waiting.state == Registration.State.WAITING
            and session.free.fits(needs_handset=waiting.needs_handset),
        )
        for place, waiting in enumerate(session.registrations.line_list(), start=1)
    ]


def phones_of(registration: Registration) -> list[str]:
    """The person's telephone numbers as people at home read them."""
    return [
        parse_phone(point.value).national
        for point in registration.person.contact.points.all()
        if point.kind == ContactPoint.Kind.PHONE
    ]
