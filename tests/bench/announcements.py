"""An announcement to 100,000 people: the preview, and the way into the outbox, against one by one.

Run as `python -m tests.bench.announcements`, on SQLite and, where 127.0.0.1:5432 answers, on
PostgreSQL, each in a scratch database that is dropped afterwards. The town is filled by one process
and told by another, so that the memory is that of the telling alone; the same with a tenth of
the people shows whether it grows. The naive way queues person by person with the call single
messages use; it is timed on a sample, and the figure for everybody is extrapolated.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from tests.bench.holdings import POSTGRESQL, _postgresql, _postgresql_answers

FEW, MANY = 10_000, 100_000
SAMPLE = 500
PREVIEWS = 5

# What the product promises; the bench fails when it does not hold.
PREVIEW_SECONDS = 1.0
QUEUEING_SECONDS = 10.0
MORE_MEMORY_MB = 10.0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="todoke-bench-") as folder:
        held = [_run_on("SQLite", f"sqlite:///{folder}/bench.sqlite3")]
        if not _postgresql_answers():
            print("PostgreSQL: nothing answers on 127.0.0.1:5432, left out.")
        else:
            scratch = f"todoke_bench_{os.getpid()}"
            _postgresql(f'CREATE DATABASE "{scratch}"')
            try:
                url = urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{scratch}"))
                held.append(_run_on("PostgreSQL", url))
            finally:
                _postgresql(f'DROP DATABASE "{scratch}" WITH (FORCE)')
    if not all(held):
        sys.exit(1)


def _run_on(name: str, url: str) -> bool:
    def ask(step: str, number: int) -> dict[str, float]:
        """A process of its own: Django knows one database, and memory is never given back."""
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "CITY_PHONE": "0186-00-0100",
        }
        command = [sys.executable, "-m", "tests.bench.announcements", step, str(number)]
        said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        return dict(json.loads(said.stdout or "{}"))

    ask("fill", FEW)
    few = ask("tell", FEW)
    ask("fill", MANY)
    many = ask("tell", MANY)
    with_links = ask("tell-with-links", MANY)
    naive = ask("one-by-one", SAMPLE)
    return _print(name, few=few, many=many, with_links=with_links, naive=naive)


def _print(
    name: str,
    *,
    few: dict[str, float],
    many: dict[str, float],
    with_links: dict[str, float],
    naive: dict[str, float],
) -> bool:
    everybody = naive["seconds"] / SAMPLE * many["queued"]
    grown = many["megabytes"] - few["megabytes"]
    print(f"{name}, {MANY:,} people, {many['queued']:,.0f} of them reached")
    print(f"  preview: recipients, left out, why    {many['preview']:>8.2f} s")
    print(f"  into the outbox, with events          {many['seconds']:>8.2f} s")
    print(f"  the same, each with a link of their own {with_links['seconds']:>6.2f} s")
    print(
        f"  one by one ({SAMPLE} timed, extrapolated) {everybody:>8.0f} s"
        f"  {everybody / many['seconds']:>6.0f} × as long"
    )
    print(
        f"  memory above the start: {few['megabytes']:.1f} MB for {FEW:,} people, "
        f"{many['megabytes']:.1f} MB for {MANY:,}"
    )
    held = (
        many["preview"] < PREVIEW_SECONDS
        and max(many["seconds"], with_links["seconds"]) < QUEUEING_SECONDS
        and grown < MORE_MEMORY_MB
    )
    print(
        f"  preview under {PREVIEW_SECONDS:.0f} s, queueing under {QUEUEING_SECONDS:.0f} s, "
        f"under {MORE_MEMORY_MB:.0f} MB more for ten times the people: "
        f"{'held' if held else 'NOT held'}"
    )
    return held


def _work(step: str, number: int) -> dict[str, float]:
    import django

    django.setup()
    from tests.bench import announcement_ways as ways

    if step == "fill":
        ways.fill(number)
        return {}
    if step == "one-by-one":
        return {"seconds": _seconds(lambda: ways.queue_one_by_one(number))}
    before = _megabytes()
    announcement = ways.announcement(with_links=step == "tell-with-links")
    preview = min(_seconds(lambda: ways.preview(announcement)) for _turn in range(PREVIEWS))
    seconds = _seconds(lambda: ways.queue(announcement))
    megabytes = _megabytes() - before
    return {
        "preview": preview,
        "seconds": seconds,
        "megabytes": megabytes,
        "queued": ways.check_and_empty(announcement),
    }


def _megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(_work(sys.argv[1], int(sys.argv[2]))))
    else:
        main()
