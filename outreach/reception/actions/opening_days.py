"""Plan the days of a counter or a mobile desk, one or many at once, and call one off."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.places.days_off import days_off
from outreach.places.models import Venue
from outreach.places.rules.planned_days import Rule, day_off
from outreach.reception.actions import appointments, booths
from outreach.reception.actions.notices import tell
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint
from outreach.reception.rules.slots import STEP
from outreach.reception.signals import openings_changed

_ON_THE_GRID = STEP // timedelta(minutes=1)


class CannotPlan(Exception):
    """Hours nobody could come in, or no day at all."""


class PlanChanged(Exception):
    """A day that was to be planned is no longer free, or another one has become so."""


class CannotCallOff(Exception):
    """The day is past or was called off before."""


class LeftOut(StrEnum):
    """Why a point does not open on a day the rule names."""

    PAST = "past"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an officer plans by a rule: the same hours on many days."""

    rule: Rule
    point: ReceptionPoint
    venue: Venue
    booths: int
    break_from: time | None = None
    break_to: time | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a rule, or why the point does not open on it."""

    on: date
    left_out: LeftOut | None = None


def preview(opening: Opening, *, now: datetime) -> list[PlannedDay]:
    """Every day of a plan, with the reason for those that are left out. Raises CannotPlan."""
    _refuse_impossible(opening)
    # A festival closes no counter, and brings a mobile desk its people.
    rule, off = opening.rule, replace(days_off(), festivals=())
    planned = set(
        OpeningDay.objects.filter(
            point=opening.point, on__gte=rule.first, on__lte=rule.last
        ).values_list("on", flat=True)
    )
    today = timezone.localdate(now)
    days = []
    for day in rule.days():
        why = LeftOut.PAST if day < today else None
        if why is None and (closed := day_off(day, off)) is not None:
            why = LeftOut(closed)
        if why is None and day in planned:
            why = LeftOut.PLANNED
        days.append(PlannedDay(day, why))
    return days


@transaction.atomic
def plan(
    opening: Opening, *, expected: Collection[date], now: datetime, by: User | None
) -> list[OpeningDay]:
    """Open a point on every day of a plan, all or none of them; residents can book at once.

    `expected` are the days the officer saw and agreed to. Raises CannotPlan when there is no day,
    PlanChanged when other days are free by now.
    """
    # Two officers plan the same point one after the other.
    ReceptionPoint.objects.select_for_update().get(pk=opening.point.pk)
    days = [day.on for day in preview(opening, now=now) if day.left_out is None]
    if set(days) != set(expected):
        raise PlanChanged(
            _("The plan has changed since you looked at it. Please read the days once more.")
        )
    if not days:
        raise CannotPlan(_("No day is left. Choose other days."))
    opened = OpeningDay.objects.bulk_create(
        OpeningDay(
            point=opening.point,
            venue=opening.venue,
            on=day,
            opens=opening.rule.start,
            closes=opening.rule.end,
            break_from=opening.break_from,
            break_to=opening.break_to,
            booths=opening.booths,
            planned_at=now,
            planned_by=by,
        )
        for day in days
    )
    _openings_changed()
    return opened


@transaction.atomic
def call_off(*, day: OpeningDay, now: datetime, by: User | None) -> int:
    """Close a day that was planned; everybody who has a time is told. Returns how many that were.

    Raises CannotCallOff.
    """
    held = booths.hold([day.pk])[day.pk]
    if held.state != OpeningDay.State.OPEN or held.closes_at <= now:
        raise CannotCallOff(_("This day is over or was called off before."))
    held.state, held.called_off_at, held.called_off_by = OpeningDay.State.CALLED_OFF, now, by
    held.save(update_fields=["state", "called_off_at", "called_off_by"])
    standing = Appointment.objects.standing().select_for_update(of=("self",)).filter(day=held)
    ended = list(standing)
    for appointment in ended:
        appointments.withdraw(appointment, now=now, by=by)
        tell(appointment, "called-off", now=now)
    _openings_changed()
    return len(ended)


def _refuse_impossible(opening: Opening) -> None:
    rule = opening.rule
    if rule.end <= rule.start:
        raise CannotPlan(_("The day would end before it begins. Check the two times of day."))
    if opening.booths < 1:
        raise CannotPlan(_("A day needs at least one booth."))
    pause = (opening.break_from, opening.break_to)
    if pause != (None, None):
        begins, ends = pause
        if begins is None or ends is None or not rule.start < begins < ends < rule.end:
            raise CannotPlan(
                _("The break lies outside the hours, or one of its two times is missing.")
            )
    if any(at is not None and at.minute % _ON_THE_GRID for at in (rule.start, rule.end, *pause)):
        raise CannotPlan(_("Times of day are written in steps of five minutes, like 8:30 or 8:35."))


def _openings_changed() -> None:
    changed = partial(openings_changed.send_robust, sender=OpeningDay)
    transaction.on_commit(changed, robust=True)
