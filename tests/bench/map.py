"""Coverage map: the house's way beside a plain folium Choropleth with its data embedded.

For each size, from the same outlines and counts: the time the server takes to build the map, the
bytes of the first view and of a second date, and the time Chromium takes from navigation to the
frame with the last district on the screen, each time with an empty cache. Of the house's page
everything on it is timed, the session, the table and the style included; bytes leave out
libraries, on both sides.

The plain page is built for each request, and granted what its visitors rarely have: its libraries
stand on its own server, in memory, without a line to another host; all but Leaflet are empty; its
colour scale is left out; its connection is kept. Nothing stands between either page and its
server. It is sent as Django sends pages; two further lines, which nobody has promised, take it
packed by a proxy and kept ready-made.
`python -m tests.bench.map [--areas N …] [--file GEOJSON] [--times N]`
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OWN_FILES = (
    "maps/coverage.js",
    "maps/districts_layer.js",
    "maps/coverage.css",
    "todoke/staff.css",
    "todoke/staff_page.css",
)
SIZES = (14, 300, 1751)
# The house's promise, for the largest size.
GOALS = {"build": 100.0, "second date": 200.0, "first view": 1 / 0.6}


def main() -> None:
    """Run in a process of its own: this bench settles Django's database once and for all."""
    subprocess.run([sys.executable, "-m", "tests.bench.map"], check=True)


def measure(areas: list[int], file: Path | None, times: int) -> None:
    _set_up()
    from tests.bench.map_areas import fill, grid, of_file

    cookie = _log_in()
    collections = [of_file(file)] if file else [grid(count) for count in areas]
    for features in collections:
        fill(features)
        _report(len(features), _figures(len(features), cookie=cookie, times=times))


def _set_up() -> None:
    """A scratch database of its own, before anything of ours is imported."""
    folder = tempfile.mkdtemp(prefix="todoke-bench-map-")
    os.environ.update(
        DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
        DATA_DIR=folder,
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)


def _log_in() -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    return client.cookies["sessionid"].value


def _figures(count: int, *, cookie: str, times: int) -> dict[str, tuple[float, float, str]]:
    """Plain and ours by question, with the unit."""
    from tests.bench.map_view import fetched, our_site, plain_site, seconds_to_shown
    from tests.bench.map_ways import our_build, plain_build

    plain, ours = plain_build(), our_build()
    page = plain()
    with our_site() as base, plain_site(plain) as plain_base:
        sent = _bytes(base, lambda path: len(fetched(base + path, cookie=cookie)))
        shown = seconds_to_shown(
            {
                "plain": f"{plain_base}/",
                "ready": f"{plain_base}/ready",
                "ours": f"{base}/staff/coverage/",
            },
            cookie=cookie,
            count=count,
            times=times,
        )
    return {
        "build": (_median(plain, times), _median(ours, times * 10), "ms"),
        "first bytes": (len(page), sent["first"], "B"),
        "second date": (len(page), sent["second"], "B"),
        "second date, both packed": (len(gzip.compress(page, 6)), sent["second"], "B"),
        "first view": (shown["plain"], shown["ours"], "ms"),
        "first view, plain one ready": (shown["ready"], shown["ours"], "ms"),
    }


def _bytes(base: str, size_of: Callable[[str], int]) -> dict[str, int]:
    from django.urls import reverse

    from outreach.places.models import BoundarySet
    from tests.bench.map_areas import FIRST, SECOND

    outlines = reverse("maps:districts_paths", args=[BoundarySet.objects.get().drawing_hash])
    own = [f"/static/{name}" for name in OWN_FILES]
    return {
        "first": sum(size_of(path) for path in ["/staff/coverage/", outlines, *own]),
        "second": size_of(f"/staff/coverage/numbers.json?as_of={FIRST}&from={SECOND}"),
    }


def _median(work: Callable[[], Any], times: int) -> float:
    work()  # imports and caches are not what is measured
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _report(count: int, figures: dict[str, tuple[float, float, str]]) -> None:
    print(f"{count:,} areas{'plain':>30}{'ours':>14}{'ratio':>10}")
    for question, (plain, ours, unit) in figures.items():
        written = [f"{n * 1000:,.1f} ms" if unit == "ms" else f"{n:,} B" for n in (plain, ours)]
        goal = GOALS.get(question) if count >= max(SIZES) - 20 else None
        word = "" if not goal else "reached" if plain / ours >= goal else f"MISSED ({goal:.3g})"
        print(f"  {question:<28}{written[0]:>14}{written[1]:>14}{plain / ours:>9,.1f}x  {word}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--times", type=int, default=5)
    chosen = parser.parse_args()
    measure(chosen.areas, chosen.file, chosen.times)
