"""Officers who want the same room or tutor at once, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from threading import Barrier

import pytest
from django.db import connection, transaction

from outreach.classes.actions import bookings, sessions
from outreach.classes.actions.sessions import (
    AlreadyTaken,
    CannotAnnounce,
    PlanChanged,
    Season,
)
from outreach.classes.models import ClassSession, Tutor
from outreach.places.models import Venue
from outreach.places.rules.planned_days import Rule
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db(transaction=True)

OFFICERS = 6
WHEN = {
    "starts_at": datetime(2026, 10, 6, 10, tzinfo=TOKYO),
    "ends_at": datetime(2026, 10, 6, 11, tzinfo=TOKYO),
}


def race(plan) -> list[bool]:
    """Whether each officer succeeded, all having started together."""
    start = Barrier(OFFICERS)

    def run(number: int) -> bool:
        try:
            start.wait(timeout=30)
            plan(number)
        except (AlreadyTaken, PlanChanged, CannotAnnounce):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(OFFICERS) as pool:
        return list(pool.map(run, range(OFFICERS)))


@pytest.fixture
def venues(db):
    return [Venue.objects.create(name_ja=f"会場{number}") for number in range(OFFICERS)]


def test_a_room_wanted_by_many_at_once_goes_to_one(course, venue, now):
    won = race(
        lambda _: sessions.announce(
            course=course, venue=venue, room="和室", capacity=8, now=now, by=None, **WHEN
        )
    )
    assert sum(won) == 1
    assert ClassSession.objects.count() == 1


def test_a_tutor_wanted_in_many_places_at_once_goes_to_one(course, venues, now):
    tutor = Tutor.objects.create(name="講師 黒土")
    won = race(
        lambda number: sessions.announce(
            course=course,
            venue=venues[number],
            tutors=[tutor],
            capacity=8,
            now=now,
            by=None,
            **WHEN,
        )
    )
    assert sum(won) == 1
    assert ClassSession.objects.count() == 1


def test_a_season_planned_by_many_at_once_stands_once(course, venue, now):
    rule = Rule(frozenset({1}), date(2026, 10, 1), date(2026, 10, 31), time(10), time(11))
    season = Season(rule=rule, course=course, venue=venue, capacity=8)
    seen = [day.starts_at for day in sessions.preview(season, now=now)]
    won = race(lambda _: sessions.plan(season, expected=seen, now=now, by=None))
    assert sum(won) == 1
    assert ClassSession.objects.count() == 4


def test_the_race_is_real_because_looking_first_plans_twice(course, venue, now):
    """The control: whoever looks without holding the room plans over the others."""
    everybody_has_looked = Barrier(OFFICERS)

    def plan(_: int) -> None:
        bookings.refuse_clash(venue=venue, room="和室", tutors=[], **WHEN)
        everybody_has_looked.wait(timeout=30)
        with transaction.atomic():
            ClassSession.objects.create(course=course, venue=venue, room="和室", capacity=8, **WHEN)

    assert all(race(plan))
    assert ClassSession.objects.count() == OFFICERS
