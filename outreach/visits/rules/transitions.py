"""From a request to a card in the hand: every step a request can take, in one table.

The two-step chain of a visit (出張申請受付: visited, then the card is made, then it is posted as
本人限定受取, collected, or handed over on a second visit) follows 総務省's 申請時来庁方式 and
交付時来庁方式. What is not in the table cannot happen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    PLANNED = "planned"
    APPLIED = "applied"
    AT_JLIS = "at_jlis"
    ARRIVED = "arrived"
    POSTED = "posted"
    TO_COLLECT = "to_collect"
    TO_HAND_OVER = "to_hand_over"
    DONE = "done"
    ENDED = "ended"  # without a card
    CANCELLED = "cancelled"


class Actor(StrEnum):
    """Whose doing a step is; it decides how the step is put right when it was wrong."""

    PLANNING = "planning"  # moved by planning again
    VISIT = "visit"  # put right by correcting the outcome
    DESK = "desk"  # undone, with a reason
    ASKER = "asker"  # cannot be taken back: everybody was told


@dataclass(frozen=True, slots=True)
class Transition:
    """One step, and what happens in it."""

    source: State
    target: State
    actor: Actor
    what: str


def _steps(actor: Actor, target: State, *sources: tuple[State, str]) -> Iterator[Transition]:
    for source, what in sources:
        yield Transition(source, target, actor, what)


_S, _A = State, Actor
TABLE: tuple[Transition, ...] = (
    *_steps(
        _A.PLANNING,
        _S.PLANNED,
        (_S.OPEN, "a day is fixed"),
        (_S.PLANNED, "another day is fixed"),
        (_S.TO_HAND_OVER, "a day is fixed"),
    ),
    *_steps(_A.VISIT, _S.OPEN, (_S.PLANNED, "nobody at home, documents missing, another day")),
    *_steps(
        _A.VISIT,
        _S.TO_HAND_OVER,
        (_S.PLANNED, "nobody at home, another day; the card is here"),
    ),
    *_steps(_A.VISIT, _S.APPLIED, (_S.PLANNED, "applied on the visit")),
    *_steps(_A.VISIT, _S.DONE, (_S.PLANNED, "handed over, or nothing left to do")),
    *_steps(_A.VISIT, _S.ENDED, (_S.PLANNED, "no card wanted or possible")),
    *_steps(
        _A.DESK,
        _S.APPLIED,
        (_S.OPEN, "applied without a visit"),
        (_S.AT_JLIS, "sent back by J-LIS"),
    ),
    *_steps(_A.DESK, _S.AT_JLIS, (_S.APPLIED, "sent to J-LIS")),
    *_steps(
        _A.DESK,
        _S.ARRIVED,
        (_S.AT_JLIS, "the card arrives"),
        (_S.POSTED, "comes back from the post"),
    ),
    *_steps(_A.DESK, _S.POSTED, (_S.ARRIVED, "posted, to be received by the person alone")),
    *_steps(
        _A.DESK,
        _S.TO_COLLECT,
        (_S.ARRIVED, "to be collected"),
        (_S.TO_HAND_OVER, "will be collected after all"),
    ),
    *_steps(
        _A.DESK,
        _S.TO_HAND_OVER,
        (_S.ARRIVED, "to be brought"),
        (_S.TO_COLLECT, "will be brought after all"),
    ),
    *_steps(_A.DESK, _S.DONE, (_S.POSTED, "received"), (_S.TO_COLLECT, "collected")),
    *_steps(
        _A.DESK,
        _S.ENDED,
        (_S.OPEN, "ended without a visit"),
        (_S.APPLIED, "ended without a card"),
        (_S.AT_JLIS, "ended without a card"),
        (_S.ARRIVED, "ended without a card"),
        (_S.POSTED, "ended without a card"),
        (_S.TO_COLLECT, "ended without a card"),
        (_S.TO_HAND_OVER, "ended without a card"),
    ),
    *_steps(
        _A.ASKER,
        _S.CANCELLED,
        (_S.OPEN, "taken back"),
        (_S.PLANNED, "taken back"),
    ),
    # A card that is made does not vanish with the visit: it waits for another way.
    *_steps(
        _A.ASKER,
        _S.ARRIVED,
        (_S.PLANNED, "the second visit is taken back"),
        (_S.TO_HAND_OVER, "the second visit is taken back"),
    ),
)

SETTLED = frozenset({State.DONE, State.ENDED, State.CANCELLED})
STANDING = frozenset(State) - SETTLED
# Somebody has to be put on a day.
AWAITING_VISIT = frozenset({State.OPEN, State.TO_HAND_OVER})
# Applied for, and not in the person's hand: what the city owes.
UNDER_WAY = frozenset(
    {
        State.APPLIED,
        State.AT_JLIS,
        State.ARRIVED,
        State.POSTED,
        State.TO_COLLECT,
        State.TO_HAND_OVER,
    }
)

# The days a state cannot be without, in their order. Planned and settled requests keep what they
# have: a second visit has them, a first one has none.
_APPLIED, _AT_JLIS, _ARRIVED = "applied_on", "at_jlis_on", "arrived_on"
DATES: Mapping[State, tuple[str, ...]] = {
    State.OPEN: (),
    State.APPLIED: (_APPLIED,),
    State.AT_JLIS: (_APPLIED, _AT_JLIS),
    State.ARRIVED: (_APPLIED, _AT_JLIS, _ARRIVED),
    State.POSTED: (_APPLIED, _AT_JLIS, _ARRIVED),
    State.TO_COLLECT: (_APPLIED, _AT_JLIS, _ARRIVED),
    State.TO_HAND_OVER: (_APPLIED, _AT_JLIS, _ARRIVED),
}
ALL_DATES = (_APPLIED, _AT_JLIS, _ARRIVED, "handed_over_on")

# What a visit leaves when no card is there yet. Who wants a card without a PIN has applied for one;
# it is owed like any other.
_AFTER_FIRST_VISIT: Mapping[str, State] = {
    "applied": State.APPLIED,
    "face_card": State.APPLIED,
    "absent": State.OPEN,
    "id_missing": State.OPEN,
    "declined": State.ENDED,
    "cannot_consent": State.ENDED,
    "deceased": State.ENDED,
    "moved": State.ENDED,
    "already_held": State.DONE,
    "proxy": State.DONE,
}
_NO_CARD_IS_MADE = frozenset({"certificate_renewal", "collection"})


def find(source: str, target: str) -> Transition | None:
    """The step from one state to another; None when there is none."""
    return _BY_ENDS.get((source, target))


def sources(target: str, *, actor: Actor | None = None) -> frozenset[State]:
    """From where a state can be reached."""
    return frozenset(
        step.source for step in TABLE if step.target == target and actor in (None, step.actor)
    )


def steps_of_desk(source: str) -> tuple[Transition, ...]:
    """What an officer can press on a request that stands here."""
    return tuple(step for step in TABLE if step.source == source and step.actor is Actor.DESK)


def after_visit(outcome: str, *, topic: str, card_is_here: bool) -> State:
    """Where an outcome leaves the request. Raises KeyError for what is no outcome of a visit."""
    left = _AFTER_FIRST_VISIT[outcome]
    if left is State.OPEN and card_is_here:
        return State.TO_HAND_OVER
    if left is State.APPLIED and (card_is_here or topic in _NO_CARD_IS_MADE):
        return State.DONE
    return left


def dates_to_clear(target: str) -> tuple[str, ...]:
    """The days that are no longer true of a request that came to stand here."""
    if target not in DATES:
        return ()
    return tuple(name for name in ALL_DATES if name not in DATES[State(target)])


_BY_ENDS: Mapping[tuple[str, str], Transition] = {
    (step.source, step.target): step for step in TABLE
}
