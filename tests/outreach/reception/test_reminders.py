"""Somebody is reminded the day before, once, of the time that stands."""

from datetime import timedelta

import pytest

from notifications.models import Message
from outreach.reception.actions import appointments, reminders
from tests.cast import LI_NA

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointment(make_day, book):
    return book(make_day(), LI_NA)


@pytest.fixture
def eve(appointment):
    return appointment.starts_at - timedelta(hours=23)


def reminded():
    return list(Message.objects.filter(purpose="appointment-reminder").order_by("pk"))


def test_one_day_before_and_once(appointment, eve):
    assert reminders.queue(now=eve - timedelta(days=1)) == 0
    assert reminders.queue(now=eve) == 1
    assert reminders.queue(now=eve + timedelta(hours=1)) == 0
    (message,) = reminded()
    assert (message.language, message.useless_after) == ("zh-hans", appointment.starts_at)


def test_who_booked_the_day_before_has_just_read_it(make_day, book, now):
    tomorrow = make_day(on=now.date() + timedelta(days=1))
    book(tomorrow, LI_NA)
    assert reminders.queue(now=now + timedelta(hours=2)) == 0


def test_a_change_takes_the_reminder_back_and_reminds_anew(appointment, make_day, eve):
    reminders.queue(now=eve)
    later = make_day(on=appointment.day.on + timedelta(days=6))
    appointments.change(appointment=appointment, day=later, starts_at=later.opens_at, now=eve)
    assert [message.state for message in reminded()] == ["dropped"]
    assert reminders.queue(now=later.opens_at - timedelta(hours=20)) == 1


def test_a_cancelled_time_is_not_reminded_of(appointment, eve):
    reminders.queue(now=eve)
    appointments.cancel(appointment=appointment, now=eve)
    assert [message.state for message in reminded()] == ["dropped"]
    assert reminders.queue(now=eve) == 0
