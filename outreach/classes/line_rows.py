"""The waiting list of a class as the desk reads it: who, in which order, offered until when."""

from dataclasses import dataclass
from datetime import datetime

from notifications.models import ContactPoint
from notifications.rules.phones import parse_phone
from outreach.classes.late_places import latest_without_offers
from outreach.classes.models import ClassSession, Offer, Registration


@dataclass(frozen=True, slots=True)
class LineRow:
    """One person in line; `offer` is the one they have not answered yet."""

    place: int
    registration: Registration
    phones: list[str]
    offer: Offer | None
    fits: bool  # a place is free that this person could be given
    is_next: bool  # nobody who comes first could use it, and it is too late for an offer


def line_rows(session: ClassSession, *, now: datetime) -> list[LineRow]:
    """Everybody in line, the first first."""
    line = list(session.registrations.line_list())
    fitting = [
        waiting.pk
        for waiting in line
        if waiting.state == Registration.State.WAITING
        and session.free.fits(needs_handset=waiting.needs_handset)
    ]
    following = fitting[:1] if offers_are_over(session, now=now) else []
    return [
        LineRow(
            place=place,
            registration=waiting,
            phones=phones_of(waiting),
            offer=next((offer for offer in waiting.offers.all() if not offer.answer), None),
            fits=waiting.pk in fitting,
            is_next=waiting.pk in following,
        )
        for place, waiting in enumerate(line, start=1)
    ]


def offers_are_over(session: ClassSession, *, now: datetime) -> bool:
    """Whether colleagues call the line, because an offer could not be answered in time."""
    return session.starts_at <= latest_without_offers(now)


def phones_of(registration: Registration) -> list[str]:
    """The person's telephone numbers as people at home read them."""
    return [
        parse_phone(point.value).national
        for point in registration.person.contact.points.all()
        if point.kind == ContactPoint.Kind.PHONE
    ]
