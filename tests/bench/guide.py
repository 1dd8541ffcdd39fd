"""Guide page: requests a second, kept, rendered afresh, and beside a static file of the same size.

One server answers all three, so that only the work per answer differs:
(1) the guide as anonymous residents get it, warm;
(2) the same guide through Wagtail's own serving, every time: a query string keeps it out of the
    page cache;
(3) a static file with the very bytes of the page, served by WhiteNoise.
The three are measured in turn, several rounds of each; medians and their ratios are printed.
`python -m tests.bench.guide`
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/ja/guides/card-renewal/"
ROUNDS = 5
SECONDS = 3
CONNECTIONS = 8
AT_LEAST = {"times the fresh page": 40.0, "times the static file": 0.8}


def main() -> None:
    """Print the medians of the three and the two ratios the house promises."""
    with tempfile.TemporaryDirectory(prefix="todoke-bench-") as folder, site(Path(folder)) as base:
        figures = measure(base)
    kept, fresh, static = (statistics.median(figures[name]) for name in figures)
    for name, rates in figures.items():
        spread = f"{min(rates):,.0f}–{max(rates):,.0f}"
        print(f"{name:<28}{statistics.median(rates):>9,.0f} requests/s   ({spread})")
    for (name, goal), ratio in zip(AT_LEAST.items(), (kept / fresh, kept / static), strict=True):
        word = "reached" if ratio >= goal else "MISSED"
        print(f"kept page: {ratio:.2f} {name} (goal {goal:g}: {word})")


def measure(base: str) -> dict[str, list[float]]:
    """Requests a second of each kind, one number a round, the kinds taking turns."""
    urls = {
        "guide, kept": base + PAGE,
        "guide, rendered each time": base + PAGE + "?fresh=1",
        "static file of the same size": base + "/static/guide-copy.html",
    }
    for url in urls.values():
        for _ in range(20):  # both worker processes have imported and connected by then
            urlopen(url).close()  # noqa: S310
    figures: dict[str, list[float]] = {name: [] for name in urls}
    for _ in range(ROUNDS):
        for name, url in urls.items():
            figures[name].append(requests_a_second(url))
    return figures


def requests_a_second(url: str) -> float:
    """One round, by wrk where it is installed, else by threads of our own."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return by_threads(url)
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", url]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{url} did not answer 200:\n{out}")
    return float(out.split("Requests/sec:")[1].split()[0])


def by_threads(url: str) -> float:
    host, path = url.removeprefix("http://").split("/", 1)
    until = time.monotonic() + SECONDS

    def read_again_and_again(_: int) -> int:
        connection, count = HTTPConnection(host), 0
        while time.monotonic() < until:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{url} answered {answer.status}")
            count += 1
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(read_again_and_again, range(CONNECTIONS))) / SECONDS


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """A city's site of its own on a free port, as in production but without TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
        "SITE_URL": base,
        "CITY_PHONE": "0186-00-0100",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "CACHE_URL": f"filecache://{folder}/cache",
        "SECURE_SSL_REDIRECT": "off",
    }
    for command in (["migrate"], ["start_site"], ["collectstatic", "--no-input"]):
        run = [sys.executable, "manage.py", *command, "--verbosity", "0", "--skip-checks"]
        done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    copy = folder / "static" / "guide-copy.html"
    copy.touch()  # WhiteNoise looks for files when the server starts
    with server(port, environment):
        copy.write_bytes(page_once(base))
    with server(port, environment):
        page_once(base)
        yield base


@contextmanager
def server(port: int, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def page_once(base: str) -> bytes:
    """The guide's bytes, as soon as the server answers."""
    for _ in range(120):
        try:
            with urlopen(base + PAGE) as answer:  # noqa: S310
                return answer.read()
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"Nothing answered on {base} within 30 seconds.")


if __name__ == "__main__":
    main()
