"""How long Chromium takes from navigation to every district drawn, and who serves it meanwhile."""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
# Runs in the page before anything else: notes when the last district is on the screen.
WATCH = """
window.drawnAt = null;
const look = () => {
  const paths = document.querySelectorAll("path.leaflet-interactive").length;
  const drawn = document.querySelector("[data-drawn]")?.dataset.drawn ?? paths;
  if (drawn >= COUNT) {
    requestAnimationFrame(() => { window.drawnAt = performance.now(); });
  } else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@contextmanager
def our_site() -> Iterator[str]:
    """The product under gunicorn on a free port, on the bench's database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--threads", "4", "--log-level", "error"], cwd=ROOT, env=os.environ.copy()
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{base}/healthz")
        yield base
    finally:
        server.terminate()
        server.wait()


@contextmanager
def plain_site(build: Callable[[], bytes]) -> Iterator[str]:
    """The plain page on a server of its own: `/` builds it as folium's docs do, `/ready` has it."""
    ready = build()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path not in ("/", "/ready"):  # a browser asks for an icon too
                self.send_error(404)
                return
            page = ready if self.path == "/ready" else build()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def seconds_to_drawn(addresses: dict[str, str], *, cookie: str, count: int, times: int) -> Any:
    """Medians by name; the addresses take turns, each time with an empty browser cache."""
    from playwright.sync_api import sync_playwright

    taken: dict[str, list[float]] = {name: [] for name in addresses}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for turn in range(times + 1):
            for name, address in addresses.items():
                seconds = _view(browser, address, cookie=cookie, count=count)
                if turn:  # the first turn warms the servers
                    taken[name].append(seconds)
        browser.close()
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _view(browser: Any, address: str, *, cookie: str, count: int) -> float:
    # Playwright's own waiting is eval(), which the staff pages' policy forbids.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    context.add_init_script(WATCH.replace("COUNT", str(count)))
    context.route(lambda url: not url.startswith("http://127.0.0.1"), _from_other_hosts)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.drawnAt !== null", timeout=60_000)
    seconds = page.evaluate("window.drawnAt") / 1000
    context.close()
    return seconds


def _from_other_hosts(route: Any) -> None:
    """The plain page's libraries, at once and from memory: Leaflet as it is, the rest empty."""
    from django.contrib.staticfiles import finders

    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=finders.find(f"leaflet/{name}"))
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith("css") else "text/plain")


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(address, timeout=5).close()  # noqa: S310  (our own server)
        except OSError:  # refused or, on a busy machine, late
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def fetched(address: str, *, cookie: str) -> bytes:
    """The body as it travels to a browser, packed if the server packs it."""
    headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={cookie}"}
    with urlopen(Request(address, headers=headers), timeout=60) as response:  # noqa: S310
        return response.read()
