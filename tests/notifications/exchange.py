"""A telephone exchange on this machine: the part of Twilio's API that places automatic calls."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs


class Exchange:
    """What the telephone exchange of the tests was asked, and what it answers."""

    def __init__(self):
        self.posts, self.gets, self.statuses, self.fails_with = [], [], {}, 0
        self.slow, self.closing = set(), Event()


def answered(handler, status, body):
    words = json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(words)))
    handler.end_headers()
    handler.wfile.write(words)


@contextmanager
def running_exchange():
    exchange = Exchange()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            exchange.posts.append({name: values[0] for name, values in form.items()})
            if exchange.fails_with:
                return answered(self, *exchange.fails_with)
            return answered(self, 201, {"sid": "CA" + "1" * 32, "status": "queued"})

        def do_GET(self):
            sid = self.path.rpartition("/")[2].removesuffix(".json")
            exchange.gets.append(sid)
            if sid in exchange.slow:
                exchange.closing.wait(timeout=10)
                return None
            if sid not in exchange.statuses:
                return answered(self, 404, {"code": 20404, "message": "", "status": 404})
            return answered(self, 200, {"sid": sid, **exchange.statuses[sid]})

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        exchange.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield exchange
        finally:
            exchange.closing.set()
            server.shutdown()
            thread.join()
