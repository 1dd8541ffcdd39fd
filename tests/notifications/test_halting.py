"""Somebody stops all sending while a round is under way."""

from threading import Thread
from time import monotonic, sleep

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from notifications.actions import sending_stops
from notifications.actions.deliveries import deliver_due
from notifications.models import Message
from notifications.rules.phones import parse_phone
from notifications.transports.twilio_sms import TwilioSms
from tests.cast import LINH
from tests.notifications.conftest import write_down

pytestmark = pytest.mark.django_db(transaction=True)

MESSAGES = 60


@pytest.fixture
def slow_round(queue, carrier, monkeypatch):
    """So many SMS to a carrier that takes its time: seconds pass before all are out."""
    monkeypatch.setattr(TwilioSms, "concurrency", 10)
    monkeypatch.setattr("notifications.actions.deliveries.LOOK_AT_THE_SWITCH_SECONDS", 0.2)
    now = timezone.now()
    for one in range(MESSAGES):
        queue(write_down(LINH, phone=parse_phone(f"090-0000-{one:04d}")), now=now)
    carrier.seconds_to_answer = 0.5
    return carrier


def press_once_it_sends(carrier, by):
    """Stop all sending, from another thread, as soon as the carrier has its first call."""

    def press() -> None:
        try:
            until = monotonic() + 20
            while not carrier.requests and monotonic() < until:
                sleep(0.02)
            sending_stops.stop(reason="文面の誤り", by=by, now=timezone.now())
        finally:
            connection.close()

    thread = Thread(target=press)
    thread.start()
    return thread


def test_a_stop_by_a_person_halts_the_round_and_the_rest_waits(slow_round):
    pressing = press_once_it_sends(slow_round, User.objects.create(username="madoguchi"))

    counted = deliver_due(now=timezone.now())

    pressing.join()
    assert 0 < counted["sent"] == len(slow_round.requests) < MESSAGES
    assert counted["waiting"] == MESSAGES - counted["sent"]
    states = set(Message.objects.values_list("state", flat=True))
    assert states == {"sent", "queued"}


def test_control_without_a_stop_everything_goes_out(slow_round):
    assert deliver_due(now=timezone.now())["sent"] == MESSAGES


def test_a_stop_by_a_ceiling_lets_go_out_what_was_claimed_below_it(slow_round, settings):
    settings.DAILY_SMS_CEILING = str(MESSAGES - 1)

    counted = deliver_due(now=timezone.now())

    assert counted["sent"] == len(slow_round.requests) == MESSAGES - 1
    assert counted["waiting"] == 1
