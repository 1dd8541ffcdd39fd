"""Which days a rule like “every Tuesday in October” plans, and which it leaves out, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from outreach.classes.rules.bookings import Booking, Clash, Taken, first_clash
from outreach.places.rules.planned_days import DaysOff, Rule, day_off


class LeftOut(StrEnum):
    """Why there is no class on a day the rule names."""

    PAST = "past"
    HOLIDAY = "holiday"
    FESTIVAL = "festival"
    CLOSED = "closed"
    ROOM_TAKEN = "room_taken"
    TUTOR_TAKEN = "tutor_taken"


@dataclass(frozen=True, slots=True)
class SessionDay:
    """One day of a rule: a class, or why there is none, and what takes its room or tutor."""

    starts_at: datetime
    ends_at: datetime
    left_out: LeftOut | None = None
    clash: Clash | None = None


def session_days(
    rule: Rule,
    *,
    zone: tzinfo,
    now: datetime,
    off: DaysOff,
    place: Booking,
    standing: Iterable[Booking],
    buffer: timedelta,
) -> list[SessionDay]:
    """Every day of the rule, in order, with the reason for those that are left out.

    `place` is the booking each day would be, at any time; the rule gives the times.
    """
    taken = list(standing)
    return [
        _judged(day, rule, zone=zone, now=now, off=off, place=place, taken=taken, buffer=buffer)
        for day in rule.days()
    ]


def _judged(
    day: date,
    rule: Rule,
    *,
    zone: tzinfo,
    now: datetime,
    off: DaysOff,
    place: Booking,
    taken: list[Booking],
    buffer: timedelta,
) -> SessionDay:
    starts_at = datetime.combine(day, rule.start, tzinfo=zone)
    planned = SessionDay(starts_at, datetime.combine(day, rule.end, tzinfo=zone))
    if starts_at <= now:
        return replace(planned, left_out=LeftOut.PAST)
    if (why_off := day_off(day, off)) is not None:
        return replace(planned, left_out=LeftOut(why_off))
    wanted = replace(place, starts_at=starts_at, ends_at=planned.ends_at)
    clash = first_clash(wanted, taken, buffer=buffer)
    if clash is None:
        return planned
    why = LeftOut.ROOM_TAKEN if clash.what is Taken.ROOM else LeftOut.TUTOR_TAKEN
    return replace(planned, left_out=why, clash=clash)
