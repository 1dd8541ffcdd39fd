"""Marks at the door: each once, in whatever order they arrive, however often they are sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from outreach.classes.actions import attendance, registrations
from outreach.classes.actions.attendance import Mark, NotYet
from outreach.classes.models import Attendance, AttendanceMark, ClassSession
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = Attendance.State.PRESENT, Attendance.State.ABSENT


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def in_class(session):
    """Ten minutes after the class has begun."""
    return session.starts_at + timedelta(minutes=10)


@pytest.fixture
def seat(session, make_person, now):
    def keep(character, in_session=session):
        return registrations.register(
            session=in_session,
            person=make_person(character),
            submission=uuid4(),
            how="phone",
            now=now,
        )

    return keep


@pytest.fixture
def note(session, staff, in_class):
    def send(*marks, now=in_class, to=session):
        return attendance.note(session=to, marks=marks, by=staff("desk"), now=now)

    return send


def pressed(registration, state, at, key=None):
    return Mark(registration.pk, state, key or uuid4(), at)


def test_who_came_is_on_record_with_when_and_by_whom(note, seat, in_class, staff):
    haru = seat(HARU)
    mark = pressed(haru, PRESENT, in_class)
    assert note(mark).kept == (mark.key,)
    standing = Attendance.objects.get(registration=haru)
    assert (standing.state, standing.marked_at) == (PRESENT, in_class)
    assert standing.marked_by == staff("desk")


def test_a_mark_that_arrives_again_changes_nothing(note, seat, in_class):
    haru = seat(HARU)
    mark = pressed(haru, PRESENT, in_class)
    note(mark)
    later = pressed(haru, ABSENT, in_class + timedelta(minutes=1))
    note(later, now=in_class + timedelta(minutes=2))
    assert note(mark, now=in_class + timedelta(hours=1)).kept == (mark.key,)
    assert Attendance.objects.get().state == ABSENT
    assert AttendanceMark.objects.count() == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the wrong way round"])
def test_the_last_press_holds_in_whatever_order_marks_arrive(note, seat, in_class, order):
    haru = seat(HARU)
    presses = [
        pressed(haru, ABSENT, in_class),
        pressed(haru, PRESENT, in_class + timedelta(minutes=5)),
    ]
    for number in order:
        note(presses[number], now=in_class + timedelta(hours=1))
    assert Attendance.objects.get().state == PRESENT
    assert AttendanceMark.objects.count() == 2


def test_a_clock_in_the_future_does_not_make_a_mark_hold_for_ever(note, seat, in_class):
    haru = seat(HARU)
    note(pressed(haru, ABSENT, in_class + timedelta(days=365)))
    assert Attendance.objects.get().marked_at == in_class
    at = in_class + timedelta(minutes=1)
    note(pressed(haru, PRESENT, at), now=at)
    assert Attendance.objects.get().state == PRESENT


def test_a_clock_in_the_past_counts_as_the_morning_of_the_class(note, seat, session, in_class):
    haru = seat(HARU)
    note(pressed(haru, PRESENT, in_class - timedelta(days=9999)))
    local = timezone.localtime(Attendance.objects.get().marked_at)
    assert local.date() == timezone.localdate(session.starts_at)
    assert (local.hour, local.minute) == (0, 0)


def test_nobody_is_marked_before_the_day_of_the_class(note, seat, session):
    haru = seat(HARU)
    midnight = timezone.localtime(session.starts_at).replace(hour=0, minute=0)
    with pytest.raises(NotYet):
        note(pressed(haru, PRESENT, midnight), now=midnight - timedelta(seconds=1))
    assert not Attendance.objects.exists()
    note(pressed(haru, PRESENT, midnight), now=midnight)
    assert Attendance.objects.exists()


def test_a_class_that_was_called_off_has_nobody_to_mark(note, seat, session, in_class):
    haru = seat(HARU)
    session.state = ClassSession.State.CALLED_OFF
    with pytest.raises(NotYet):
        note(pressed(haru, PRESENT, in_class))


def test_a_seat_that_was_taken_back_is_refused_and_the_others_are_kept(note, seat, in_class, now):
    haru, linh = seat(HARU), seat(LINH)
    registrations.cancel(registration=haru, now=now)
    gone, here = pressed(haru, PRESENT, in_class), pressed(linh, PRESENT, in_class)
    noted = note(gone, here)
    assert (noted.kept, noted.refused) == ((here.key,), (gone.key,))
    assert Attendance.objects.get().registration == linh


def test_a_seat_in_another_class_is_refused(note, seat, make_session, in_class):
    elsewhere = seat(HARU, make_session())
    mark = pressed(elsewhere, PRESENT, in_class)
    assert note(mark).refused == (mark.key,)
    assert not AttendanceMark.objects.exists()


def test_absences_elsewhere_are_counted_and_cancelled_seats_are_not(
    note, seat, session, make_session, in_class, now
):
    missed = make_session(starts_at=session.starts_at - timedelta(days=7))
    note(pressed(seat(HARU, missed), ABSENT, in_class), to=missed)
    cancelled = seat(AKIKO, missed)
    note(pressed(cancelled, ABSENT, in_class), to=missed)
    registrations.cancel(registration=cancelled, now=now)
    for character in (HARU, AKIKO, LINH):
        seat(character)
    note(pressed(session.registrations.get(person__name=LINH.name), ABSENT, in_class))
    counted = {one.person.name: one.no_shows for one in session.registrations.at_the_door()}
    assert counted == {HARU.name: 1, AKIKO.name: 0, LINH.name: 0}


def test_an_unknown_state_never_reaches_the_table(note, seat, in_class):
    with pytest.raises(IntegrityError), transaction.atomic():
        note(pressed(seat(HARU), "late", in_class))


@pytest.mark.django_db(transaction=True)
def test_the_same_marks_sent_many_times_at_once_are_kept_once(session, seat, staff, in_class):
    """No answer has come yet; the page sends again while the first request still runs."""
    seats = [seat(character) for character in (HARU, AKIKO, LINH)]
    desk, runners = staff("desk"), 6
    marks = [pressed(one, PRESENT, in_class) for one in seats]
    start = Barrier(runners)

    def send(number):
        try:
            start.wait(timeout=30)
            # Half of them in the other order, so that rows are reached for from both ends.
            own = marks if number % 2 else marks[::-1]
            return attendance.note(session=session, marks=own, by=desk, now=in_class)
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        noted = list(pool.map(send, range(runners)))
    assert all(set(one.kept) == {mark.key for mark in marks} for one in noted)
    assert AttendanceMark.objects.count() == len(marks)
    assert Attendance.objects.filter(state=PRESENT).count() == len(marks)


@pytest.mark.django_db(transaction=True)
def test_two_telephones_at_two_doors_leave_the_last_press(session, seat, staff, in_class):
    haru, desk, runners = seat(HARU), staff("desk"), 6
    start = Barrier(runners)

    def send(number):
        at = in_class + timedelta(seconds=number)
        state = PRESENT if number == runners - 1 else ABSENT
        try:
            start.wait(timeout=30)
            attendance.note(
                session=session,
                marks=[pressed(haru, state, at)],
                by=desk,
                now=in_class + timedelta(minutes=1),
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        list(pool.map(send, range(runners)))
    assert Attendance.objects.get().state == PRESENT
    assert AttendanceMark.objects.count() == runners
