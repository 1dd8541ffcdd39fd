"""What is asked of a day: who is to be visited, who goes out, how long the way takes.

All times are whole numbers of one unit from one origin; the town uses seconds since midnight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

Matrix = Sequence[Sequence[int]]
# How much a visit that is promised outweighs the most urgent of those that are not.
MOST_URGENT = 10


@dataclass(frozen=True, slots=True)
class Window:
    """When a visit may begin: from `opens` up to and including `closes`."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Lunch:
    """A pause of `length` that begins not before `opens` and is over by `until`.

    A team that leaves late enough, or is back early enough, has it at the office.
    """

    length: int
    opens: int
    until: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """A visit that must not move: this team, beginning at this moment."""

    team: int
    begins: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """One visit. `place` is a row of the travel matrix, `service` how long the visit takes.

    `priority` runs from 1 to MOST_URGENT; a `promised` visit comes before every other. `needs`
    names what a team must bring (a language, a camera, four-wheel drive). A `closed` stop lies
    behind a road nobody may use that day. `load` counts against the capacity of a team.
    """

    id: int
    place: int
    service: int
    windows: tuple[Window, ...]
    priority: int = 1
    promised: bool = False
    needs: frozenset[str] = frozenset()
    closed: bool = False
    load: int = 0
    fixed: Fixed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """Who goes out between `starts` and `ends`, at most for `longest` without lunch."""

    id: int
    starts: int
    ends: int
    start_place: int
    end_place: int
    has: frozenset[str] = frozenset()
    lunch: Lunch | None = None
    longest: int | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """How long the way takes between any two places, and how far it is where that is known.

    `source` says where the numbers come from, so that a plan made of estimates shows it.
    """

    times: Matrix
    metres: Matrix | None = None
    source: str = "estimate"


@dataclass(frozen=True, slots=True)
class Problem:
    """A day to be planned. With `waiting_counts` off, only time on the road is made small.

    Raises ValueError for what cannot be meant: an id twice, a place or a team that is not there.
    """

    stops: tuple[Stop, ...]
    teams: tuple[Team, ...]
    travel: Travel
    waiting_counts: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        _refuse_twice("stop", [stop.id for stop in self.stops])
        _refuse_twice("team", [team.id for team in self.teams])
        places = len(self.travel.times)
        if any(len(row) != places for row in self.travel.times):
            raise ValueError("The travel matrix is not square.")
        for team in self.teams:
            if not {team.start_place, team.end_place} <= set(range(places)):
                raise ValueError(f"Team {team.id} starts or ends at a place without travel times.")
        teams = {team.id for team in self.teams}
        for stop in self.stops:
            _refuse_stop(stop, places, teams)


def _refuse_twice(what: str, ids: list[int]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError(f"A {what} is named twice.")


def _refuse_stop(stop: Stop, places: int, teams: set[int]) -> None:
    if not 0 <= stop.place < places:
        raise ValueError(f"Stop {stop.id} is at a place without travel times.")
    if not 1 <= stop.priority <= MOST_URGENT:
        raise ValueError(f"Stop {stop.id} has priority {stop.priority}.")
    if stop.fixed is None and not stop.windows:
        raise ValueError(f"Stop {stop.id} has no window.")
    if stop.fixed is not None and stop.fixed.team not in teams:
        raise ValueError(f"Stop {stop.id} is fixed to a team that does not go out.")
