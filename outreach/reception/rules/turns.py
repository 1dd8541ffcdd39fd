"""How somebody who has come goes through the counter: called, served, gone, or never there.

The same for who has an appointment and for who has drawn a ticket.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where somebody stands."""

    OPEN = "open"  # has a time or a number and has not been called
    CALLED = "called"  # is at a booth, or on the way there
    DONE = "done"
    ABSENT = "absent"  # did not come when it was their turn
    CANCELLED = "cancelled"  # taken back before


class Step(StrEnum):
    """What an officer does with somebody."""

    CALL = "call"
    FINISH = "finish"
    MISS = "miss"
    UNDO = "undo"


# One table: from where each step leads where. Whatever is not in it is refused.
TRANSITIONS: dict[Step, dict[State, State]] = {
    Step.CALL: {State.OPEN: State.CALLED},
    Step.FINISH: {State.CALLED: State.DONE},
    Step.MISS: {State.OPEN: State.ABSENT, State.CALLED: State.ABSENT},
    Step.UNDO: {
        State.CALLED: State.OPEN,
        State.DONE: State.CALLED,
        State.ABSENT: State.OPEN,
    },
}


def next_state(state: str, step: Step) -> State | None:
    """Where a step leads from a state; None where it leads nowhere."""
    return TRANSITIONS[step].get(State(state))


def steps_from(state: str) -> tuple[Step, ...]:
    """What can be done with somebody in a state, in the order of the buttons."""
    return tuple(step for step in Step if State(state) in TRANSITIONS[step])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket in the line: its number, and how long its service takes."""

    number: int
    length: timedelta


def next_ticket(
    line: Iterable[Waiting], *, now: datetime, busy_from: datetime | None
) -> Waiting | None:
    """Whom a free booth calls from the line; None when nobody can be served in time.

    The lowest number comes first. `busy_from` is when the booth's next appointment begins: who
    has an appointment does not wait (取組2 待たない窓口), so a ticket that would not be finished
    by then is passed over for one that would, and keeps its place.
    """
    for ticket in sorted(line, key=lambda one: one.number):
        if busy_from is None or now + ticket.length <= busy_from:
            return ticket
    return None
