"""What the rules answer to one request, in words: the way that is offered and what to bring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from mynumber import way_words
from mynumber.rules.documents import Document
from mynumber.rules.eligibility import documents_for, left_out, offers, still_to_ask
from mynumber.rules.situations import Event, Identity, Purpose, Situation, Staying, Voice
from mynumber.rules.ways import Way
from outreach.visits.models import RequestConditions, VisitRequest

_AT_HOME = frozenset({Way.VISIT, Way.HELP_AT_HOME, Way.HAND_OVER_AT_HOME})


class Told(Protocol):
    """What was answered about the person and the house: from a form, or as it is kept."""

    @property
    def staying(self) -> str: ...
    @property
    def moved_recently(self) -> bool | None: ...
    @property
    def mail_forwarding(self) -> bool | None: ...
    @property
    def identity(self) -> str: ...
    @property
    def voice(self) -> str: ...
    @property
    def event(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WayInWords:
    """One way, and what has to be ready for it."""

    name: Promise
    explained: Promise
    documents: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class ClosedWay:
    """A way that is not open, and why."""

    name: Promise
    reasons: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The way that is offered, the others, what is closed, and what is not known yet."""

    offered: WayInWords
    others: tuple[WayInWords, ...]
    closed: tuple[ClosedWay, ...]
    to_ask: tuple[Promise, ...]


def situation(
    *,
    topic: str,
    relation: str,
    birth_year: int | None,
    birth_date: date | None = None,
    stay_until: date | None,
    told: Told,
    today: date,
) -> Situation:
    """One request as the rules see it."""
    stays = Staying(told.staying)
    if stays is Staying.UNKNOWN and relation == VisitRequest.Relation.FACILITY:
        stays = Staying.FACILITY
    return Situation(
        purpose=Purpose(topic),
        age=_age(birth_year, birth_date, today),
        identity=Identity(told.identity),
        voice=Voice(told.voice),
        staying=stays,
        has_period_of_stay=stay_until is not None,
        moved_recently=told.moved_recently,
        mail_forwarding=told.mail_forwarding,
        event=Event(told.event) if told.event else None,
    )


def _age(year: int | None, born: date | None, today: date) -> int | None:
    """In whole years; of a year alone the lowest it can be: nobody is promised on a guess what
    an older person may do."""
    if born is not None:
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return None if year is None else max(0, today.year - year - 1)


def situation_of(request: VisitRequest, *, today: date) -> Situation:
    """A request on record as the rules see it; nothing is known where nothing was asked."""
    return situation(
        topic=request.topic,
        relation=request.relation,
        birth_year=request.person.birth_year,
        birth_date=request.person.birth_date,
        stay_until=request.stay_until,
        told=getattr(request, "conditions", None) or RequestConditions(),
        today=today,
    )


def advice(situation: Situation) -> Advice:
    """What staff and residents read about it."""
    first, *others = (_in_words(offer.way, offer.documents) for offer in offers(situation))
    return Advice(
        offered=first,
        others=tuple(others),
        closed=tuple(
            ClosedWay(way_words.NAMES[one.way], tuple(way_words.BARS[bar] for bar in one.bars))
            for one in left_out(situation)
        ),
        to_ask=tuple(way_words.QUESTIONS[question] for question in still_to_ask(situation)),
    )


def documents_of(request: VisitRequest, *, today: date, at_home: bool = False) -> list[str]:
    """What to have ready on the way that is offered: for messages, which name it by its key.

    `at_home` once a visit is planned: then on the way that begins there, if one does.
    """
    found = offers(situation_of(request, today=today))
    begun_there = [offer for offer in found if at_home and offer.way in _AT_HOME]
    return [str(document) for document in [*begun_there, *found][0].documents]


def documents_to_receive(request: VisitRequest, *, way: Way, today: date) -> list[str]:
    """What to have ready when the card that is made is received, by its key."""
    return [str(one) for one in documents_for(situation_of(request, today=today), way)]


def _in_words(way: Way, documents: Iterable[Document]) -> WayInWords:
    return WayInWords(
        way_words.NAMES[way],
        way_words.EXPLAINED[way],
        tuple(way_words.DOCUMENTS[document] for document in documents),
    )
