"""Loading 27,000 counts: import_holdings, django-import-export, and bare SQL without any check.

Run as `python -m tests.bench.holdings`, on SQLite and, where 127.0.0.1:5432 answers, on PostgreSQL,
each in a scratch database that is dropped afterwards. Timed is what happens from reading the file
to the commit; starting Python and Django is not. All ways read the same file and fill the same
tables, and take turns, so that what else the machine does falls on all of them.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

DISTRICTS = 750
BANDS = [*(f"{age}-{age + 4}" for age in range(0, 85, 5)), "85以上"]
ROWS = DISTRICTS * len(BANDS) * 2
ROUNDS = 7
SLOW_ROUNDS = 1  # minutes each, and their spread is far smaller than the ratio
HEADER = "地域コード,地域名,年齢階級,性別,人口,保有枚数,基準日,人口基準日"
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"

# What the product promises; the bench fails when it does not hold.
FASTER_THAN_IMPORT_EXPORT = 30
TIMES_THE_BARE_WAY = 3


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="todoke-bench-") as folder:
        _run_on("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder)
        if not _postgresql_answers():
            print("PostgreSQL: nothing answers on 127.0.0.1:5432, left out.")
            return
        scratch = f"todoke_bench_{os.getpid()}"
        _postgresql(f'CREATE DATABASE "{scratch}"')
        try:
            url = urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{scratch}"))
            _run_on("PostgreSQL", url, folder)
        finally:
            _postgresql(f'DROP DATABASE "{scratch}" WITH (FORCE)')


def _run_on(name: str, url: str, folder: str) -> None:
    """A process of its own, because Django knows one database address."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    command = [sys.executable, "-m", "tests.bench.holdings", name, folder]
    subprocess.run(command, env=environment, check=True)


def _postgresql_answers() -> bool:
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _postgresql(statement: str) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(statement)


def write_file(path: Path) -> None:
    lines = [HEADER]
    for number in range(DISTRICTS):
        for place, band in enumerate(BANDS):
            for sex in ("男", "女"):
                people = 20 + (number * 7 + place * 13 + (sex == "女") * 5) % 180
                cards = people * (60 + (number + place) % 35) // 100
                lines.append(
                    f"{_code(number)},地区{number}番,{band},{sex},{people},{cards},"
                    "2026/1/31,2026/1/1"
                )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def _code(number: int) -> str:
    return f"05209{number:06d}"


def compare(name: str, folder: str) -> None:
    """Time every way on the database of DATABASE_URL and print medians and ratios."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    path = Path(folder) / "holdings.csv"
    write_file(path)
    from tests.bench import holdings_ways as ways

    ways.create_districts({_code(n): f"地区{n}番" for n in range(DISTRICTS)})
    times: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        slow = turn < SLOW_ROUNDS
        for title, load in ways.all_ways(with_slow_ones=slow):
            times.setdefault(title, []).append(_seconds(lambda load=load: load(path)))
            ways.check_and_empty(ROWS)
    refused = [_seconds(lambda: ways.refuse(path)) for _turn in range(ROUNDS)]
    _print(name, times, refused)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _print(name: str, times: dict[str, list[float]], refused: list[float]) -> None:
    ours = statistics.median(times["import_holdings"])
    print(f"{name}, {ROWS:,} rows")
    for title, seconds in times.items():
        median = statistics.median(seconds)
        print(
            f"  {title:<42} {median * 1000:>9,.0f} ms (best {min(seconds) * 1000:,.0f}, "
            f"{len(seconds)} rounds)  {median / ours:>7.2f} × import_holdings"
        )
    refusal = statistics.median(refused) * 1000
    print(f"  {'a file with a fault in every tenth row':<42} {refusal:>9,.0f} ms")
    faster = statistics.median(times["django-import-export"]) / ours
    slower = ours / statistics.median(times["bare SQL, no check"])
    held = faster >= FASTER_THAN_IMPORT_EXPORT and slower <= TIMES_THE_BARE_WAY
    print(
        f"  {faster:.0f} × faster than django-import-export (at least "
        f"{FASTER_THAN_IMPORT_EXPORT}), {slower:.2f} × the bare way (at most "
        f"{TIMES_THE_BARE_WAY}): {'held' if held else 'NOT held'}"
    )
    if not held:
        sys.exit(1)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        compare(sys.argv[1], sys.argv[2])
    else:
        main()
