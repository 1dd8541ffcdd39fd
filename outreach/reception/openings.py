"""What is free at counters and mobile desks, for pages, forms and the desk. Reads, never writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from outreach.places.rules.seats import SeatWord, seat_word
from outreach.reception.models import Appointment, BoothStep, OpeningDay, ReceptionPoint
from outreach.reception.rules.slots import STEP, Slot, Taken, capacity, free_slots

# So many days of one point are shown at once; the later ones follow as these pass.
DAYS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One day with its free times for one service, and the word a page may keep about it."""

    day: OpeningDay
    slots: list[Slot]
    word: SeatWord

    @property
    def is_full(self) -> bool:
        return not self.slots


@dataclass(frozen=True, slots=True)
class PointDays:
    """One point with its next days."""

    point: ReceptionPoint
    days: list[DayChoice]

    @property
    def next_free(self) -> DayChoice | None:
        """The first day on which somebody could still come."""
        return next((choice for choice in self.days if not choice.is_full), None)


def points_and_days(*, now: datetime) -> list[PointDays]:
    """Every point that is open to residents with its next days; three queries for any number.

    A day's word is about the shortest service of the point: a page that is kept cannot ask first.
    """
    days = _by_point(OpeningDay.objects.ahead(today=timezone.localdate(now)))
    shown = [day for own in days.values() for day in own]
    taken = taken_on(shown)
    return [
        PointDays(
            point,
            [
                choice
                for day in days.get(point.pk, [])
                if (choice := _choice(day, point.shortest, taken[day.pk], now)) is not None
            ],
        )
        for point in ReceptionPoint.objects.open_to_residents()
    ]


def days_with_room(
    point: ReceptionPoint, service: str, *, now: datetime, besides: Appointment | None = None
) -> list[DayChoice]:
    """The next days of a point on which a service still finds a time, at most `DAYS_SHOWN`.

    The time of `besides` counts as free: it is to be moved.
    """
    days = list(OpeningDay.objects.ahead(today=timezone.localdate(now)).filter(point=point))
    taken = taken_on(days, besides=besides)
    choices = (_choice(day, point.length_of(service), taken[day.pk], now) for day in days)
    found = [choice for choice in choices if choice is not None and not choice.is_full]
    return found[:DAYS_SHOWN]


def slots_of(
    day: OpeningDay, service: str, *, now: datetime, besides: Appointment | None = None
) -> list[Slot]:
    """The free times of one day for one service; none on a day that was called off."""
    if day.state != OpeningDay.State.OPEN:
        return []
    return free_slots(
        day.spans,
        booths=day.booths,
        taken=taken_on([day], besides=besides)[day.pk],
        length=day.point.length_of(service),
        buffer=day.point.buffer,
        now=now,
    )


def taken_on(
    days: Iterable[OpeningDay], *, besides: Appointment | None = None
) -> dict[int, list[Taken]]:
    """What is booked on each day, booth by booth, as the steps of the grid say; one query."""
    midnights = {day.pk: day.midnight for day in days}
    steps = BoothStep.objects.filter(day__in=midnights)
    if besides is not None:
        steps = steps.exclude(appointment=besides)
    rows = steps.order_by().values_list("day", "booth", "appointment")
    taken: dict[int, list[Taken]] = {key: [] for key in midnights}
    for key, booth, _appointment, first, last in rows.annotate(Min("step"), Max("step")):
        begins, ends = midnights[key] + first * STEP, midnights[key] + (last + 1) * STEP
        taken[key].append(Taken(booth, begins, ends))
    return taken


def _choice(
    day: OpeningDay, length: timedelta | None, taken: list[Taken], now: datetime
) -> DayChoice | None:
    """None once the day is over, or where nothing can be booked."""
    if length is None or day.closes_at <= now:
        return None
    buffer = day.point.buffer
    slots = free_slots(
        day.spans, booths=day.booths, taken=taken, length=length, buffer=buffer, now=now
    )
    whole = max(len(slots), capacity(day.spans, booths=day.booths, length=length, buffer=buffer))
    return DayChoice(day, slots, seat_word(whole, whole - len(slots)))


def _by_point(days: Iterable[OpeningDay]) -> dict[int, list[OpeningDay]]:
    grouped: dict[int, list[OpeningDay]] = {}
    for day in days:
        own = grouped.setdefault(day.point_id, [])
        if len(own) < DAYS_SHOWN:
            own.append(day)
    return grouped
