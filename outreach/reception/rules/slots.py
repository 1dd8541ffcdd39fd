"""Which times can be booked at a counter on one day.

A day has booths that work side by side. Each kind of service takes its own minutes, and a buffer
follows every appointment. All times stand on a grid of five minutes: the steps of the grid that
an appointment takes at its booth are what the database keeps unique, so that no booth is booked
twice however long the appointments are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Span:
    """A time from one moment to another, the last one not included."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What is booked at a booth, with the buffer behind it."""

    booth: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """A time somebody can book, and the booth that would receive them."""

    starts_at: datetime
    ends_at: datetime
    booth: int


def free_slots(
    hours: Iterable[Span],
    *,
    booths: int,
    taken: Iterable[Taken],
    length: timedelta,
    buffer: timedelta,
    now: datetime,
) -> list[Slot]:
    """Every time at which a booth is free for `length`, soonest first, each with one booth.

    In a free stretch the times follow each other without a gap, from its beginning: so a day
    fills up without minutes nobody can use. The buffer may reach past closing time and into
    nothing else. Of several booths that are free the one with the lowest number is named.
    """
    spans, booked = list(hours), list(taken)
    found: dict[datetime, Slot] = {}
    for booth in range(1, booths + 1):
        own = sorted((one for one in booked if one.booth == booth), key=lambda one: one.starts_at)
        for span in spans:
            for begins in _beginnings(span, own, length=length, buffer=buffer, now=now):
                found.setdefault(begins, Slot(begins, begins + length, booth))
    return [found[begins] for begins in sorted(found)]


def capacity(hours: Iterable[Span], *, booths: int, length: timedelta, buffer: timedelta) -> int:
    """How many appointments of one length a day would hold with nothing booked."""
    each = length + buffer
    return booths * sum(
        (span.ends_at - span.starts_at + buffer) // each
        for span in hours
        if span.ends_at - span.starts_at >= length
    )


def steps_of(span: Span, *, day_begins: datetime) -> range:
    """The steps of the grid a time touches, counted from the beginning of its day.

    Raises ValueError for a time that is not on the grid.
    """
    first, over = divmod(span.starts_at - day_begins, STEP)
    last, over_at_end = divmod(span.ends_at - day_begins, STEP)
    if over or over_at_end:
        raise ValueError("An appointment begins and ends on a step of five minutes.")
    return range(first, last)


def _beginnings(
    span: Span, own: list[Taken], *, length: timedelta, buffer: timedelta, now: datetime
) -> Iterable[datetime]:
    free_from = span.starts_at
    for one in [*own, Taken(0, span.ends_at + buffer, span.ends_at + buffer)]:
        if one.ends_at <= span.starts_at or one.starts_at > span.ends_at + buffer:
            continue
        begins = free_from
        while begins + length + buffer <= one.starts_at and begins + length <= span.ends_at:
            if begins > now:
                yield begins
            begins += length + buffer
        free_from = max(free_from, one.ends_at)
