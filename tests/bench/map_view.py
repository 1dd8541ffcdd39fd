"""How long Chromium takes from navigation to every district shown, and who serves it meanwhile."""

import os
import re
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
# Runs in the page before anything else. In the frame that brings the last district it adds a word,
# and asks the browser when that frame was on the screen.
WATCH = """
window.shownAt = null;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shownAt = entry.renderTime;
}).observe({ type: "element", buffered: true });
const look = () => {
  const paths = document.querySelectorAll("path.leaflet-interactive").length;
  const drawn = document.querySelector("[data-drawn]")?.dataset.drawn ?? paths;
  if (drawn < COUNT) {
    requestAnimationFrame(look);
    return;
  }
  const word = document.createElement("p");
  word.setAttribute("elementtiming", "last district");
  word.style.cssText = "position: fixed; inset: 0 auto auto 0; z-index: 99999";
  word.textContent = "drawn";
  document.body.append(word);
};
requestAnimationFrame(look);
"""
AT_REST = 1000  # milliseconds until a new page no longer works on its own start


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
    ready = _at_home(build())
    files = _libraries()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # keeps the connection, as gunicorn does

        def do_GET(self) -> None:
            pages = {"/": lambda: _at_home(build()), "/ready": lambda: ready}
            if self.path in pages:
                self._send(pages[self.path](), "text/html; charset=utf-8")
            else:
                kind = "text/css" if self.path.endswith("css") else "text/javascript"
                self._send(files.get(self.path.rsplit("/", 1)[-1], b""), kind)

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def _at_home(page: bytes) -> bytes:
    """The plain page with the links to other hosts leading to its own server."""
    return re.sub(rb'((?:src|href)=")https?://', rb"\1/libraries/", page)


def _libraries() -> dict[str, bytes]:
    """What the plain page finds there: Leaflet. Its other libraries it gets empty."""
    from django.contrib.staticfiles import finders

    return {
        name: Path(finders.find(f"leaflet/{name}")).read_bytes()
        for name in ("leaflet.js", "leaflet.css")
    }


def seconds_to_shown(addresses: dict[str, str], *, cookie: str, count: int, times: int) -> Any:
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
    page = context.new_page()
    page.wait_for_timeout(AT_REST)
    page.goto(address)
    page.wait_for_function("window.shownAt !== null", timeout=60_000)
    seconds = page.evaluate("window.shownAt") / 1000
    context.close()
    return seconds


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
