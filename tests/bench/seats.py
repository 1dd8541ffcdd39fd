"""Seats under a rush: the house's registration beside a bare conditional UPDATE, in one run.

200 browsers send the check page's form at the same moment for a class of 10 seats; twenty rounds
of each way, in turn, on one server as a city runs it (gunicorn, 2 processes with 4 threads, the
settings of production). Both ways pass the same middleware and the same CSRF check:
(1) bare: one UPDATE … WHERE seats_taken < capacity and, for who got a seat, one INSERT. No form,
    no line, no message, no reference; it answers the other 190 after that one statement.
(2) ours: the form read and guarded, the person identified or written down with their telephone,
    the seat or the number in line, the reference, the confirmation in the person's language in
    the outbox with its event, and the redirect to the signed page.
After every round: exactly 10 seats; 190 people in line, numbered 1 to 190 without a gap; 200
messages; not one answer but a redirect. Medians of the rounds and their ratio are printed, on
SQLite and, where one answers, on PostgreSQL.  `python -m tests.bench.seats [--rounds N]`
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from tests.bench.rush_crowd import Answers, press_together

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, SEATS, ROUNDS = 200, 10, 20
GOAL = 0.4


def main(rounds: int = ROUNDS) -> None:
    """Run on each database in a process of its own: Django settles on one for good."""
    with (
        tempfile.TemporaryDirectory(prefix="todoke-bench-seats-") as folder,
        databases(Path(folder)) as urls,
    ):
        for name, url in urls.items():
            print(f"{name}: {PEOPLE} people at once, {SEATS} seats, {rounds} rounds", flush=True)
            command = [sys.executable, "-m", "tests.bench.seats", "--rounds", str(rounds), "--here"]
            subprocess.run(command, check=True, cwd=ROOT, env=environment(Path(folder), url))


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """A fresh database of each kind; that on PostgreSQL is dropped afterwards."""
    import psycopg
    from psycopg import sql

    from tests.run import postgresql

    found = {"SQLite": f"sqlite:///{folder}/rush.sqlite3"}
    server = postgresql()
    if server is None:
        yield found
        return
    name = f"todoke_bench_seats_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {**found, "PostgreSQL": f"{server.rpartition('/')[0]}/{name}"}
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))


def environment(folder: Path, url: str) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.rush_settings",
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "CACHE_URL": f"filecache://{folder}/cache",
        "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "CITY_PHONE": "0186-00-0100",
        "SECURE_SSL_REDIRECT": "off",
    }


def measure(rounds: int) -> None:
    """All rounds on the database of this process."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("start_site", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    people = _people()
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    with server() as port:
        csrf = _csrf(port, _session())
        for number in range(-1, rounds):  # the first one warms both processes
            bare, ours = _bare(port, csrf, people), _ours(port, csrf, number)
            if number >= 0:
                rates["bare"].append(bare)
                rates["ours"].append(ours)
    _report(rates)


@contextmanager
def server() -> Iterator[int]:
    """gunicorn as docs/operators.md has it."""
    port = int(os.environ["SITE_URL"].rpartition(":")[2])
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310  (our own server)
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)


def _csrf(port: int, session: Any) -> str:
    """The mark a browser gets with the form, good for all of them."""
    with urlopen(f"http://127.0.0.1:{port}{_form(session)}") as page:
        return re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"])[1]  # type: ignore[index]


def _form(session: Any) -> str:
    return f"/ja/classes/{session.pk}/register/"


def _people() -> list[Any]:
    from outreach.people.actions import people

    return [people.write_down(name=f"競走 {n}", language="ja") for n in range(PEOPLE)]


def _session() -> Any:
    from django.utils import timezone

    from outreach.classes.models import ClassSession, Course
    from outreach.places.models import Venue

    course, _ = Course.objects.get_or_create(
        slug="rush", defaults={"title_ja": "スマホ教室", "summary_ja": "ゆっくり学びます。"}
    )
    venue, _ = Venue.objects.get_or_create(name_ja="コモッセ", address_ja="花輪字八正寺13")
    starts_at = timezone.now() + timedelta(days=7)
    return ClassSession.objects.create(
        course=course,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        capacity=SEATS,
    )


def _bare(port: int, csrf: str, people: list[Any]) -> float:
    session = _session()
    forms = [{"person": str(person.pk)} for person in people]
    answers = press_together(port, f"/ja/bare/{session.pk}/", forms, csrf=csrf)
    _all_redirected(answers)
    session.refresh_from_db()
    _expect(session.seats_taken, SEATS, "seats taken by the bare way")
    return answers.rate


def _ours(port: int, csrf: str, number: int) -> float:
    """Every round has people of its own, as a rush has."""
    from notifications.models import Message
    from outreach.classes.models import Registration

    session = _session()
    before = Message.objects.count()
    first = (number + 1) * PEOPLE
    forms = [_answers(runner) for runner in range(first, first + PEOPLE)]
    answers = press_together(port, _form(session), forms, csrf=csrf)
    _all_redirected(answers)
    session.refresh_from_db()
    rows = session.registrations.order_by("line_number")
    waiting = rows.filter(state=Registration.State.WAITING)
    seated = rows.filter(state=Registration.State.REGISTERED).count()
    _expect((session.seats_taken, seated), (SEATS, SEATS), "seats")
    numbers = list(waiting.values_list("line_number", flat=True))
    _expect(numbers, list(range(1, PEOPLE - SEATS + 1)), "numbers in line")
    _expect(list(waiting.order_by("pk")), list(waiting), "the line in the order of arrival")
    _expect(Message.objects.count() - before, PEOPLE, "messages in the outbox")
    return answers.rate


def _answers(runner: int) -> dict[str, str]:
    """What the check page sends; the mobile number is in no assigned range."""
    return {
        "relation": "self",
        "name": f"競走 {runner}",
        "kana": "キョウソウ",
        "birth_year": "",
        "phone": f"090-0000-{runner:04d}",
        "needs_handset": "own",
        "wish": "",
        "note": "",
        "step": "check",
        "go": "wait",
        "submission": str(uuid4()),
    }


def _all_redirected(answers: Answers) -> None:
    others = [status for status in answers.statuses if status != 302]
    _expect(others, [], "answers other than a redirect")


def _expect(found: Any, expected: Any, what: str) -> None:
    if found != expected:
        raise AssertionError(f"{what}: {found}, expected {expected}")


def _report(rates: dict[str, list[float]]) -> None:
    bare, ours = (statistics.median(rates[name]) for name in ("bare", "ours"))
    word = "reached" if ours / bare >= GOAL else "MISSED"
    for name, words in (("bare", "bare conditional UPDATE"), ("ours", "seat or line, and message")):
        spread = f"{min(rates[name]):,.0f}–{max(rates[name]):,.0f}"
        print(f"  {words:<28}{statistics.median(rates[name]):>7,.0f} people/s   ({spread})")
    print(f"  ours / bare: {ours / bare:.2f} (goal {GOAL}: {word})", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    (measure if given.here else main)(given.rounds)
