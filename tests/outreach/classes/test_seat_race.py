"""Many people reach for the last seats at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Message
from outreach.classes.actions import registrations, sign_ups
from outreach.classes.actions.registrations import SessionFull
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from outreach.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

CAPACITY, RUNNERS = 3, 8


@pytest.fixture
def session(make_session):
    return make_session(capacity=CAPACITY)


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


def test_the_last_seats_go_to_as_many_people_as_there_are_seats(session, runners, now):
    start = Barrier(RUNNERS)

    def reach(person):
        own_copy = ClassSession.objects.get(pk=session.pk)
        start.wait(timeout=30)
        try:
            return registrations.register(
                session=own_copy, person=person, submission=uuid4(), how="web", now=now
            )
        except SessionFull:
            return None

    winners = [one for one in race(reach, runners) if one is not None]
    session.refresh_from_db()
    assert len(winners) == CAPACITY
    assert session.seats_taken == CAPACITY
    assert Registration.objects.filter(session=session).count() == CAPACITY
    assert Message.objects.count() == CAPACITY


def test_whoever_finds_no_seat_stands_in_a_line_without_gaps(session, runners, now):
    start = Barrier(RUNNERS)

    def reach(person):
        own_copy = ClassSession.objects.get(pk=session.pk)
        start.wait(timeout=30)
        return registrations.register(
            session=own_copy, person=person, submission=uuid4(), how="web", now=now, or_wait=True
        )

    race(reach, runners)
    session.refresh_from_db()
    line = Registration.objects.filter(session=session, state="waiting").order_by("line_number")
    assert session.seats_taken == CAPACITY
    assert session.waiting == RUNNERS - CAPACITY
    assert [one.line_number for one in line] == list(range(1, RUNNERS - CAPACITY + 1))
    # Whoever was written down first stands in front.
    assert [one.pk for one in line] == sorted(one.pk for one in line)
    assert Message.objects.count() == RUNNERS


def test_one_click_in_a_full_class_is_one_number(session, runners, now):
    ClassSession.objects.filter(pk=session.pk).update(seats_taken=CAPACITY)
    start, submission = Barrier(RUNNERS), uuid4()

    def reach(_):
        own_copy = ClassSession.objects.get(pk=session.pk)
        start.wait(timeout=30)
        return registrations.register(
            session=own_copy,
            person=runners[0],
            submission=submission,
            how="web",
            now=now,
            or_wait=True,
        ).pk

    assert len(set(race(reach, runners))) == 1
    session.refresh_from_db()
    assert (session.waiting, session.last_number) == (1, 1)


def test_one_seat_given_back_is_offered_to_one_person(session, runners, now):
    for person in runners:
        registrations.register(
            session=session, person=person, submission=uuid4(), how="web", now=now, or_wait=True
        )
    start = Barrier(CAPACITY)
    seated = list(session.registrations.filter(state="registered"))

    def reach(registration):
        start.wait(timeout=30)
        registrations.cancel(registration=registration, now=now)

    race(reach, seated)
    session.refresh_from_db()
    offered = session.registrations.filter(state="offered").order_by("line_number")
    assert [one.line_number for one in offered] == list(range(1, CAPACITY + 1))
    assert session.seats_taken == CAPACITY


def test_one_click_that_arrives_many_times_at_once_is_one_seat(session, runners, now):
    start, submission = Barrier(RUNNERS), uuid4()

    def reach(_):
        own_copy = ClassSession.objects.get(pk=session.pk)
        start.wait(timeout=30)
        return registrations.register(
            session=own_copy, person=runners[0], submission=submission, how="web", now=now
        ).pk

    assert len(set(race(reach, runners))) == 1
    session.refresh_from_db()
    assert session.seats_taken == 1


def test_one_form_that_arrives_many_times_at_once_is_one_person_and_one_seat(session, now):
    start, submission = Barrier(RUNNERS), uuid4()

    def reach(_):
        own_copy = ClassSession.objects.get(pk=session.pk)
        start.wait(timeout=30)
        return sign_ups.take(
            session=own_copy,
            submission=submission,
            name="競走 一",
            email="runner@example.com",
            language="ja",
            how="web",
            now=now,
        ).pk

    assert len(set(race(reach, range(RUNNERS)))) == 1
    session.refresh_from_db()
    assert session.seats_taken == Person.objects.count() == Message.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_the_next_is_let_in_before_the_disk_but_nobody_is_answered_before(session, runners, now):
    with CaptureQueriesContext(connection) as asked:
        registrations.register(
            session=session, person=runners[0], submission=uuid4(), how="web", now=now
        )
    said = [query["sql"].split()[0:3] for query in asked.captured_queries]
    let_go, done = said.index(["SET", "LOCAL", "synchronous_commit"]), said.index(["COMMIT"])
    waited = [n for n, words in enumerate(said) if words[1:2] == ["pg_logical_emit_message(true,"]]
    assert let_go < said.index(["UPDATE", "classes_classsession", "SET"]) < done < waited[0]
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)


def test_the_race_is_real_because_counting_first_oversells(session, runners, now):
    """The control: whoever looks, then takes, sells more seats than there are."""
    everybody_has_looked = Barrier(RUNNERS)

    def reach(person):
        free = Registration.objects.filter(session_id=session.pk).count() < CAPACITY
        everybody_has_looked.wait(timeout=30)
        if free:
            Registration.objects.create(
                session_id=session.pk,
                person=person,
                reference=f"X-{person.pk}",
                submission=uuid4(),
                how="web",
                registered_at=now,
            )

    race(reach, runners)
    assert Registration.objects.filter(session=session).count() > CAPACITY
