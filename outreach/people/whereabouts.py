"""Where somebody lives, as far as it may be shown. The one way for screens to a residence."""

from dataclasses import dataclass, field

from notifications.models import ContactPoint
from outreach.people.models import CareFacility, Person, Residence


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Address, coordinates and access of one person; all empty where `withheld` (DV 支援措置)."""

    withheld: bool = False
    address: str = ""
    facility: str = ""
    access_notes: str = ""
    parking: bool | None = None
    road: str = ""
    latitude: float | None = None
    longitude: float | None = None
    # What letters are sent to; often the same as the address.
    post: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> list[str]:
        """The address as it is written on one sheet, without saying it twice."""
        return list(dict.fromkeys(line for line in (self.address, *self.post) if line))


def whereabouts(person: Person) -> Whereabouts:
    """Read for one person; `contact`, its points and `residence` may have been fetched with it."""
    if person.contact.protected:
        return Whereabouts(withheld=True)
    post = tuple(
        point.value
        for point in person.contact.points.all()
        if point.kind == ContactPoint.Kind.POST and point.state != ContactPoint.State.WRONG
    )
    residence: Residence | None = getattr(person, "residence", None)
    if residence is None:
        return Whereabouts(post=post)
    facility = residence.facility
    latitude, longitude = _degrees(residence, facility) or (None, None)
    notes = (residence.access_notes, facility.access_notes if facility else "")
    return Whereabouts(
        address=residence.address or (facility.address if facility else ""),
        facility=facility.name if facility else "",
        access_notes="\n".join(filter(None, notes)),
        parking=residence.parking,
        road=residence.get_road_height_display() if residence.road_height else "",
        latitude=latitude,
        longitude=longitude,
        post=post,
    )


@dataclass(frozen=True, slots=True)
class Door:
    """Where to drive, as far as it is on record and may be known: degrees (WGS 84), the road."""

    degrees: tuple[float, float] | None = None
    road_height: Residence.RoadHeight | None = None


def door_of(person: Person) -> Door:
    """The door alone, for drawing and driving; nothing of it where the contact is protected.

    Asks the database nothing where `contact` and `residence__facility` came with the person.
    """
    residence: Residence | None = getattr(person, "residence", None)
    if residence is None or person.contact.protected:
        return Door()
    height = residence.road_height
    return Door(
        _degrees(residence, residence.facility),
        Residence.RoadHeight(height) if height else None,
    )


def _degrees(*places: Residence | CareFacility | None) -> tuple[float, float] | None:
    """The first that is known: the own door before that of the house it is in."""
    for place in places:
        if place and place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
    return None
