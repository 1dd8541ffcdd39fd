"""The databases and the server of a rush, as a city runs them."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]


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
    """What a process of the run is told: the database, and settings of its own."""
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


@contextmanager
def server() -> Iterator[int]:
    """gunicorn as docs/operators.md has it; yields its port."""
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


def csrf_mark(port: int, path: str) -> str:
    """The mark a browser gets with the form, good for all of them."""
    with urlopen(f"http://127.0.0.1:{port}{path}") as page:
        return re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"])[1]  # type: ignore[index]


def _wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310  (our own server)
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)
