"""Send what is due: claim a batch, call the carrier, write down what came of it.

Three steps and two short transactions; none is open while a carrier is being called. A process
may be killed between any two lines: what it had claimed becomes UNKNOWN once the claim expires.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings

from notifications import reasons
from notifications.actions import claims, outcomes
from notifications.actions.claims import Claim
from notifications.actions.outcomes import Outcome
from notifications.models import Message
from notifications.transports import DeliveryError, DeliveryInDoubt, Transport, transport_for

logger = logging.getLogger(__name__)

BATCH_SIZE = 50
# No call begins so close to the end of a claim that its answer could come after it.
CALL_MARGIN = timedelta(minutes=1)
RETRY_AFTER = timedelta(minutes=2)

# What `deliver_due` counts: the states messages ended in, and those left alone because
# SENDING_ALLOWED is off.
COUNTED = ("sent", "queued", "failed", "dropped", "held", "unknown", "waiting")


def _never() -> bool:
    return False


class _Clock:
    """The caller's `now`, moving on as long batches take their time."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, monotonic()

    def now(self) -> datetime:
        return self._now + timedelta(seconds=monotonic() - self._started)


def deliver_due(*, now: datetime, stop: Callable[[], bool] = _never) -> dict[str, int]:
    """Send everything that is due at `now` and count what became of it, by state.

    With ``SENDING_ALLOWED`` off nothing is claimed and `waiting` says how many messages were due.
    `stop` is asked before each call; once it says yes, the rest of the batch goes back unsent.
    Must not be called inside a transaction.
    """
    clock = _Clock(now)
    counts = Counter(dict.fromkeys(COUNTED, 0))
    due = Message.objects.due(now=now)
    counts["unknown"] += claims.expire(now=now) if Message.objects.orphaned(now=now).exists() else 0
    if not settings.SENDING_ALLOWED:
        counts["waiting"] = due.count()
        return dict(counts)
    # Asking first keeps an idle worker from taking SQLite's only write lock every few seconds.
    while not stop() and due.exists():
        claim = claims.claim_due(now=clock.now(), limit=BATCH_SIZE)
        if claim is None:
            break
        results = list(_send_batch(claim, clock, stop))
        if results:
            outcomes.record(claim=claim.token, outcomes=results, now=clock.now())
        counts.update(outcome.state.value for outcome in (*claim.ruled_out, *results))
    return dict(counts)


def _send_batch(claim: Claim, clock: _Clock, stop: Callable[[], bool]) -> Iterator[Outcome]:
    """One outcome for each message of a claim, in the order they are sent."""
    transports: dict[str, Transport] = {}
    busy: dict[str, Outcome] = {}
    for message in claim.messages:
        if stop() or clock.now() > claim.expires_at - CALL_MARGIN:
            yield Outcome(message, Message.State.QUEUED)
        elif message.channel in busy:
            # The carrier has just asked us to come back later.
            pause = busy[message.channel]
            yield Outcome(message, pause.state, pause.reason, not_before=pause.not_before)
        else:
            transport = transports.setdefault(message.channel, transport_for(message.channel))
            outcome = _send(message, transport, clock)
            if outcome.state == Message.State.QUEUED:
                busy[message.channel] = outcome
            yield outcome


def _send(message: Message, transport: Transport, clock: _Clock) -> Outcome:
    try:
        provider_id = transport.send(message)
    except DeliveryError as error:
        if error.permanent:
            return Outcome(message, Message.State.FAILED, str(error), point_state=error.point_state)
        later = clock.now() + RETRY_AFTER
        return Outcome(message, Message.State.QUEUED, str(error), not_before=later)
    except DeliveryInDoubt as doubt:
        logger.warning("%s is in doubt: %s", message, doubt)
    except Exception as fault:
        # Whatever went wrong, the call may have begun. The text of the fault stays out of the
        # log: it can hold the number or the words of the message.
        logger.error("%s is in doubt after %s", message, type(fault).__name__)
    else:
        return Outcome(message, Message.State.SENT, provider_id=provider_id)
    return Outcome(message, Message.State.UNKNOWN, reasons.in_house_language(reasons.IN_DOUBT))
