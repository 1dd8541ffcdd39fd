"""Where somebody lives, as far as it may be shown. The one way for screens to a residence."""

from dataclasses import dataclass, field

from notifications.models import ContactPoint
from outreach.people.models import Person, Residence


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
    return Whereabouts(
        address=residence.address or (facility.address if facility else ""),
        facility=facility.name if facility else "",
        access_notes=residence.access_notes,
        parking=residence.parking,
        road=residence.get_road_height_display() if residence.road_height else "",
        latitude=_first(residence.latitude, facility.latitude if facility else None),
        longitude=_first(residence.longitude, facility.longitude if facility else None),
        post=post,
    )


def _first(own: float | None, of_facility: float | None) -> float | None:
    return of_facility if own is None else own
