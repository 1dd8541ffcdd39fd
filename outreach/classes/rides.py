"""Who needs a ride to a class, by district: for the driver, and to see whether the bus is enough.

A driver needs a name, a number to call, where to stop and room for a wheelchair; nothing else is
on the list. The district of a protected person (DV 支援措置) is on no list: the desk tells the
driver by word of mouth.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from outreach.classes.models import ClassSession, Registration
from outreach.visits.day_stops import phones_of


@dataclass(frozen=True, slots=True)
class Rider:
    """One person to fetch; `seats` counts who comes along with them."""

    registration: Registration
    district: str  # empty where nobody knows it or nobody may know it
    phones: tuple[str, ...]

    @property
    def seats(self) -> int:
        return 1 + self.registration.companion


@dataclass(frozen=True, slots=True)
class Stop:
    """The riders of one district; the empty name comes last."""

    district: str
    riders: tuple[Rider, ...]

    @property
    def seats(self) -> int:
        return sum(rider.seats for rider in self.riders)


@dataclass(frozen=True, slots=True)
class Rides:
    """One class: its stops, and the seats wanted against the seats of the bus."""

    session: ClassSession
    stops: tuple[Stop, ...]

    @property
    def seats(self) -> int:
        """Seats wanted, those of companions included."""
        return sum(stop.seats for stop in self.stops)

    @property
    def over(self) -> int:
        """How many seats are missing; 0 when the bus is enough."""
        return max(self.seats - self.session.bus_seats, 0)

    @property
    def wheelchairs(self) -> int:
        return sum(rider.registration.wheelchair for rider in self.riders)

    @property
    def riders(self) -> list[Rider]:
        return [rider for stop in self.stops for rider in stop.riders]


def rides_of(session: ClassSession) -> Rides:
    """The rides of one class."""
    return _rides(session, session.registrations.riders())


def rides_ahead(*, now: datetime) -> list[Rides]:
    """Every class ahead for which somebody wants a ride, soonest first; two queries and no more."""
    sessions = {session.pk: session for session in ClassSession.objects.upcoming(now=now)}
    riders = Registration.objects.riders().filter(session__in=sessions)
    wanted: dict[int, list[Registration]] = {}
    for registration in riders:
        wanted.setdefault(registration.session_id, []).append(registration)
    return [_rides(session, wanted[pk]) for pk, session in sessions.items() if pk in wanted]


def _rides(session: ClassSession, registrations: Iterable[Registration]) -> Rides:
    riders = sorted(map(_rider, registrations), key=lambda rider: rider.district or "\uffff")
    return Rides(
        session,
        tuple(
            Stop(district, tuple(there))
            for district, there in groupby(riders, key=lambda rider: rider.district)
        ),
    )


def _rider(registration: Registration) -> Rider:
    person = registration.person
    known = person.district is not None and not person.contact.protected
    return Rider(
        registration,
        district=person.district.name if known and person.district else "",
        phones=phones_of(person.contact),
    )
