from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from config.management.commands import run_worker
from notifications.actions import messages, sending_stops
from notifications.models import Message
from outreach.people.models import Task
from tests.cast import LINH
from tests.notifications.conftest import TEMPLATES, write_down


@pytest.fixture
def waiting(db, settings, now):
    """One message that waits to be delivered."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [TEMPLATES]}]
    return messages.enqueue(
        contact=write_down(LINH),
        purpose="visit",
        reference="one",
        template="town/messages/notice",
        context={"topic": "教室", "starts_at": now},
        now=now,
    )


def work_once():
    out = StringIO()
    call_command("run_worker", "--once", stdout=out)
    return out.getvalue()


def test_the_worker_delivers_and_queues_reminders(waiting):
    assert "deliver_messages: sent 1" in work_once()
    assert Message.objects.get(pk=waiting.pk).state == "sent"


def test_the_worker_says_that_sending_is_off(waiting, settings):
    settings.SENDING_ALLOWED = False

    assert "Sending is off (SENDING_ALLOWED). Messages waiting: 1." in work_once()


def test_the_worker_says_that_and_why_sending_is_stopped(waiting, now):
    sending_stops.stop(reason="文面の誤り", by=None, now=now)

    assert "Sending is stopped: 文面の誤り Messages waiting: 1." in work_once()
    assert Message.objects.get(pk=waiting.pk).state == "queued"


def test_a_job_that_fails_is_logged_and_does_not_stop_the_others(waiting, monkeypatch, caplog):
    def fail(name, **options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(run_worker, "call_command", fail)

    assert "deliver_messages: sent 1" in work_once()
    assert "The job queue_reminders failed" in caplog.text


def test_the_worker_queues_what_is_due(monkeypatch, db):
    monkeypatch.setattr(run_worker, "queue_scheduled", lambda *, now, stop: 7)

    assert "queue_announcements: queued 7" in work_once()


def test_a_job_waits_for_its_next_turn():
    ran = []
    job = run_worker.Job("count", run_worker.timedelta(hours=1), lambda: ran.append(1) or "once")

    assert job.run_if_due() == "once"
    assert job.run_if_due() == ""
    assert ran == [1]


def test_the_worker_opens_the_task_a_dead_process_did_not(waiting, now):
    Message.objects.update(state="failed", channel="letter")
    waiting.events.create(state="failed", at=timezone.now())

    assert "open_tasks: tasks that were missing: 1" in work_once()
    assert Task.objects.get().message == waiting
