"""Reminders a week and a day before, once each, to those who still come."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from notifications.actions import ladder
from notifications.actions.one_by_one import SomeNotQueued
from notifications.models import Contact, Message
from outreach.classes.actions import changes, registrations, reminders
from outreach.classes.models import ClassSession
from outreach.classes.reminders import due
from tests.cast import AKIKO, HARU, LINH
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db


def october(day: int, hour: int = 9) -> datetime:
    """The class of the fixtures is on 22 October at ten."""
    return datetime(2026, 10, day, hour, 0, tzinfo=TOKYO)


@pytest.fixture
def session(make_session):
    return make_session()


@pytest.fixture
def register(session, resident):
    def take(character, at):
        return registrations.register(
            session=session, person=resident(character), submission=uuid4(), how="web", now=at
        )

    return take


def sent():
    rows = Message.objects.filter(purpose="class-reminder").order_by("pk")
    return [row.reference for row in rows]


def test_the_two_reminders_come_in_their_turn(session, register):
    registration = register(LINH, october(1))
    assert reminders.queue(now=october(14)) == 0
    assert reminders.queue(now=october(15)) == 1
    assert reminders.queue(now=october(20)) == 0
    assert reminders.queue(now=october(21)) == 1
    assert reminders.queue(now=october(22)) == 0
    key = f"class-reminder:{registration.pk}"
    assert sent() == [f"{key}:7", f"{key}:1"]
    assert {row.useless_after for row in Message.objects.filter(purpose="class-reminder")} == {
        session.starts_at
    }


def test_running_again_and_again_sends_once(register):
    register(LINH, october(1))
    register(HARU, october(1))
    assert [reminders.queue(now=october(15)) for _ in range(3)] == [2, 0, 0]


def test_a_clock_that_was_set_back_sends_nothing_twice(register):
    register(LINH, october(1))
    reminders.queue(now=october(21))
    assert reminders.queue(now=october(15)) == 1
    assert reminders.queue(now=october(21)) == 0
    assert len(sent()) == 2


def test_who_registers_within_the_week_is_reminded_on_the_eve_only(register):
    registration = register(LINH, october(17, 12))
    assert reminders.queue(now=october(17, 13)) == 0
    assert reminders.queue(now=october(21)) == 1
    assert sent() == [f"class-reminder:{registration.pk}:1"]


def test_who_registers_on_the_eve_has_just_been_told(register):
    register(LINH, october(21, 12))
    assert reminders.queue(now=october(21, 13)) == 0


def test_a_worker_that_stood_still_sends_only_the_nearest(register):
    registration = register(LINH, october(1))
    assert reminders.queue(now=october(21)) == 1
    assert sent() == [f"class-reminder:{registration.pk}:1"]


def test_nobody_is_reminded_of_a_class_that_was_called_off(session, register):
    register(LINH, october(1))
    ClassSession.objects.filter(pk=session.pk).update(state="called_off")
    assert reminders.queue(now=october(15)) == 0


def test_nobody_is_reminded_of_a_seat_they_gave_back(register):
    registrations.cancel(registration=register(LINH, october(1)), now=october(2))
    assert reminders.queue(now=october(15)) == 0


def test_a_seat_given_back_while_the_reminders_run_is_left_out(register):
    kept, given_back = register(LINH, october(1)), register(AKIKO, october(1))
    found = due(now=october(15))
    first = next(found)
    assert first.registration == kept
    registrations.cancel(registration=given_back, now=october(15))
    assert reminders.queue(now=october(15)) == 1
    assert sent() == [f"class-reminder:{kept.pk}:7"]


def test_one_that_always_fails_stops_nobody_after_it(register, caplog):
    broken, sound = register(LINH, october(1)), register(HARU, october(1))
    Contact.objects.filter(pk=broken.person.contact_id).update(channel_order=7)

    for _ in range(2):
        with pytest.raises(SomeNotQueued) as fault:
            reminders.queue(now=october(15))

    assert (fault.value.queued, fault.value.failed) == (0, 1)
    assert sent() == [f"class-reminder:{sound.pk}:7"]
    assert f"class-reminder:{broken.pk}:7 failed: TypeError" in caplog.text
    assert LINH.name not in caplog.text
    assert "9000000012" not in caplog.text


@pytest.mark.parametrize("host", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_clock_of_the_host_does_not_move_the_day(register, host, monkeypatch):
    """An hour before midnight in town nothing is due yet, at midnight it is."""
    register(LINH, october(1))
    monkeypatch.setenv("TZ", host)
    time.tzset()
    try:
        with timezone.override(host):
            assert reminders.queue(now=october(14, 23)) == 0
            assert reminders.queue(now=october(15, 0)) == 1
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("starts_at", "not_yet", "due_at"),
    [
        pytest.param(
            datetime(2026, 3, 29, 8, tzinfo=UTC),
            datetime(2026, 3, 27, 22, 59, tzinfo=UTC),
            datetime(2026, 3, 27, 23, 0, tzinfo=UTC),
            id="the clock springs forward on the day",
        ),
        pytest.param(
            datetime(2026, 10, 25, 9, tzinfo=UTC),
            datetime(2026, 10, 23, 21, 59, tzinfo=UTC),
            datetime(2026, 10, 23, 22, 0, tzinfo=UTC),
            id="the clock is set back on the day",
        ),
        pytest.param(
            datetime(2028, 3, 1, 9, tzinfo=UTC),
            datetime(2028, 2, 28, 22, 59, tzinfo=UTC),
            datetime(2028, 2, 28, 23, 0, tzinfo=UTC),
            id="the eve is 29 February",
        ),
    ],
)
def test_in_a_town_with_summer_time_a_day_begins_at_its_own_midnight(
    make_session, resident, settings, starts_at, not_yet, due_at
):
    settings.TIME_ZONE, settings.CLASS_REMINDER_DAYS = "Europe/Berlin", "1"
    session = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    registrations.register(
        session=session,
        person=resident(LINH),
        submission=uuid4(),
        how="web",
        now=starts_at - timedelta(days=20),
    )

    assert reminders.queue(now=not_yet) == 0
    assert reminders.queue(now=due_at) == 1


def test_a_seat_given_back_takes_its_waiting_attempts_by_other_channels_along(register):
    registration, other = register(AKIKO, october(1)), register(LINH, october(1))
    reminders.queue(now=october(15))
    for reference in (
        f"class-reminder:{registration.pk}:7",
        f"class-registration:{registration.pk}",
    ):
        first = Message.objects.get(reference=reference)
        Message.objects.filter(pk=first.pk).update(state="failed")
        assert ladder.climb(first, now=october(15)).reference == f"{reference}~2"

    registrations.cancel(registration=registration, now=october(16))

    attempts = Message.objects.filter(reference__endswith="~2")
    assert [one.state for one in attempts] == ["dropped", "dropped"]
    assert all(one.events.get(state="dropped").detail == one.reason for one in attempts)
    assert Message.objects.get(reference=f"class-reminder:{other.pk}:7").state == "queued"


def test_a_reminder_queued_under_another_setting_is_dropped_too(register, settings):
    settings.CLASS_REMINDER_DAYS = "5"
    registration = register(LINH, october(1))
    reminders.queue(now=october(17))
    settings.CLASS_REMINDER_DAYS = "7,1"

    registrations.cancel(registration=registration, now=october(17))

    assert Message.objects.get(reference=f"class-reminder:{registration.pk}:5").state == "dropped"


def test_the_days_are_a_setting(register, settings):
    settings.CLASS_REMINDER_DAYS = "3"
    registration = register(LINH, october(1))
    assert reminders.queue(now=october(15)) == 0
    assert reminders.queue(now=october(19)) == 1
    assert sent() == [f"class-reminder:{registration.pk}:3"]


def test_a_setting_without_days_sends_nothing(register, settings):
    settings.CLASS_REMINDER_DAYS = ""
    register(LINH, october(1))
    assert reminders.queue(now=october(21)) == 0


def test_an_early_class_is_found_a_whole_week_before(make_session, resident):
    dawn = make_session(starts_at=october(22, 6), ends_at=october(22, 8))
    registrations.register(
        session=dawn, person=resident(HARU), submission=uuid4(), how="phone", now=october(1)
    )
    assert reminders.queue(now=october(15, 0)) == 1
    evening = make_session(starts_at=october(22, 19), ends_at=october(22, 21))
    registrations.register(
        session=evening, person=resident(HARU), submission=uuid4(), how="phone", now=october(1)
    )
    assert reminders.queue(now=october(15, 0)) == 1


def test_of_a_class_that_is_moved_after_the_look_nobody_is_reminded(
    session, register, staff, monkeypatch
):
    register(LINH, october(1))
    found = list(due(now=october(15)))
    changes.move(
        session=session,
        starts_at=october(29),
        ends_at=october(29, 10),
        venue=session.venue,
        room="",
        now=october(15),
        by=staff("desk"),
    )
    monkeypatch.setattr(reminders, "due", lambda now: found)
    assert reminders.queue(now=october(15)) == 0


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_remind_everybody_once(register):
    for character in (LINH, HARU, AKIKO):
        register(character, october(1))
    workers = 4
    start = Barrier(workers)

    def work(_):
        start.wait(timeout=30)
        try:
            return reminders.queue(now=october(15))
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        counts = list(pool.map(work, range(workers)))
    assert len(sent()) == 3
    assert sum(counts) == 3


def test_a_reminder_is_kept_in_the_hundreds(register, session, django_assert_max_num_queries):
    register(LINH, october(1))
    with django_assert_max_num_queries(2):
        assert len(list(due(now=october(15) + timedelta(hours=1)))) == 1
