"""Driving times from a routing server: OSRM, Valhalla, and answers that are none."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import translation

from outreach.visits.planning.travel import Place
from outreach.visits.road_times import NO_WAY, RoutingUnavailable, road_times

PLACES = [Place(40.2, 140.7), Place(40.3, 140.8)]
SUMMER, WINTER = date(2026, 6, 3), date(2026, 12, 3)
OSRM = {"code": "Ok", "durations": [[0, 601.2], [None, 0]], "distances": [[0, 9000], [9100, 0]]}
VALHALLA = {
    "sources_to_targets": [
        [{"time": 0, "distance": 0}, {"time": 601, "distance": 9}],
        [{"time": None, "distance": None}, {"time": 0, "distance": 0}],
    ]
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


class Stub(BaseHTTPRequestHandler):
    answer: Any
    asked: list[str]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.asked.append(self.path + self.rfile.read(length).decode())
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer.encode())

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server(settings) -> Iterator[Callable[..., list[str]]]:
    with HTTPServer(("127.0.0.1", 0), Stub) as http:
        Thread(target=http.serve_forever, daemon=True).start()

        def answering(answer: object, kind: str = "") -> list[str]:
            Stub.answer, Stub.asked = (
                (answer if isinstance(answer, str) else json.dumps(answer)),
                [],
            )
            settings.ROUTING_URL = f"{kind}http://127.0.0.1:{http.server_port}"
            return Stub.asked

        yield answering
        http.shutdown()


@pytest.mark.parametrize(("kind", "answer"), [("", OSRM), ("osrm+", OSRM), ("valhalla+", VALHALLA)])
def test_a_server_says_how_long_the_way_takes(server, kind: str, answer: object) -> None:
    asked = server(answer, kind)
    travel = road_times(PLACES, on=SUMMER)
    assert travel.times == [[0, 900], [NO_WAY, 0]]
    assert travel.metres[0] == [0, 9000]
    assert travel.source == "server"
    assert len(asked) == 1
    assert "140.7" in asked[0]


def test_snow_makes_the_ways_of_a_server_longer_too(server) -> None:
    server(OSRM)
    assert road_times(PLACES, on=WINTER).times[0][1] == 900  # 601 s × 1.3, in steps of 5 minutes


@pytest.mark.parametrize(
    "answer",
    ["", "<html>", {"code": "InvalidQuery"}, {"code": "Ok", "durations": [[0]]}, [], {}],
    ids=["nothing", "a page", "a refusal", "another size", "a list", "an empty object"],
)
def test_an_answer_that_is_none_is_refused(server, answer: object) -> None:
    server(answer)
    with pytest.raises(RoutingUnavailable, match="routing server"):
        road_times(PLACES, on=SUMMER)


def test_whoever_decides_to_estimate_asks_nobody(server) -> None:
    asked = server(OSRM)
    assert road_times(PLACES, on=SUMMER, estimated=True).source == "estimate"
    assert asked == []
