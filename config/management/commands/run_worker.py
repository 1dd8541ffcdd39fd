import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from notifications.actions import sending_stops
from notifications.actions.callbacks import poll_stale
from notifications.actions.deliveries import deliver_due
from outreach.classes.actions import offers
from outreach.desk.actions.announcement_queue import queue_scheduled
from outreach.people.actions import message_tasks
from outreach.visits.actions import stuck

logger = logging.getLogger(__name__)

TICK_SECONDS = 1


@dataclass(slots=True)
class Job:
    """Something the worker does again and again; the first time at once."""

    name: str
    every: timedelta
    run: Callable[[], str]
    due_at: float = field(default=0.0)

    def run_if_due(self) -> str:
        """Run when its time has come; a failure is logged and the job tried again next time."""
        if monotonic() < self.due_at:
            return ""
        self.due_at = monotonic() + self.every.total_seconds()
        try:
            return self.run()
        except Exception:
            logger.exception("The job %s failed; it is tried again later.", self.name)
            return ""


class Command(BaseCommand):
    """Everything that happens without anybody asking: sending, and queueing what falls due."""

    help = (
        "Sends messages every few seconds, queues announcements at their time and reminders that "
        "fall due every hour, until "
        "it is stopped (SIGTERM or Ctrl-C). A job that fails is logged and does not stop the "
        "others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do each job once and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Event()
        before = {
            number: signal.signal(number, lambda *_: stopping.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self._work(self._jobs(stopping), stopping, once=options["once"])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _jobs(self, stopping: Event) -> list[Job]:
        return [
            Job("queue_reminders", timedelta(hours=1), self._queue_reminders),
            Job("queue_announcements", timedelta(seconds=10), lambda: _announce(stopping)),
            Job("deliver_messages", timedelta(seconds=5), lambda: _deliver(stopping)),
            Job("end_offers", timedelta(minutes=1), _end_offers),
            Job("ask_statuses", timedelta(minutes=10), _ask_statuses),
            Job("open_tasks", timedelta(minutes=10), _open_tasks),
            Job("open_stuck", timedelta(hours=1), _open_stuck),
        ]

    def _queue_reminders(self) -> str:
        call_command("queue_reminders", stdout=self.stdout, stderr=self.stderr)
        return ""

    def _work(self, jobs: list[Job], stopping: Event, *, once: bool) -> None:
        said = dict.fromkeys((job.name for job in jobs), "")
        while not stopping.is_set():
            for job in jobs:
                line = job.run_if_due()
                # Said once, not every few seconds.
                if line and line != said[job.name]:
                    self.stdout.write(f"{job.name}: {line}")
                    self.stdout.flush()
                said[job.name] = line or said[job.name]
            if once:
                return
            stopping.wait(TICK_SECONDS)
            close_old_connections()


def _ask_statuses() -> str:
    changed = poll_stale(now=timezone.now())
    return f"messages the carrier had not spoken of: {changed}" if changed else ""


def _open_tasks() -> str:
    opened = message_tasks.open_missing(now=timezone.now())
    return f"tasks that were missing: {opened}" if opened else ""


def _open_stuck() -> str:
    opened = stuck.open_for_late(now=timezone.now())
    return f"steps of visit requests that do not move: {opened}" if opened else ""


def _announce(stopping: Event) -> str:
    queued = queue_scheduled(now=timezone.now(), stop=stopping.is_set)
    return f"queued {queued}" if queued else ""


def _end_offers() -> str:
    ended = offers.end_run_out(now=timezone.now())
    return f"offers of a seat that ran out: {ended}" if ended else ""


def _deliver(stopping: Event) -> str:
    counts = deliver_due(now=timezone.now(), stop=stopping.is_set)
    if why := sending_stops.why_nothing_goes():
        return f"{why} Messages waiting: {counts['waiting']}."
    return ", ".join(f"{state} {count}" for state, count in counts.items() if count)
