"""Call carriers, many at a time, from an event loop in a thread of its own.

That thread never touches the database, and the thread that does never waits for a carrier inside
a transaction: while one batch is written down, the next one is being sent.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from notifications import reasons
from notifications.actions import claims, pauses
from notifications.actions.claims import Claim
from notifications.actions.outcomes import Outcome
from notifications.models import Message
from notifications.rules.retries import ATTEMPTS_AT_A_CLOSED_DOOR, pause_before_next
from notifications.transports import (
    DeliveryError,
    DeliveryInDoubt,
    FindingTransport,
    Transport,
    look_up_delay,
    transport_named,
)

logger = logging.getLogger(__name__)

# A carrier that is back so soon is waited for; for a longer pause messages go back to the queue.
SHORT_PAUSE = timedelta(seconds=5)
# How long results are gathered before they are written down together.
GATHER_SECONDS = 0.2
# A call ends within this part of a claim, and none begins when less than it is left: no answer
# comes after the claim has run out.
CALLS_IN_A_CLAIM = 10
_LOOK_AGAIN_SECONDS = 0.1
_SIGN_OF_LIFE_SECONDS = 5.0

Found = str | None | DeliveryInDoubt
_T = TypeVar("_T")


class Clock:
    """The caller's `now`, moving on as long calls take their time."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, monotonic()

    def now(self) -> datetime:
        return self._now + timedelta(seconds=monotonic() - self._started)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one message of a claim."""

    claim: UUID
    outcome: Outcome


class Lane:
    """One carrier: a door that only so many calls pass at a time, and that can be shut."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.door = asyncio.Semaphore(transport.concurrency)
        self.shut_until = pauses.until(transport.name)

    def shut(self, until: datetime) -> None:
        self.shut_until = max(until, self.shut_until or until)

    def opens_in(self, now: datetime) -> timedelta:
        return (self.shut_until or now) - now


class Switchboard:
    """Places the calls of one round of deliveries; a context manager that hangs up at its end.

    `stop` is asked before each call; once it says yes, no further call begins.
    """

    def __init__(self, clock: Clock, stop: Callable[[], bool]) -> None:
        self._clock, self._stop = clock, stop
        self._hanging_up = False
        self._lanes: dict[str, Lane] = {}
        self._results: SimpleQueue[Result] = SimpleQueue()
        self._under_way: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="switchboard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hanging_up = True
        if self._thread.is_alive():
            self._in_loop(self._hang_up())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()
        now = self._clock.now()
        for name, lane in self._lanes.items():
            if lane.shut_until is not None and lane.shut_until > now:
                pauses.remember(name, until=lane.shut_until, now=now)

    def is_open(self, carrier: str) -> bool:
        """Whether a carrier takes messages now, or in a moment."""
        try:
            lane = self._lane(carrier)
        except Exception as fault:
            # A transport that its settings keep from starting must not keep the others.
            logger.error("The carrier %s cannot be used: %s", carrier, type(fault).__name__)
            return False
        return lane.opens_in(self._clock.now()) <= SHORT_PAUSE

    def send(self, claim: Claim) -> None:
        """Begin to send a claimed batch; what becomes of it comes out of `results`."""
        jobs = [(message, self._lane(message.carrier)) for message in claim.messages]
        self._loop.call_soon_threadsafe(self._begin, claim, jobs)

    def results(self, *, at_most: int) -> list[Result]:
        """At least one result, and whatever else comes in with it. Blocks until there is one."""
        found = [self._first()]
        until = monotonic() + GATHER_SECONDS
        while len(found) < at_most and (left := until - monotonic()) > 0:
            try:
                found.append(self._results.get(timeout=left))
            except Empty:
                break
        return found

    def look_up(self, messages: Sequence[Message]) -> list[Found]:
        """What the carrier says about each message in doubt: its id, None if it has not got it."""
        return self._in_loop(self._look_all_up(messages))

    def _lane(self, carrier: str) -> Lane:
        if carrier not in self._lanes:
            self._lanes[carrier] = Lane(transport_named(carrier))
        return self._lanes[carrier]

    def _first(self) -> Result:
        while True:
            try:
                return self._results.get(timeout=_SIGN_OF_LIFE_SECONDS)
            except Empty:
                if not self._thread.is_alive():
                    raise RuntimeError("The thread that calls the carriers has died.") from None

    def _in_loop(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    # What follows runs in the event loop.

    def _begin(self, claim: Claim, jobs: list[tuple[Message, Lane]]) -> None:
        for message, lane in jobs:
            task = self._loop.create_task(self._deliver(message, lane, claim))
            # The loop itself holds its tasks weakly.
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _deliver(self, message: Message, lane: Lane, claim: Claim) -> None:
        limit = claims.lasts() / CALLS_IN_A_CLAIM
        async with lane.door:
            if await self._may_begin(lane, claim.expires_at - limit):
                outcome = await self._call(message, lane, limit.total_seconds())
            else:
                shut = lane.opens_in(self._clock.now()) > timedelta(0)
                outcome = Outcome(
                    message,
                    Message.State.QUEUED,
                    message.reason,
                    not_before=lane.shut_until if shut else None,
                )
        self._results.put(Result(claim.token, outcome))

    async def _may_begin(self, lane: Lane, begin_by: datetime) -> bool:
        while True:
            now = self._clock.now()
            if self._hanging_up or self._stop() or now > begin_by:
                return False
            pause = lane.opens_in(now)
            if pause <= timedelta(0):
                return True
            if pause > SHORT_PAUSE:
                return False
            await asyncio.sleep(min(pause.total_seconds(), _LOOK_AGAIN_SECONDS))

    async def _call(self, message: Message, lane: Lane, seconds: float) -> Outcome:
        carrier = lane.transport.name
        try:
            async with asyncio.timeout(seconds):
                provider_id = await lane.transport.send(message)
        except DeliveryError as error:
            return self._refused(message, lane, error)
        except DeliveryInDoubt as doubt:
            logger.warning("%s is in doubt: %s", message, doubt)
        except BaseException as fault:
            # Whatever went wrong, the call may have begun. The text of the fault stays out of
            # the log: it can hold the number or the words of the message.
            logger.error("%s is in doubt after %s", message, type(fault).__name__)
        else:
            state = Message.State.SENT
            return Outcome(message, state, provider_id=provider_id, carrier=carrier, calls=1)
        return Outcome(
            message,
            Message.State.UNKNOWN,
            reasons.in_house_language(reasons.IN_DOUBT),
            carrier=carrier,
            calls=1,
            look_up_at=self._clock.now() + look_up_delay(carrier),
        )

    def _refused(self, message: Message, lane: Lane, error: DeliveryError) -> Outcome:
        said, now, attempts = str(error), self._clock.now(), message.attempts + 1
        if error.permanent:
            state, again_at = Message.State.FAILED, None
        else:
            state = Message.State.QUEUED
            if error.retry_after is not None:
                again_at = now + error.retry_after
                lane.shut(again_at)
                too_often = attempts >= ATTEMPTS_AT_A_CLOSED_DOOR
            else:
                pause = pause_before_next(attempts)
                too_often, again_at = pause is None, now + pause if pause else None
            if too_often:
                state, again_at = Message.State.HELD, None
                gave_up = reasons.in_house_language(reasons.GAVE_UP)
                said = gave_up % {"attempts": attempts, "answer": said}
        return Outcome(
            message,
            state,
            said,
            carrier=lane.transport.name,
            calls=1,
            not_before=again_at,
            point_state=error.point_state,
        )

    async def _look_all_up(self, messages: Sequence[Message]) -> list[Found]:
        return await asyncio.gather(*(self._look_up(message) for message in messages))

    async def _look_up(self, message: Message) -> Found:
        try:
            lane = self._lane(message.carrier)
            if not isinstance(lane.transport, FindingTransport):
                raise DeliveryInDoubt(f"{message.carrier} cannot be asked.")
            limit = claims.lasts() / CALLS_IN_A_CLAIM
            async with lane.door, asyncio.timeout(limit.total_seconds()):
                return await lane.transport.find(message)
        except DeliveryInDoubt as doubt:
            return doubt
        except Exception as fault:
            # As above: its words may hold the number.
            return DeliveryInDoubt(type(fault).__name__)

    async def _hang_up(self) -> None:
        """Let the calls that have begun end, then give back the connections."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        for lane in self._lanes.values():
            await lane.transport.close()
        await self._loop.shutdown_asyncgens()
