"""Announcing a class, and what the lists show of it."""

from datetime import timedelta

import pytest

from outreach.classes.actions import sessions
from outreach.classes.actions.sessions import CannotAnnounce
from outreach.classes.models import ClassSession, ClosedBecause
from outreach.classes.signals import schedule_changed
from outreach.places.rules.seats import SeatWord

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(course, venue, now, staff):
    starts_at = now + timedelta(days=14)
    return {
        "course": course,
        "venue": venue,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "capacity": 8,
        "now": now,
        "by": staff("desk"),
    }


def test_an_announced_class_is_on_the_schedule_with_who_announced_it(plan, now):
    session = sessions.announce(**plan)
    assert list(ClassSession.objects.upcoming(now=now)) == [session]
    assert (session.announced_by, session.announced_at) == (plan["by"], now)


def test_the_schedule_is_told(plan, django_capture_on_commit_callbacks):
    heard = []

    def listen(**_):
        heard.append("changed")

    schedule_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            sessions.announce(**plan)
    finally:
        schedule_changed.disconnect(listen)
    assert heard == ["changed"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda plan: {"starts_at": plan["now"]}, id="begins this moment"),
        pytest.param(
            lambda plan: {"starts_at": plan["now"] - timedelta(days=1)}, id="began yesterday"
        ),
        pytest.param(lambda plan: {"ends_at": plan["starts_at"]}, id="ends as it begins"),
        pytest.param(lambda plan: {"capacity": 0}, id="has no seats"),
    ],
)
def test_a_class_nobody_could_attend_is_refused(plan, change):
    with pytest.raises(CannotAnnounce):
        sessions.announce(**{**plan, **change(plan)})
    assert not ClassSession.objects.exists()


def test_the_schedule_shows_what_lies_ahead_soonest_first(make_session, now):
    later = make_session(starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=10))
    sooner = make_session(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=3))
    make_session(starts_at=now, ends_at=now + timedelta(hours=1))
    make_session(state="called_off")
    assert list(ClassSession.objects.upcoming(now=now)) == [sooner, later]


def test_a_full_class_stays_on_the_schedule_but_is_not_offered(make_session, now):
    full = make_session(capacity=2, seats_taken=2)
    free = make_session(capacity=2, seats_taken=1)
    assert set(ClassSession.objects.upcoming(now=now)) == {full, free}
    assert list(ClassSession.objects.open_for_registration(now=now)) == [free]


def test_the_desk_also_sees_what_was_held_or_called_off(make_session, now):
    held = make_session(starts_at=now - timedelta(days=3), ends_at=now - timedelta(days=2))
    make_session(starts_at=now - timedelta(days=90), ends_at=now - timedelta(days=89))
    called_off = make_session(state="called_off")
    rows = ClassSession.objects.staff_list(since=now - timedelta(days=30))
    assert list(rows) == [held, called_off]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({}, None, id="open"),
        pytest.param({"seats_taken": 10}, ClosedBecause.FULL, id="full"),
        pytest.param({"state": "called_off"}, ClosedBecause.CALLED_OFF, id="called off"),
        pytest.param(
            {"state": "called_off", "seats_taken": 10}, ClosedBecause.CALLED_OFF, id="both"
        ),
    ],
)
def test_a_session_says_why_it_is_closed(make_session, now, changes, reason):
    assert make_session(**changes).closed_because(now=now) is reason


def test_a_session_is_closed_from_the_moment_it_begins(make_session):
    session = make_session()
    assert session.closed_because(now=session.starts_at) is ClosedBecause.BEGUN


def test_a_session_tells_its_seats_in_a_word(make_session):
    assert make_session(capacity=10, seats_taken=8).seat_word is SeatWord.FEW
