"""Where a visit is made, as far as planning has to know; never an address."""

from collections.abc import Collection
from datetime import date

from outreach.people.models import Residence
from outreach.people.whereabouts import door_of
from outreach.places.models import District
from outreach.visits.models import RoadClosure, VisitRequest
from outreach.visits.planning.travel import Height, Place

_Road = Residence.RoadHeight
HEIGHTS = {
    _Road.VALLEY: Height.VALLEY,
    _Road.SLOPE: Height.HILLS,
    _Road.MOUNTAIN: Height.MOUNTAIN,
}


def place_of(request: VisitRequest) -> Place | None:
    """The point to drive to: the door, or else the middle of the district; None if not known.

    Of a protected person planning knows the district alone. Asks the database nothing for rows
    that come with their people.
    """
    door, district = door_of(request.person), request.person.district
    height = HEIGHTS[door.road_height] if door.road_height else Height.VALLEY
    if door.degrees:
        return Place(*door.degrees, height)
    if district is None or district.latitude is None or district.longitude is None:
        return None
    return Place(district.latitude, district.longitude, height)


def districts_closed(day: date) -> Collection[int]:
    """Keys of the districts no car gets to on that day, with the parts of closed ones."""
    closed = set(RoadClosure.objects.on(day).values_list("district_id", flat=True))
    if not closed:
        return closed
    parents = dict(District.objects.in_force().values_list("pk", "parent_id"))
    return closed | {pk for pk, parent in parents.items() if parent in closed}
