"""Which ways lead somebody to a card, and what they need on each.

No answer refuses: what is not open is named with its reason, and the city always talks.
The tables and their sources stand in `ways` and `documents`.
"""

from dataclasses import dataclass
from enum import StrEnum

from .documents import DOCUMENTS, Document
from .situations import Identity, Purpose, Situation, Voice
from .ways import BARS, WAYS, Bar, Way


class Question(StrEnum):
    """What is not known yet and could change the way."""

    MOVED = "moved"
    FORWARDED = "forwarded"
    IDENTITY = "identity"
    VOICE = "voice"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way that is open, with what has to be ready for it."""

    way: Way
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One way that exists for the purpose and is closed to this person, with every reason."""

    way: Way
    bars: tuple[Bar, ...]


def offers(situation: Situation) -> tuple[Offer, ...]:
    """The ways that are open, the best for somebody who cannot come first; never none.

    Source: 番号法施行規則 and 事務処理要領 as 総務省 explains them; each way's own in `ways.WAYS`.
    """
    open_ways = [way for way in _ways_for(situation) if not _bars(way, situation)]
    if situation.purpose is Purpose.UNSURE:
        # Who does not know what they need is asked before anything is proposed.
        open_ways.sort(key=lambda way: way is not Way.TALK)
    return tuple(Offer(way, documents_for(situation, way)) for way in open_ways)


def left_out(situation: Situation) -> tuple[LeftOut, ...]:
    """The ways that are closed, and why: what staff answer when somebody asks for one."""
    closed = ((way, _bars(way, situation)) for way in _ways_for(situation))
    return tuple(LeftOut(way, bars) for way, bars in closed if bars)


def documents_for(situation: Situation, way: Way) -> tuple[Document, ...]:
    """What has to be ready on one way, in the order people gather it; never nothing."""
    return tuple(
        document
        for document, rule in DOCUMENTS.items()
        if way in rule.ways and rule.is_for(situation)
    )


def still_to_ask(situation: Situation) -> tuple[Question, ...]:
    """Questions whose answer is missing and could open, close or change a way."""
    missing = {
        Question.MOVED: situation.moved_recently is None and _depends_on(Bar.MOVED, situation),
        Question.FORWARDED: situation.mail_forwarding is None
        and _depends_on(Bar.FORWARDED, situation),
        Question.IDENTITY: situation.identity is Identity.UNKNOWN,
        Question.VOICE: situation.voice is Voice.UNKNOWN and not situation.is_under_15,
        Question.AGE: situation.age is None,
    }
    return tuple(question for question, is_missing in missing.items() if is_missing)


def _ways_for(situation: Situation) -> list[Way]:
    return [
        way
        for way, rule in WAYS.items()
        if situation.purpose in rule.purposes and rule.is_for(situation)
    ]


def _bars(way: Way, situation: Situation) -> tuple[Bar, ...]:
    return tuple(bar for bar in WAYS[way].bars if BARS[bar](situation))


def _depends_on(bar: Bar, situation: Situation) -> bool:
    return any(bar in WAYS[way].bars for way in _ways_for(situation))
