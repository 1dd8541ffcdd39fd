"""A stand-in for Twilio's message API: what it was asked, what it took, and every way to fail.

It runs in a thread of the tests, or in a process of its own: `python -m
tests.notifications.stand_in SECONDS_TO_ANSWER` prints its address and answers until it is ended.
"""

import asyncio
import socket
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import Enum, auto
from threading import Event, Lock, Thread

from aiohttp import web


class Fault(Enum):
    """What can go wrong with one request."""

    RESET_BEFORE = auto()  # the connection is cut, and nothing was taken
    RESET_AFTER = auto()  # taken, and cut instead of the answer
    HANG = auto()  # taken, and no answer ever comes
    ERROR_AFTER = auto()  # taken, and 500
    UNAVAILABLE = auto()  # 503, nothing was taken
    BUSY = auto()  # 429 with Retry-After, nothing was taken


CUT = (Fault.RESET_BEFORE, 0)
TOOK_IT = frozenset({Fault.RESET_AFTER, Fault.HANG, Fault.ERROR_AFTER})

Request = dict[str, str]
# HTTP status or fault, and Twilio's error code.
Answer = tuple[int | Fault, int]


def always_well(form: Request) -> Answer:
    return 201, 0


@dataclass
class Carrier:
    """What was asked for and taken, and how to answer: by number, or as `plan` says."""

    url: str = ""
    seconds_to_answer: float = 0.0
    retry_after: str = "1"
    answers: dict[str, Answer] = field(default_factory=dict)
    plan: Callable[[Request], Answer] = always_well
    requests: list[Request] = field(default_factory=list)
    taken: list[dict[str, str]] = field(default_factory=list)
    look_ups: list[str] = field(default_factory=list)
    cannot_list: bool = False
    lock: Lock = field(default_factory=Lock)

    def settings(self) -> dict[str, str]:
        """The settings, or the environment, that lead here."""
        return {
            "SMS_BACKEND": "twilio",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "only-for-tests",
            "TWILIO_SMS_FROM": "+815000000000",
            "TWILIO_API_BASE": self.url,
        }

    def times_sent(self) -> Counter[str]:
        with self.lock:
            return Counter(request["To"] for request in self.requests)

    def times_taken(self) -> Counter[str]:
        """How often each number got a text."""
        with self.lock:
            return Counter(text["to"] for text in self.taken)

    def sent_twice(self) -> list[str]:
        return [number for number, times in self.times_sent().items() if times > 1]

    def got_twice(self) -> list[str]:
        return [number for number, times in self.times_taken().items() if times > 1]

    def answer_to(self, form: Request) -> Answer:
        return self.answers.get(form["To"]) or self.plan(form)

    def take(self, form: Request) -> dict[str, str]:
        with self.lock:
            text = {
                "sid": f"SM{len(self.taken):032d}",
                "to": form["To"],
                "body": form["Body"],
                "status": "queued",
                "direction": "outbound-api",
                "date_created": format_datetime(datetime.now(UTC)),
            }
            self.taken.append(text)
            return text


class _Api:
    """The part of Twilio's API that the house uses."""

    def __init__(self, carrier: Carrier, ended: asyncio.Event) -> None:
        self._carrier, self._ended = carrier, ended

    def app(self) -> web.Application:
        app = web.Application()
        messages = "/2010-04-01/Accounts/{account}/Messages.json"
        app.add_routes([web.post(messages, self.send), web.get(messages, self.list)])
        return app

    async def send(self, request: web.Request) -> web.StreamResponse:
        carrier = self._carrier
        form = {key: str(value) for key, value in (await request.post()).items()}
        with carrier.lock:
            carrier.requests.append(form)
        status, code = carrier.answer_to(form)
        text = carrier.take(form) if status in {200, 201} or status in TOOK_IT else {}
        if status is Fault.HANG:
            await self._ended.wait()
        await asyncio.sleep(carrier.seconds_to_answer)
        if status in {Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.HANG}:
            return _reset(request)
        status = _STATUS.get(status, status)
        if text and status == 201:
            return web.json_response(text, status=status)
        headers = {"Retry-After": carrier.retry_after} if status == 429 else {}
        body = {"code": code, "message": f"refused {form['To']}", "status": status}
        return web.json_response(body, status=status, headers=headers)

    async def list(self, request: web.Request) -> web.Response:
        carrier, query = self._carrier, request.query
        with carrier.lock:
            carrier.look_ups.append(query["To"])
            found = [text for text in reversed(carrier.taken) if text["to"] == query["To"]]
        if carrier.cannot_list:
            return web.json_response({}, status=503)
        page, size = int(query.get("Page", 0)), int(query.get("PageSize", 50))
        part = found[page * size : (page + 1) * size]
        more = len(found) > (page + 1) * size
        following = request.rel_url.update_query(Page=page + 1, PageSize=size)
        return web.json_response(
            {"messages": part, "next_page_uri": str(following) if more else None}
        )


_STATUS = {Fault.ERROR_AFTER: 500, Fault.UNAVAILABLE: 503, Fault.BUSY: 429}


def _reset(request: web.Request) -> web.Response:
    """Cut the connection as a host does that goes down, without a word of farewell."""
    if request.transport is not None:
        connection: socket.socket = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()


async def _serve(carrier: Carrier, ready: Callable[[], None], ended: asyncio.Event) -> None:
    runner = web.AppRunner(_Api(carrier, ended).app(), access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    carrier.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    ready()
    await ended.wait()
    await runner.cleanup()


@contextmanager
def running_carrier() -> Iterator[Carrier]:
    carrier, ready = Carrier(), Event()
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    thread = Thread(target=lambda: loop.run_until_complete(_serve(carrier, ready.set, ended)))
    thread.start()
    try:
        assert ready.wait(timeout=10), "The stand-in did not start."
        yield carrier
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


if __name__ == "__main__":
    alone = Carrier(seconds_to_answer=float(sys.argv[1]))
    asyncio.run(_serve(alone, lambda: print(alone.url, flush=True), asyncio.Event()))  # noqa: T201
