"""How far an announcement has come, by channel and by language."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from notifications.models import Announcement, Contact, Message
from outreach.desk.message_words import CHANNEL_WORDS

_State = Message.State

# The columns of the tables, in the order a message passes through them.
COLUMNS: tuple[tuple[str, frozenset[Message.State]], ...] = (
    ("waiting", frozenset({_State.QUEUED, _State.SENDING})),
    ("sent", frozenset({_State.SENT})),
    ("arrived", frozenset({_State.DELIVERED})),
    ("undecided", frozenset({_State.HELD, _State.UNKNOWN})),
    ("failed", frozenset({_State.FAILED})),
    ("dropped", frozenset({_State.DROPPED})),
)
_COLUMN_OF = {state: name for name, states in COLUMNS for state in states}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a channel or a language, and messages by column."""

    name: Any
    counts: dict[str, int]

    @property
    def cells(self) -> list[int]:
        return [self.counts.get(name, 0) for name, _states in COLUMNS]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Progress:
    people: int  # for whom it has been queued; some get a second message after a failure
    by_channel: list[Line]
    by_language: list[Line]
    all: Line


def progress(announcement: Announcement) -> Progress:
    """Counted anew each time, from the messages."""
    messages = Message.objects.filter(announcement=announcement)
    rows = messages.values_list("channel", "language", "state").annotate(count=Count("pk"))
    by_channel: dict[str, Counter[str]] = {}
    by_language: dict[str, Counter[str]] = {}
    everything: Counter[str] = Counter()
    for channel, language, state, count in rows.order_by("channel", "language"):
        column = _COLUMN_OF[Message.State(state)]
        by_channel.setdefault(channel, Counter())[column] += count
        by_language.setdefault(language, Counter())[column] += count
        everything[column] += count
    return Progress(
        people=messages.filter(follows=None).count(),
        by_channel=[
            Line(CHANNEL_WORDS[Contact.Channel(channel)], counts)
            for channel, counts in by_channel.items()
        ],
        by_language=[Line(language, counts) for language, counts in by_language.items()],
        all=Line("", everything),
    )
