"""Many workers at once, and workers that are killed: nobody gets a message twice.

Each race has its control: the same scene with a claim that looks first and takes afterwards, in
which people do get it twice. A test that cannot fail proves nothing.
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from notifications.actions import claims
from notifications.actions.claims import Claim
from notifications.actions.deliveries import deliver_due
from notifications.models import Message
from notifications.rules.phones import parse_phone
from notifications.transports.twilio_sms import TwilioSms
from tests.cast import LINH
from tests.notifications.conftest import write_down

ROOT = Path(__file__).parents[2]
WORKERS = 4
MESSAGES = 60

pytestmark = pytest.mark.django_db(transaction=True)


def queue_for(numbers, queue):
    """One message each for many people, so that a number called twice is a message sent twice."""
    now = timezone.now()
    for number in numbers:
        phone = parse_phone(f"090-0000-{number:04d}")
        queue(write_down(LINH, phone=phone), now=now)


@pytest.fixture
def many(queue):
    queue_for(range(MESSAGES), queue)


def deliver_in_threads(monkeypatch, batch=7):
    monkeypatch.setattr("notifications.actions.deliveries.BATCH_SIZE", batch)
    start = Barrier(WORKERS)

    def work(_):
        try:
            start.wait(timeout=10)
            return deliver_due(now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, range(WORKERS)))


def test_threads_that_deliver_at_once_send_each_message_once(many, carrier, monkeypatch):
    counted = deliver_in_threads(monkeypatch)

    assert carrier.sent_twice() == []
    assert len(carrier.requests) == MESSAGES
    assert sum(counts["sent"] for counts in counted) == MESSAGES
    assert not Message.objects.exclude(state="sent").exists()


def test_control_a_claim_that_looks_first_sends_twice(many, carrier, monkeypatch):
    all_have_looked = Barrier(WORKERS)

    def naive(*, now, limit, of):
        messages = list(
            Message.objects.due(now=now).select_related("contact", "point").order_by("pk")[:limit]
        )
        all_have_looked.wait(timeout=10)
        token, expires_at = uuid4(), now + claims.lasts()
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(
            state="sending", claim=token, claim_expires_at=expires_at
        )
        for message in messages:
            message.carrier = "twilio"
        return Claim(token, expires_at, messages, [])

    monkeypatch.setattr(claims, "claim_due", naive)
    deliver_in_threads(monkeypatch, batch=MESSAGES)

    assert len(carrier.sent_twice()) == MESSAGES


def database_url():
    """The address of the tests' own database, for a process outside the tests."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    user = quote(values["USER"]) + (f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else "")
    return f"postgres://{user}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


@contextmanager
def worker_process(carrier, tmp_path, *arguments):
    environment = {
        **os.environ,
        **carrier.settings(),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
        "SENDING_ALLOWED": "1",
    }
    # The settings have been checked by the tests; checking again would only cost time.
    command = [sys.executable, "manage.py", "deliver_messages", "--skip-checks", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(happened, seconds=30):
    deadline = monotonic() + seconds
    while not happened():
        assert monotonic() < deadline, "It did not happen in time."
        sleep(0.02)


def test_two_processes_send_each_message_once(many, carrier, tmp_path):
    # Slow enough for the second to come while the first is at work.
    carrier.seconds_to_answer = 0.02
    with (
        worker_process(carrier, tmp_path, "--once") as first,
        worker_process(carrier, tmp_path, "--once") as second,
    ):
        said = [process.communicate(timeout=60) for process in (first, second)]

    assert [first.returncode, second.returncode] == [0, 0], said
    assert carrier.sent_twice() == []
    assert len(carrier.requests) == MESSAGES
    assert not Message.objects.exclude(state="sent").exists()


def test_a_killed_process_loses_nothing_and_nothing_goes_out_twice(many, carrier, tmp_path):
    carrier.seconds_to_answer = 0.02
    with worker_process(carrier, tmp_path, "--once") as victim:
        wait_until(lambda: len(carrier.requests) >= 5)
        victim.kill()
        victim.communicate()
    carrier.seconds_to_answer = 0.0

    deliver_due(now=timezone.now())
    counted = deliver_due(now=timezone.now() + claims.lasts())

    assert carrier.sent_twice() == []
    in_doubt = Message.objects.filter(state="unknown").count()
    assert counted["unknown"] == in_doubt > 0
    assert Message.objects.filter(state="sent").count() + in_doubt == MESSAGES
    # Whatever the victim may have sent without writing it down is before the staff.
    unsure = set(Message.objects.filter(state="unknown").values_list("point__value", flat=True))
    sent = set(Message.objects.filter(state="sent").values_list("point__value", flat=True))
    assert set(carrier.times_sent()) <= unsure | sent


def test_a_process_told_to_stop_finishes_its_calls_and_puts_the_rest_back(
    many, queue, carrier, tmp_path
):
    # More than are called at once, so that some have not begun.
    queue_for(range(MESSAGES, 3 * TwilioSms.concurrency), queue)
    carrier.seconds_to_answer = 0.5
    with worker_process(carrier, tmp_path) as process:
        wait_until(lambda: len(carrier.requests) >= 3)
        process.send_signal(signal.SIGTERM)
        said, complaints = process.communicate(timeout=20)

    assert process.returncode == 0, complaints
    sent = Message.objects.filter(state="sent").count()
    assert sent == len(carrier.requests) < 3 * TwilioSms.concurrency
    rest = 3 * TwilioSms.concurrency - sent
    assert Message.objects.filter(state="queued", claim=None).count() == rest
    assert f"sent {sent}, queued {rest}" in said.decode()


def test_a_process_waits_for_more_until_it_is_told_to_stop(queue, carrier, tmp_path):
    with worker_process(carrier, tmp_path) as process:
        queue(write_down(LINH), now=timezone.now() - timedelta(minutes=1))
        wait_until(lambda: carrier.requests)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)

    assert process.returncode == 0
