"""What a day list says about one visit: where to go and how to reach the people there."""

from dataclasses import dataclass

from notifications.models import Contact, ContactPoint
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.people.whereabouts import Whereabouts, whereabouts
from outreach.visits.models import Visit, VisitRequest


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit with its numbers as people dial them, and the way there as far as it is shown."""

    visit: Visit
    where: Whereabouts
    parking: bool | None
    phones: tuple[str, ...]
    asker_phones: tuple[str, ...]


def stop_of(visit: Visit) -> Stop:
    """Read from what `Visit.objects.day_list` has fetched; asks the database nothing more."""
    person, asker = visit.request.person, visit.request.asked_by
    where = whereabouts(person)
    return Stop(
        visit=visit,
        where=where,
        parking=parking_at(visit.request, where),
        phones=phones_of(person.contact),
        asker_phones=phones_of(asker) if asker else (),
    )


def parking_at(request: VisitRequest, where: Whereabouts) -> bool | None:
    """Whether a car can be left there: as told with this request, or else as on record."""
    return where.parking if request.parking is None else request.parking


def phones_of(contact: Contact) -> tuple[str, ...]:
    """Numbers at which somebody answers, as they are written at home, the first told first.

    None that is known to be wrong; one that answered STOP to messages can still be called by a
    person.
    """
    points = sorted(contact.points.all(), key=lambda point: point.pk)
    return tuple(
        _national(point.value)
        for point in points
        if point.kind == ContactPoint.Kind.PHONE and point.state != ContactPoint.State.WRONG
    )


def _national(e164: str) -> str:
    try:
        return parse_phone(e164).national
    except PhoneNotUnderstood:
        return e164
