import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from notifications.actions import sending_stops
from notifications.actions.deliveries import COUNTED, deliver_due

PAUSE_SECONDS = 3


class Command(BaseCommand):
    """Sends what is due; safe to kill at any instant and to run many times in parallel."""

    help = (
        "Sends the messages that are due. Without --once it keeps looking for more until it is "
        "stopped (SIGTERM or Ctrl-C): the call it is in is finished, the rest stays queued. "
        "Safe to kill at any instant and to run many times in parallel. With SENDING_ALLOWED "
        "off, or while the staff or a ceiling of the day have stopped it, nothing is sent and the "
        "number of waiting messages is shown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Event()
        before = {
            number: signal.signal(number, lambda *_: stopping.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            said = self._deliver(stopping, said="")
            while not options["once"] and not stopping.wait(PAUSE_SECONDS):
                close_old_connections()
                said = self._deliver(stopping, said=said)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _deliver(self, stopping: Event, *, said: str) -> str:
        """Deliver once; a loop says again only what has changed."""
        counts = deliver_due(now=timezone.now(), stop=stopping.is_set)
        line = ", ".join(f"{state} {counts[state]}" for state in COUNTED[:-1])
        if why := sending_stops.why_nothing_goes():
            # What went out before a ceiling stopped the rest is worth saying too.
            done = f"{line}. " if counts["sent"] else ""
            line = f"{done}{why} Messages waiting: {counts['waiting']}."
        if line != said:
            self.stdout.write(line)
            self.stdout.flush()
        return line
