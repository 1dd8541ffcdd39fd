"""What came out: routes with times, and whoever is left out with the reason."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a visit has no place in the day. Screens put it into words."""

    ROAD_CLOSED = "road_closed"
    NO_TEAM = "no_team"  # nobody goes out that day
    NO_SKILL = "no_skill"  # no team brings what it needs
    SKILL_TAKEN = "skill_taken"  # those who do have no time left, others would
    NO_WINDOW = "no_window"  # its hours fit no team's shift
    WINDOW_TAKEN = "window_taken"  # within its hours the teams are elsewhere, at others not
    TOO_FAR = "too_far"  # there and back alone takes longer than a shift
    NO_ROOM = "no_room"  # it needs more than any team can carry
    FIXED_IN_THE_WAY = "fixed_in_the_way"  # beside what must not move it fits nowhere
    NO_TIME = "no_time"  # the day is full


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A visit begins at `arrive` and ends at `leave`."""

    stop: int
    arrive: int
    leave: int


@dataclass(frozen=True, slots=True)
class Route:
    """One team's day, from the office and back; `lunch` when it falls on the way."""

    team: int
    departs: int
    stops: tuple[PlannedStop, ...]
    returns: int
    lunch: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A visit without a place in the day; `lacking` names what no team brings."""

    stop: int
    reason: Reason
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes of teams that go out, and everybody else."""

    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...] = ()
