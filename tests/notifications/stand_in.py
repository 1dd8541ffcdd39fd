"""A stand-in for Twilio's message API that remembers what it was asked to send."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep
from urllib.parse import parse_qs

CUT = -1  # an answer that never comes: the connection is closed instead


@dataclass
class Carrier:
    """What was asked for, and how to answer: by number, `(HTTP status, Twilio's error code)`."""

    url: str = ""
    seconds_to_answer: float = 0.0
    answers: dict[str, tuple[int, int]] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def settings(self) -> dict[str, str]:
        """The settings, or the environment, that lead here."""
        return {
            "SMS_BACKEND": "twilio",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "only-for-tests",
            "TWILIO_SMS_FROM": "+815000000000",
            "TWILIO_API_BASE": self.url,
        }

    def times_sent(self) -> Counter[str]:
        with self.lock:
            return Counter(request["To"] for request in self.requests)

    def sent_twice(self) -> list[str]:
        return [number for number, times in self.times_sent().items() if times > 1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    carrier: Carrier

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = {key: value[0] for key, value in parse_qs(self.rfile.read(length).decode()).items()}
        with self.carrier.lock:
            self.carrier.requests.append(form)
        sleep(self.carrier.seconds_to_answer)
        status, code = self.carrier.answers.get(form["To"], (201, 0))
        if status == CUT:
            self.close_connection = True
            return
        body = {"sid": f"SM{len(self.carrier.requests):032d}", "status": "queued"}
        if code or status != 201:
            body = {"code": code, "message": f"refused {form['To']}", "status": status}
        answer = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: object) -> None:
        """Say nothing on the console of the tests."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A process that is killed while it waits for an answer is what some tests are about."""


@contextmanager
def running_carrier() -> Iterator[Carrier]:
    carrier = Carrier()
    handler = type("Handler", (_Handler,), {"carrier": carrier})
    with _Server(("127.0.0.1", 0), handler) as server:
        carrier.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield carrier
        finally:
            server.shutdown()
            thread.join()
