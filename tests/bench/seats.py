"""Seats under a rush: the house's registration beside a bare conditional UPDATE, in one run.

200 people reach for 10 seats at the same moment, as many at once as a web server has threads;
twenty rounds of each way in turn. The bare way is one UPDATE and, for who got a seat, one INSERT:
no line, no message, no reference. The house's way does all of it: seat or number in the line,
the reference, and the confirmation in the person's language in the outbox. Both on SQLite and,
where one answers, on PostgreSQL.  `python -m tests.bench.seats [--rounds N]`
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

PEOPLE, SEATS, THREADS, ROUNDS = 200, 10, 16, 20
GOAL = 0.4


def main() -> None:
    """Run on each database in a process of its own: Django settles on one for good."""
    from tests.run import postgresql

    folder = tempfile.mkdtemp(prefix="todoke-bench-seats-")
    databases = {"SQLite": f"sqlite:///{folder}/bench.sqlite3"}
    if url := postgresql():
        databases["PostgreSQL"] = url
    for name, url in databases.items():
        print(f"{name}: {PEOPLE} people, {SEATS} seats, {THREADS} at once, {ROUNDS} rounds")
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        subprocess.run([sys.executable, "-m", "tests.bench.seats"], check=True, env=environment)


def measure(rounds: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False)
    try:
        people = _people()
        rates: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(rounds):
            for name, reach in (("bare", _bare), ("ours", _ours)):
                rates[name].append(_round(people, reach))
        _report(rates)
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


def _people() -> list[Any]:
    from outreach.people.actions import people

    return [
        people.identify(name=f"競走 {number}", email=f"runner{number}@example.com", language="ja")
        for number in range(PEOPLE)
    ]


def _round(people: list[Any], reach: Callable[[Any, Any], None]) -> float:
    """People a second in one round, after having looked whether the count is right."""
    from django.db import connections

    from outreach.classes.models import ClassSession

    session = _session()

    def one(person: Any) -> None:
        reach(ClassSession(pk=session.pk, **_as_read(session)), person)

    with ThreadPoolExecutor(THREADS, initializer=connections.close_all) as pool:
        start = time.perf_counter()
        list(pool.map(one, people))
        taken = time.perf_counter() - start
        list(pool.map(lambda _: connections.close_all(), range(THREADS * 4)))
    session.refresh_from_db()
    if session.seats_taken != SEATS:
        raise AssertionError(f"{session.seats_taken} seats were taken of {SEATS}.")
    return len(people) / taken


def _as_read(session: Any) -> dict[str, Any]:
    names = [field.attname for field in session._meta.concrete_fields if not field.primary_key]
    return {name: getattr(session, name) for name in names}


def _session() -> Any:
    from django.utils import timezone

    from outreach.classes.models import ClassSession, Course
    from outreach.places.models import Venue

    course, _ = Course.objects.get_or_create(slug="rush", defaults={"title_ja": "スマホ教室"})
    venue, _ = Venue.objects.get_or_create(name_ja="コモッセ")
    starts_at = timezone.now() + timedelta(days=7)
    return ClassSession.objects.create(
        course=course,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        capacity=SEATS,
    )


def _bare(session: Any, person: Any) -> None:
    from django.db import transaction
    from django.db.models import F
    from django.utils import timezone

    from outreach.classes.models import ClassSession, Registration

    with transaction.atomic():
        taken = ClassSession.objects.filter(pk=session.pk, seats_taken__lt=F("capacity")).update(
            seats_taken=F("seats_taken") + 1
        )
        if taken:
            Registration.objects.create(
                session_id=session.pk,
                person=person,
                reference=uuid4().hex[:12],
                submission=uuid4(),
                how="web",
                registered_at=timezone.now(),
            )


def _ours(session: Any, person: Any) -> None:
    from django.utils import timezone

    from outreach.classes.actions import registrations

    registrations.register(
        session=session,
        person=person,
        submission=uuid4(),
        how="web",
        now=timezone.now(),
        or_wait=True,
    )


def _report(rates: dict[str, list[float]]) -> None:
    bare, ours = (statistics.median(rates[name]) for name in ("bare", "ours"))
    word = "reached" if ours / bare >= GOAL else f"MISSED ({GOAL})"
    print(f"  bare conditional UPDATE    {bare:8,.0f} people/s")
    print(f"  seat or line, and message  {ours:8,.0f} people/s   {ours / bare:.2f}x  {word}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    measure(parser.parse_args().rounds)
