"""Many people reach for a whole series at once: nobody gets a part of it."""

from contextlib import suppress
from threading import Barrier, local
from uuid import uuid4

import pytest
from django.db import IntegrityError

from outreach.classes.actions import registrations, together
from outreach.classes.actions.registrations import SessionFull
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from tests.outreach.classes.test_seat_race import race

pytestmark = pytest.mark.django_db(transaction=True)

CAPACITY, DAYS, RUNNERS = 2, 3, 6


@pytest.fixture
def days(series_days):
    return series_days(DAYS, capacity=CAPACITY)


@pytest.fixture
def runners(db):
    return [
        people.identify(name=f"競走 {number}", email=f"runner{number}@example.com", language="ja")
        for number in range(RUNNERS)
    ]


def come(person, day, now, **changes):
    return registrations.register(
        session=ClassSession.objects.select_related("series").get(pk=day.pk),
        person=person,
        submission=uuid4(),
        how="web",
        now=now,
        **changes,
    )


def test_a_series_is_sold_as_often_as_its_fullest_day_allows(days, runners, now):
    start = Barrier(RUNNERS)

    def reach(person):
        # Each comes by another day: they must not wait for each other in a circle.
        day = days[person.pk % DAYS]
        start.wait(timeout=30)
        return come(person, day, now, or_wait=True)

    race(reach, runners)
    for day in days:
        day.refresh_from_db()
        rows = day.registrations.order_by("line_number")
        assert day.seats_taken == rows.filter(state="registered").count() == CAPACITY
        assert [one.line_number for one in rows.filter(state="waiting")] == [1, 2, 3, 4]
    lines = [list(day.registrations.in_line().values_list("person", flat=True)) for day in days]
    assert lines == [lines[0]] * DAYS


def test_coming_and_going_at_once_leaves_no_half_series(days, runners, now):
    seated = [come(person, days[0], now) for person in runners[:CAPACITY]]
    start = Barrier(RUNNERS)

    def act(runner):
        start.wait(timeout=30)
        if isinstance(runner, Registration):
            registrations.cancel(registration=runner, now=now)
        else:
            come(runner, days[runner.pk % DAYS], now, or_wait=True)

    race(act, [*seated, *runners[CAPACITY:]])
    for person in runners:
        states = Registration.objects.filter(person=person).values_list("state", flat=True)
        assert len(states) == DAYS
        assert len(set(states)) == 1
    for day in days:
        day.refresh_from_db()
        assert day.seats_taken == CAPACITY


def test_the_race_is_real_because_looking_without_the_lock_oversells(
    days, runners, now, monkeypatch
):
    """The control: only the constraint stops whoever looked before the others had taken."""
    everybody_has_looked, seen = Barrier(RUNNERS), local()
    monkeypatch.setattr(together, "hold_days", lambda _session: seen.days)

    def reach(person):
        seen.days = list(ClassSession.objects.select_related("series").order_by("pk"))
        everybody_has_looked.wait(timeout=30)
        with suppress(SessionFull):
            try:
                come(person, days[0], now)
            except IntegrityError:
                return "oversold"
        return None

    assert race(reach, runners).count("oversold") == RUNNERS - CAPACITY
