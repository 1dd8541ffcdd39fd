"""Seats under a rush: the house's registration beside a bare conditional UPDATE, in one run.

200 browsers send the check page's form at the same moment for a class of 10 seats; twenty rounds
of each way, in turn, on one server as a city runs it (gunicorn, 2 processes with 4 threads, the
settings of production). All ways pass the same middleware and the same CSRF check:
(1) bare: one UPDATE … WHERE seats_taken < capacity and, for who got a seat, one INSERT. It reads
    no form and knows no person; 190 of 200 are answered after one statement.
(2) without line: the house's page, form and person, and then the bare UPDATE of (1) in place of
    `registrations.register`: no line, no reference, no message. Who comes late is refused.
(3) ours: the seat or the number in line, the reference, the confirmation in the person's language
    in the outbox with its event, and the redirect to the signed page.
The goal is judged by (3) ÷ (2), what line and confirmation cost; (3) ÷ (1) is printed beside it.
After every round: exactly 10 seats; in (3) 190 people in line, numbered 1 to 190 without a gap in
the order in which they were written down, 200 messages, and every answer a redirect. Medians of
the rounds are printed, on SQLite and, where one answers, on PostgreSQL.
`python -m tests.bench.seats [--rounds N]`
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

from tests.bench.rush_crowd import press_together

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, SEATS, ROUNDS = 200, 10, 20
GOAL = 0.4
BARE = "bare conditional UPDATE"
WITHOUT_LINE = "the same page with a bare UPDATE"
OURS = "ours: seat or line, and message"


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
    ways = {BARE: _bare, WITHOUT_LINE: _without_line, OURS: _ours}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    with server() as port:
        csrf = _csrf(port, _session())
        for number in range(rounds + 1):
            for name, way in ways.items():
                rate = way(port, csrf, people, number)
                if number:  # the first one warms both processes
                    rates[name].append(rate)
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


def _bare(port: int, csrf: str, people: list[Any], number: int) -> float:
    session = _session()
    forms = [{"person": str(person.pk)} for person in people]
    answers = press_together(port, f"/ja/bare/{session.pk}/", forms, csrf=csrf)
    _expect(set(answers.statuses), {302}, "answers")
    _expect_seats(session)
    return answers.rate


def _without_line(port: int, csrf: str, people: list[Any], number: int) -> float:
    session = _session()
    forms = _forms(2 * number)
    answers = press_together(port, f"/ja/without-line/{session.pk}/", forms, csrf=csrf)
    _expect(sorted(answers.statuses), [200] * (PEOPLE - SEATS) + [302] * SEATS, "answers")
    _expect_seats(session)
    return answers.rate


def _ours(port: int, csrf: str, people: list[Any], number: int) -> float:
    from notifications.models import Message
    from outreach.classes.models import Registration

    session = _session()
    before = Message.objects.count()
    answers = press_together(port, _form(session), _forms(2 * number + 1), csrf=csrf)
    _expect(set(answers.statuses), {302}, "answers")
    _expect_seats(session)
    line = session.registrations.filter(state=Registration.State.WAITING).order_by("pk")
    numbers = list(line.values_list("line_number", flat=True))
    _expect(numbers, list(range(1, PEOPLE - SEATS + 1)), "numbers in the order of arrival")
    _expect(Message.objects.count() - before, PEOPLE, "messages in the outbox")
    return answers.rate


def _expect_seats(session: Any) -> None:
    session.refresh_from_db()
    seated = session.registrations.filter(state="registered").count()
    _expect((session.seats_taken, seated), (SEATS, SEATS), "seats")


def _forms(crowd: int) -> list[dict[str, str]]:
    """Every crowd has people of its own, as a rush has."""
    return [_answers(runner) for runner in range(crowd * PEOPLE, (crowd + 1) * PEOPLE)]


def _answers(runner: int) -> dict[str, str]:
    """What the check page sends; the mobile number is in no assigned range."""
    return {
        "relation": "self",
        "name": f"競走 {runner}",
        "kana": "キョウソウ",
        "birth_year": "",
        # In no assigned range; 10,000 numbers, then other exchanges.
        "phone": f"0{90 - runner // 10_000 * 10}-0000-{runner % 10_000:04d}",
        "needs_handset": "own",
        "wish": "",
        "note": "",
        "step": "check",
        "go": "wait",
        "submission": str(uuid4()),
    }


def _expect(found: Any, expected: Any, what: str) -> None:
    if found != expected:
        raise AssertionError(f"{what}: {found}, expected {expected}")


def _report(rates: dict[str, list[float]]) -> None:
    median = {name: statistics.median(found) for name, found in rates.items()}
    for name, found in rates.items():
        spread = f"{min(found):,.0f}–{max(found):,.0f}"
        print(f"  {name:<42}{median[name]:>7,.0f} people/s   ({spread})")
    ratio = median[OURS] / median[WITHOUT_LINE]
    word = "reached" if ratio >= GOAL else "MISSED"
    print(f"  ours / without line: {ratio:.2f} (goal {GOAL}: {word})")
    print(f"  ours / bare: {median[OURS] / median[BARE]:.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    (measure if given.here else main)(given.rounds)
