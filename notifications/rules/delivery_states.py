"""What a carrier's word about a message changes, in whatever order and however often it is said."""

from collections.abc import Mapping
from enum import Enum, auto


class Told(Enum):
    """What a carrier can say about a message."""

    ACCEPTED = auto()  # it has it, and has not said more
    DELIVERED = auto()
    FAILED = auto()
    NOT_ANSWERED = auto()  # the telephone rang, or was engaged


_WAITING, _IN_CALL, _OUT = "queued", "sending", "sent"
_IN_DOUBT = ("unknown", "held")

# States the carrier's word can still change. The others are final: a delivery that is confirmed
# is never undone, a failure never revived, and what was dropped stays so.
OPEN = frozenset({_WAITING, _IN_CALL, _OUT, *_IN_DOUBT})
FINAL = frozenset({"delivered", "failed", "dropped"})

_LAST_WORD: Mapping[Told, str] = {Told.DELIVERED: "delivered", Told.FAILED: "failed"}


def follow(state: str, told: Told, *, times_rung: int = 0, most_times: int = 2) -> str | None:
    """The state that follows what was told; None when nothing changes.

    A message that is being sent is left to the process that is sending it until the carrier says
    how it ended. One in doubt, or queued again because nobody had heard of it, has gone out after
    all. A telephone nobody answered rings `most_times` in all: `times_rung` counts this time too.
    """
    if state not in OPEN:
        return None
    if told is Told.ACCEPTED:
        return None if state in (_IN_CALL, _OUT) else _OUT
    if told is Told.NOT_ANSWERED:
        return _WAITING if times_rung < most_times else "failed"
    return _LAST_WORD[told]
