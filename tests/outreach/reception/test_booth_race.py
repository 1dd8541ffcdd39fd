"""Many people want the same time at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from outreach.people.actions import people
from outreach.reception.actions import appointments, booths, tickets
from outreach.reception.actions.appointments import TimeTaken
from outreach.reception.models import Appointment, OpeningDay
from outreach.reception.openings import slots_of

pytestmark = pytest.mark.django_db(transaction=True)

RUNNERS = 6


@pytest.fixture
def runners(db):
    return [
        people.identify(name=f"競走 {number}", email=f"runner{number}@example.com", language="ja")
        for number in range(RUNNERS)
    ]


def race(reach: Callable[[object], object], runners: list[object]) -> list[object]:
    """What each runner got, all having started together."""

    def run(runner: object) -> object:
        try:
            return reach(runner)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(runners)) as pool:
        return list(pool.map(run, runners))


def overlapping(day: OpeningDay) -> int:
    """How many pairs of appointments share a booth at one time."""
    rows = list(Appointment.objects.filter(day=day).order_by("booth", "starts_at"))
    pairs = [(one, other) for one in rows for other in rows if one.pk < other.pk]
    return sum(
        one.booth == other.booth and one.starts_at < other.ends_at and other.starts_at < one.ends_at
        for one, other in pairs
    )


def test_as_many_are_booked_as_there_are_booths(make_day, runners, now):
    day, start = make_day(), Barrier(RUNNERS)

    def reach(person):
        own_copy = OpeningDay.objects.select_related("point").get(pk=day.pk)
        # Services of different length want the booths at times that only partly overlap.
        service = "apply" if person.pk % 2 else "renew_certificate"
        start.wait(timeout=30)
        try:
            return appointments.book(
                day=own_copy,
                service=service,
                starts_at=own_copy.opens_at,
                person=person,
                submission=uuid4(),
                how="web",
                now=now,
            )
        except TimeTaken:
            return None

    got = [one for one in race(reach, runners) if one is not None]
    assert sorted(one.booth for one in got) == [1, 2]
    assert overlapping(day) == 0


def test_the_database_alone_keeps_a_booth_for_one(make_day, runners, now):
    """Without the lock everybody finds the booth free; the constraint lets one of them in."""
    day, everybody_has_looked = make_day(booths=1), Barrier(RUNNERS)

    def reach(person):
        slot = slots_of(OpeningDay.objects.get(pk=day.pk), "apply", now=now)[0]
        everybody_has_looked.wait(timeout=30)
        try:
            with transaction.atomic():
                booths.take(_written(person, day, slot, now))
        except IntegrityError:
            return False
        return True

    assert sum(race(reach, runners)) == 1
    assert overlapping(day) == 0


def test_the_race_is_real_because_looking_first_books_a_booth_twice(make_day, runners, now):
    """The control: whoever looks, then writes, without steps, shares the booth."""
    day, everybody_has_looked = make_day(booths=1), Barrier(RUNNERS)

    def reach(person):
        slot = slots_of(OpeningDay.objects.get(pk=day.pk), "apply", now=now)[0]
        everybody_has_looked.wait(timeout=30)
        _written(person, day, slot, now)

    race(reach, runners)
    assert overlapping(day) > 0


def test_numbers_are_drawn_without_gaps(make_day, now):
    day, start = make_day(on=now.date()), Barrier(RUNNERS)

    def reach(_):
        start.wait(timeout=30)
        return tickets.draw(day=day, service="apply", now=now).number

    assert sorted(race(reach, list(range(RUNNERS)))) == list(range(1, RUNNERS + 1))


def _written(person, day, slot, now):
    return Appointment.objects.create(
        person=person,
        day=OpeningDay.objects.select_related("point").get(pk=day.pk),
        service="apply",
        starts_at=slot.starts_at,
        ends_at=slot.starts_at + timedelta(minutes=25),
        booth=slot.booth,
        reference=f"M-{person.pk}",
        submission=uuid4(),
        how="web",
        booked_at=now,
    )
