"""Counters of the demo: days ahead at the city hall and on tour, and people who come."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.timezone import localdate, localtime

from outreach.people.models import Person
from outreach.places.models import Venue
from outreach.places.rules.planned_days import Rule
from outreach.reception.actions import appointments, opening_days, tickets
from outreach.reception.actions.opening_days import Opening
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint, Service
from outreach.reception.openings import slots_of

WEEKS = 4
WORKDAYS = frozenset(range(5))
# One venue on Tuesdays, the other on Thursdays.
TOURS = (("道の駅かづの", 1), ("大湯地区市民センター", 3))
WAITING = 3


def open_up(*, people: Sequence[Person], users: dict[str, User], now: datetime) -> None:
    """Four weeks of both points; some of the residents have a time, three drew a number."""
    today, desk = localdate(now), users["desk"]
    points = {point.kind: point for point in ReceptionPoint.objects.all()}
    _plan(points["counter"], WORKDAYS, time(8, 30), time(17), now, desk)
    for name, weekday in TOURS:
        venue = Venue.objects.get(name_ja=name)
        _plan(points["mobile_desk"], {weekday}, time(10), time(15), now, desk, venue=venue)
    chance = Random(5)  # noqa: S311  (the same town every time)
    for person in chance.sample(list(people[10:]), 12):
        _book(person, chance, now, desk)
    first = OpeningDay.objects.filter(
        point=points["counter"], on=today, closes__gt=localtime(now).time()
    )
    if open_today := first.first():
        for number in range(WAITING):
            service = (Service.RENEW_CERTIFICATE, Service.APPLY)[number % 2]
            tickets.draw(day=open_today, service=service, now=now)


def _plan(
    point: ReceptionPoint,
    weekdays: set[int] | frozenset[int],
    opens: time,
    closes: time,
    now: datetime,
    by: User,
    *,
    venue: Venue | None = None,
) -> None:
    first = localdate(now)
    rule = Rule(frozenset(weekdays), first, first + timedelta(weeks=WEEKS), opens, closes)
    opening = Opening(
        rule=rule,
        point=point,
        venue=venue or point.venue,
        booths=point.booths,
        break_from=time(12) if venue else None,
        break_to=time(13) if venue else None,
    )
    days = [day.on for day in opening_days.preview(opening, now=now) if day.left_out is None]
    opening_days.plan(opening, expected=days, now=now, by=by)


def _book(person: Person, chance: Random, now: datetime, by: User) -> None:
    day = chance.choice(list(OpeningDay.objects.ahead(today=localdate(now))[:6]))
    service = chance.choice(day.point.services)
    slots = slots_of(day, service, now=now)
    if not slots:
        return
    appointments.book(
        day=day,
        service=service,
        starts_at=chance.choice(slots[:8]).starts_at,
        person=person,
        submission=UUID(int=chance.getrandbits(128), version=4),
        how=Appointment.How.PHONE,
        now=now,
        by=by,
    )
