"""What a day list says about one visit: where to go and how to reach the people there."""

from dataclasses import dataclass

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit with its numbers as people dial them; no address for a protected person."""

    visit: Visit
    addresses: tuple[str, ...]
    address_withheld: bool
    phones: tuple[str, ...]
    asker_phones: tuple[str, ...]


def stop_of(visit: Visit) -> Stop:
    """Read from what `Visit.objects.day_list` has fetched; asks the database nothing more."""
    contact, asker = visit.request.person.contact, visit.request.asked_by
    return Stop(
        visit=visit,
        addresses=addresses_of(contact),
        address_withheld=contact.protected,
        phones=phones_of(contact),
        asker_phones=phones_of(asker) if asker else (),
    )


def addresses_of(contact: Contact) -> tuple[str, ...]:
    """Where somebody lives as they told us; nothing for a protected person (DV 支援措置)."""
    return () if contact.protected else _values(contact, ContactPoint.Kind.POST)


def phones_of(contact: Contact) -> tuple[str, ...]:
    """Numbers at which somebody answers, as they are written at home."""
    return tuple(_national(value) for value in _values(contact, ContactPoint.Kind.PHONE))


def _values(contact: Contact, kind: str) -> tuple[str, ...]:
    """Points of one kind that are not known to be wrong, in the order they were first told.

    A number that answered STOP to messages can still be called by a person.
    """
    points = sorted(contact.points.all(), key=lambda point: point.pk)
    return tuple(
        point.value
        for point in points
        if point.kind == kind and point.state != ContactPoint.State.WRONG
    )


def _national(e164: str) -> str:
    try:
        return parse_phone(e164).national
    except PhoneNotUnderstood:
        return e164
