"""Send what is due: claim a batch, call the carriers, write down what came of it.

Claims and results are short transactions; none waits for a carrier. A process may be killed
between any two lines: what it had claimed becomes UNKNOWN once the claim expires, and
`doubts` asks the carrier about it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from time import monotonic

from django.conf import settings

from notifications.actions import claims, doubts, outcomes, sending_stops
from notifications.actions.calls import Clock, Result, Switchboard
from notifications.actions.outcomes import Outcome
from notifications.models import Message
from notifications.transports import can_be_asked, carrier_of

# How many messages are claimed at once, and how many of a channel may wait inside a process.
BATCH_SIZE = 500
# How soon a round under way halts when somebody stops all sending.
LOOK_AT_THE_SWITCH_SECONDS = 1.0
# The same for a carrier that cannot be asked what it has taken: whatever a process held when it
# was killed must then be decided by a person, one by one.
AT_RISK = 8

# What `deliver_due` counts: the states messages ended in, and those left alone because
# SENDING_ALLOWED is off.
COUNTED = ("sent", "queued", "failed", "dropped", "held", "unknown", "waiting")


def _never() -> bool:
    return False


def deliver_due(*, now: datetime, stop: Callable[[], bool] = _never) -> dict[str, int]:
    """Send everything that is due at `now` and count what became of it, by state.

    With ``SENDING_ALLOWED`` off, or while sending is stopped, nothing is claimed and `waiting`
    says how many messages are due; a stop by a person halts a round that is under way.
    `stop` is asked before each call, in another thread; once it says yes, what has not begun goes
    back unsent. Must not be called inside a transaction.
    """
    return _Round(now, stop).deliver()


def _most(channel: str) -> int:
    carrier = carrier_of(channel)
    if carrier and not can_be_asked(carrier):
        return min(AT_RISK, BATCH_SIZE)
    return BATCH_SIZE


class _Round:
    """One call of `deliver_due`: what it has counted, and what it has under way by channel."""

    def __init__(self, now: datetime, stop: Callable[[], bool]) -> None:
        self._now, self._told_to_stop, self._clock = now, stop, Clock(now)
        self._halted, self._look_again_at = False, 0.0
        self._counts = Counter(dict.fromkeys(COUNTED, 0))
        self._under_way: Counter[str] = Counter()
        self._in_doubt: set[int] = set()

    def deliver(self) -> dict[str, int]:
        if Message.objects.orphaned(now=self._now).exists():
            self._in_doubt.update(claims.expire(now=self._now))
        due = Message.objects.due(now=self._now).filter(channel__in=claims.channels())
        if not settings.SENDING_ALLOWED or sending_stops.standing():
            self._counts["waiting"] = due.count()
        # Asking first keeps an idle worker from taking SQLite's only write lock every few seconds.
        elif due.exists() or Message.objects.to_look_up(now=self._now).exists():
            with Switchboard(self._clock, self._stop) as switchboard:
                self._settle_doubts(switchboard)
                self._send_all(switchboard)
                # What cannot be looked up goes to a person in the same round.
                self._settle_doubts(switchboard)
            if sending_stops.standing():
                self._counts["waiting"] = due.count()
        self._counts["unknown"] = len(self._in_doubt)
        return dict(self._counts)

    def _send_all(self, switchboard: Switchboard) -> None:
        while True:
            self._look_at_the_switch()
            more = not self._stop() and self._claim(switchboard)
            # Two batches under way before the first is written down: the calls never wait.
            if more and self._under_way.total() < 2 * BATCH_SIZE:
                continue
            if not self._under_way.total():
                return
            self._write_down(switchboard.results(at_most=self._under_way.total()))

    def _stop(self) -> bool:
        return self._halted or self._told_to_stop()

    def _look_at_the_switch(self) -> None:
        """Halt at a person's stop. At a ceiling's, what was claimed below it still goes out."""
        if monotonic() >= self._look_again_at:
            self._look_again_at = monotonic() + LOOK_AT_THE_SWITCH_SECONDS
            stop = sending_stops.standing()
            self._halted = stop is not None and stop.stopped_by is not None

    def _claim(self, switchboard: Switchboard) -> bool:
        """Claim more and begin to send it; False when there is nothing to claim.

        A channel whose carrier is busy, or of which enough is waiting already, is left out: a
        slow carrier must not hold up the others.
        """
        portions: dict[int, list[str]] = {}
        for channel in claims.channels():
            carrier, most = carrier_of(channel), _most(channel)
            if self._under_way[channel] < most and (not carrier or switchboard.is_open(carrier)):
                portions.setdefault(most, []).append(channel)
        claimed = [self._claim_portion(switchboard, most, of) for most, of in portions.items()]
        return any(claimed)

    def _claim_portion(self, switchboard: Switchboard, most: int, of: list[str]) -> bool:
        if not Message.objects.due(now=self._now).filter(channel__in=of).exists():
            return False
        claim = claims.claim_due(now=self._clock.now(), limit=most, of=of)
        if claim is None:
            return False
        self._count(claim.ruled_out)
        self._under_way.update(message.channel for message in claim.messages)
        switchboard.send(claim)
        return True

    def _write_down(self, results: Iterable[Result]) -> None:
        of_claim = attrgetter("claim")
        for token, group in groupby(sorted(results, key=of_claim), key=of_claim):
            ended = [result.outcome for result in group]
            self._under_way.subtract(outcome.message.channel for outcome in ended)
            self._count(ended)
            outcomes.record(claim=token, outcomes=ended, now=self._clock.now())

    def _settle_doubts(self, switchboard: Switchboard) -> None:
        settled = doubts.settle(now=self._clock.now(), look_up=switchboard.look_up, stop=self._stop)
        self._in_doubt.difference_update(outcome.message.pk for outcome in settled)
        self._count(settled)

    def _count(self, ended: Iterable[Outcome]) -> None:
        for outcome in ended:
            if outcome.state == Message.State.UNKNOWN:
                self._in_doubt.add(outcome.message.pk)
            else:
                self._counts[outcome.state.value] += 1
