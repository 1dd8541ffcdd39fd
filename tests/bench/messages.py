"""Messages: SMS a second through a provider that takes 100 ms, all bookkeeping included.

One stand-in on this machine, in a process of its own, answers them all:
(a) the `twilio` client in a loop;
(b) the same client in 32 threads;
(c) the package's own asynchronous client, 100 calls at a time, nothing written down;
(d) bare aiohttp, 100 calls at a time, nothing written down;
(e) `deliver_due` with one worker on SQLite and, where 127.0.0.1:5432 answers, on PostgreSQL:
    claimed, judged, sent, written down, with an event for each step.
They take turns, several rounds of each; medians and ratios are printed, and what a claim and a
record cost for each row. `python -m tests.bench.messages`
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

import psycopg
from aiohttp import ClientSession, TCPConnector
from twilio.http import HttpClient
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from tests.notifications.stand_in import Carrier

ROOT = Path(__file__).resolve().parents[2]
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
SECONDS_TO_ANSWER = 0.1
CALLS_AT_A_TIME = 100
ROUNDS = 5
IN_A_LOOP = 20
IN_THREADS = 640
AT_ONCE = 3000
SMS = {
    "to": "+819000000001",
    "from_": "+815000000000",
    "body": "鹿角市です。10月1日10:00から教室。変更は0186-00-0100 4KM9",
}

# What the product promises; the bench fails when it does not hold.
TIMES_THE_LOOP = 50
TIMES_THE_OWN_CLIENT = 0.7

Way = Callable[[], float]


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="todoke-bench-") as folder,
        databases(folder) as addresses,
        stand_in() as url,
        ExitStack() as houses,
    ):
        ways: dict[str, Way] = {
            "(a) twilio client in a loop": lambda: in_a_loop(url),
            "(b) twilio client, 32 threads": lambda: in_threads(url),
            "(c) twilio's own async client": lambda: asyncio.run(own_async(url)),
            "(d) bare aiohttp": lambda: asyncio.run(bare(url)),
        }
        costs: dict[str, list[dict[str, float]]] = {}
        for name, database in addresses.items():
            house = houses.enter_context(working_house(database, url))
            costs[f"(e) deliver_due, {name}"] = []
            ways[f"(e) deliver_due, {name}"] = _asking(house, costs[f"(e) deliver_due, {name}"])
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, measure in ways.items():
                rates[name].append(measure())
    if not report(rates, costs):
        sys.exit(1)


def report(rates: dict[str, list[float]], costs: dict[str, list[dict[str, float]]]) -> bool:
    """Print what was measured; whether all promises hold."""
    median = {name: statistics.median(measured) for name, measured in rates.items()}
    for name, measured in rates.items():
        spread = f"{min(measured):,.0f}–{max(measured):,.0f}"
        print(f"{name:<32} {median[name]:>9,.1f} SMS/s  ({spread})")
    loop, _, own, *_ = median.values()
    all_held = True
    for name, measured in costs.items():
        claim, record = (statistics.median(cost[step] for cost in measured) for step in _STEPS)
        by_loop, by_own = median[name] / loop, median[name] / own
        held = by_loop >= TIMES_THE_LOOP and by_own >= TIMES_THE_OWN_CLIENT
        all_held = all_held and held
        print(
            f"{name}: {by_loop:.0f} × the loop (at least {TIMES_THE_LOOP}), {by_own:.2f} × the "
            f"own async client (at least {TIMES_THE_OWN_CLIENT}): {'held' if held else 'NOT held'}"
            f"; a claim costs {claim:.3f} ms a row, a record {record:.3f} ms"
        )
    return all_held


_STEPS = ("claim", "record")


def in_a_loop(url: str) -> float:
    messages, began = _client(url).messages, perf_counter()
    for _ in range(IN_A_LOOP):
        messages.create(**SMS)
    return IN_A_LOOP / (perf_counter() - began)


def in_threads(url: str) -> float:
    messages = _client(url).messages
    with ThreadPoolExecutor(32) as pool:
        began = perf_counter()
        for sent in [pool.submit(messages.create, **SMS) for _ in range(IN_THREADS)]:
            sent.result()
        return IN_THREADS / (perf_counter() - began)


async def own_async(url: str) -> float:
    async with AsyncTwilioHttpClient() as http:
        messages = _client(url, http).messages
        return await _at_a_time(lambda: messages.create_async(**SMS))


async def bare(url: str) -> float:
    account = Carrier().settings()["TWILIO_ACCOUNT_SID"]
    address = f"{url}/2010-04-01/Accounts/{account}/Messages.json"
    form = {"To": SMS["to"], "From": SMS["from_"], "Body": SMS["body"]}
    async with ClientSession(connector=TCPConnector(limit=0)) as session:

        async def send() -> None:
            async with session.post(address, data=form) as answer:
                await answer.json()

        return await _at_a_time(send)


async def _at_a_time(send: Callable[[], Awaitable[object]]) -> float:
    left = iter(range(AT_ONCE))

    async def one_after_the_other() -> None:
        for _ in left:
            await send()

    began = perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(CALLS_AT_A_TIME)))
    return AT_ONCE / (perf_counter() - began)


def _client(url: str, http: HttpClient | None = None) -> Client:
    account = Carrier().settings()
    client = Client(account["TWILIO_ACCOUNT_SID"], account["TWILIO_AUTH_TOKEN"], http_client=http)
    client.api.base_url = url
    return client


@contextmanager
def stand_in() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.notifications.stand_in", str(SECONDS_TO_ANSWER)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield _line(process)
        finally:
            process.terminate()


@contextmanager
def working_house(database: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, because Django knows one database address."""
    environment = {
        **os.environ,
        **Carrier(url=url).settings(),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "SMS_HOURS": "",  # it may be night, or a holiday, when somebody measures
    }
    command = [sys.executable, "-m", "tests.bench.messages_house"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _asking(house: "subprocess.Popen[str]", costs: list[dict[str, float]]) -> Way:
    def measure() -> float:
        assert house.stdin is not None
        house.stdin.write("once more\n")
        house.stdin.flush()
        figures: dict[str, float] = json.loads(_line(house))
        costs.append(figures)
        return figures["rate"]

    return measure


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError(f"{process.args} has ended before it answered.")
    return line


@contextmanager
def databases(folder: str) -> Iterator[dict[str, str]]:
    """A scratch database of each kind that can be reached; PostgreSQL's is dropped afterwards."""
    found = {"SQLite": f"sqlite:///{folder}/bench.sqlite3"}
    if not _postgresql_answers():
        print("PostgreSQL: nothing answers on 127.0.0.1:5432, left out.")
        yield found
        return
    scratch = f"todoke_bench_{os.getpid()}"
    _postgresql(f'CREATE DATABASE "{scratch}"')
    try:
        yield {**found, "PostgreSQL": urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{scratch}"))}
    finally:
        _postgresql(f'DROP DATABASE "{scratch}" WITH (FORCE)')


def _postgresql_answers() -> bool:
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _postgresql(statement: str) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(statement)


if __name__ == "__main__":
    main()
