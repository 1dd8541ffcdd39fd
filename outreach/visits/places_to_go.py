"""Where a visit is made, as far as planning has to know; never an address."""

from collections.abc import Collection
from datetime import date

from outreach.places.models import District
from outreach.visits.models import RoadClosure, VisitRequest
from outreach.visits.planning.travel import Place


def place_of(request: VisitRequest) -> Place | None:
    """The point to drive to: the middle of the person's district; None where nobody knows.

    Asks the database nothing for rows that come with their people.
    """
    district = request.person.district
    if district is None or district.latitude is None or district.longitude is None:
        return None
    return Place(district.latitude, district.longitude)


def districts_closed(day: date) -> Collection[int]:
    """Keys of the districts no car gets to on that day, with the parts of closed ones."""
    closed = set(RoadClosure.objects.on(day).values_list("district_id", flat=True))
    if not closed:
        return closed
    parents = dict(District.objects.in_force().values_list("pk", "parent_id"))
    return closed | {pk for pk, parent in parents.items() if parent in closed}
