"""Whether two classes get into each other's way: the same room or the same tutor, at a time.

Between two classes lies a buffer, to air the room, to put handsets back, to drive to the next one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Booking:
    """What a class takes: a room of a venue and tutors, by their keys, for a time.

    A class without a room has the whole venue to itself.
    """

    starts_at: datetime
    ends_at: datetime
    venue: int
    room: str = ""
    tutors: frozenset[int] = frozenset()


class Taken(StrEnum):
    """What of a wanted booking somebody else has."""

    ROOM = "room"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class Clash:
    """What is taken, and by which booking."""

    what: Taken
    by: Booking


def first_clash(wanted: Booking, standing: Iterable[Booking], *, buffer: timedelta) -> Clash | None:
    """The first of the standing bookings that gets in the way; None when there is none."""
    for other in standing:
        if wanted.starts_at >= other.ends_at + buffer or other.starts_at >= wanted.ends_at + buffer:
            continue
        if _share_a_room(wanted, other):
            return Clash(Taken.ROOM, other)
        if wanted.tutors & other.tutors:
            return Clash(Taken.TUTOR, other)
    return None


def _share_a_room(one: Booking, other: Booking) -> bool:
    if one.venue != other.venue:
        return False
    return one.room == other.room or not one.room or not other.room
