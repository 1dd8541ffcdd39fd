"""List of 500 classes: the house's query beside the same list written naively.

Both render the same template of the public schedule from the same rows of a database in a file.
(1) naive: the sessions alone; course, venue and district are fetched when a row asks for them;
(2) ours: `ClassSession.objects.upcoming`, which brings along what a row shows.
Medians of the rounds, the number of queries and the ratio are printed; more than 5 queries for
the house's list is a failure.  `python -m tests.bench.class_list`
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

SESSIONS, COURSES, VENUES, ROUNDS = 500, 12, 30, 9
MOST_QUERIES = 5


def main() -> None:
    """Measure both ways in turn on a database of their own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False)
    try:
        _plan()
        _report({"naive": _naive, "ours": _ours})
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


def _report(ways: dict[str, Callable[[], Any]]) -> None:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    queries = {name: _queries(rows) for name, rows in ways.items()}
    for _ in range(ROUNDS):
        for name, rows in ways.items():
            start = time.perf_counter()
            _render(rows())
            taken[name].append(time.perf_counter() - start)
    median = {name: statistics.median(seconds) for name, seconds in taken.items()}
    for name in ways:
        print(f"{name:<8}{median[name] * 1000:>8,.0f} ms   {queries[name]:>5,} queries")
    print(f"ours: {median['naive'] / median['ours']:.1f} times as quick", flush=True)
    if queries["ours"] > MOST_QUERIES:
        raise AssertionError(f"{queries['ours']} queries, not more than {MOST_QUERIES}.")


def _queries(rows: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _render(rows())
    return len(captured)


def _render(sessions: Any) -> str:
    from django.template.loader import render_to_string
    from django.utils import translation

    with translation.override("ja"):
        page = render_to_string(
            "classes/session_list.html", {"sessions": sessions, "city_phone": "0186-00-0100"}
        )
    if page.count("/register/") < SESSIONS:
        raise AssertionError("Not every class is on the list.")
    return page


def _ours() -> Any:
    from django.utils import timezone

    from outreach.classes.models import ClassSession

    return ClassSession.objects.upcoming(now=timezone.now())


def _naive() -> Any:
    from django.utils import timezone

    from outreach.classes.models import ClassSession

    return ClassSession.objects.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk")


def _plan() -> None:
    from django.utils import timezone

    from outreach.classes.models import ClassSession, Course
    from outreach.places.models import BoundarySet, District, Venue

    town = BoundarySet.objects.create(
        name="試験用", is_active=True, file_name="areas.geojson", drawing=b"", drawing_hash="0"
    )
    district = District.objects.create(boundary_set=town, code="01", name="花輪")
    courses = [
        Course.objects.create(slug=f"c{n}", title_ja=f"講座{n}", summary_ja="ゆっくり。")
        for n in range(COURSES)
    ]
    venues = [
        Venue.objects.create(name_ja=f"会場{n}", address_ja="花輪", district=district)
        for n in range(VENUES)
    ]
    first = timezone.now() + timedelta(days=1)
    ClassSession.objects.bulk_create(
        ClassSession(
            course=courses[n % COURSES],
            venue=venues[n % VENUES],
            starts_at=first + timedelta(hours=n),
            ends_at=first + timedelta(hours=n + 1),
            capacity=10,
        )
        for n in range(SESSIONS)
    )


if __name__ == "__main__":
    main()
