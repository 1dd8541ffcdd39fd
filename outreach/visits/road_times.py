"""How long the way takes between all places of a day: from a routing server, or estimated.

A server is named by ROUTING_URL: `http://…` or `osrm+http://…` speaks to OSRM's table service,
`valhalla+http://…` to Valhalla's matrix. It is told points and nothing about who lives there.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from outreach.visits.planning import Travel
from outreach.visits.planning.travel import Place, estimate, in_season, rounded_up
from outreach.visits.planning_figures import figures

# People are told times of five minutes.
STEP = 5 * 60
ANSWERS_WITHIN = 10  # seconds
# Where a server knows no way, no day is long enough for it.
NO_WAY = 24 * 60 * 60
SERVER, ESTIMATE = "server", "estimate"


class RoutingUnavailable(Exception):
    """The routing server was asked and gave no usable answer."""


def road_times(places: Sequence[Place], *, on: date, estimated: bool = False) -> Travel:
    """Seconds and metres between all places on that day, snow included.

    With `estimated` the server is left alone: whoever plans has decided so, and the plan says it.
    Raises RoutingUnavailable when a server is set and does not answer.
    """
    if settings.ROUTING_URL and not estimated and len(places) > 1:
        travel = in_season(_ask(places), places, on)
    else:
        travel = estimate(places, figures().roads, on)
    return rounded_up(travel, STEP)


def _ask(places: Sequence[Place]) -> Travel:
    scheme = urlsplit(settings.ROUTING_URL).scheme
    base = settings.ROUTING_URL.removeprefix("osrm+").removeprefix("valhalla+").rstrip("/")
    try:
        if scheme.startswith("valhalla"):
            return _from_valhalla(base, places)
        return _from_osrm(base, places)
    except (URLError, OSError, ValueError, KeyError, TypeError) as fault:
        raise RoutingUnavailable(
            _(
                "The routing server %(server)s gave no usable answer (%(fault)s). "
                "Try again, or plan with estimated driving times."
            )
            % {"server": urlsplit(base).netloc, "fault": type(fault).__name__}
        ) from fault


def _from_osrm(base: str, places: Sequence[Place]) -> Travel:
    points = ";".join(f"{place.longitude:.6f},{place.latitude:.6f}" for place in places)
    answer = _json(Request(f"{base}/table/v1/driving/{points}?annotations=duration,distance"))  # noqa: S310
    if answer["code"] != "Ok":
        raise ValueError(answer["code"])
    return _travel(answer["durations"], answer.get("distances"), 1, len(places))


def _from_valhalla(base: str, places: Sequence[Place]) -> Travel:
    points = [{"lat": place.latitude, "lon": place.longitude} for place in places]
    asked = {"sources": points, "targets": points, "costing": "auto", "units": "kilometers"}
    rows = _json(
        Request(  # noqa: S310
            f"{base}/sources_to_targets",
            data=json.dumps(asked).encode(),
            headers={"Content-Type": "application/json"},
        )
    )["sources_to_targets"]
    times = [[cell["time"] for cell in row] for row in rows]
    kilometres = [[cell["distance"] for cell in row] for row in rows]
    return _travel(times, kilometres, 1000, len(places))


def _json(request: Request) -> Any:
    # The address is the city's own setting, checked at start to be http.
    with urlopen(request, timeout=ANSWERS_WITHIN) as answer:  # noqa: S310
        return json.load(answer)


def _travel(times: Any, lengths: Any, metres_each: int, places: int) -> Travel:
    if len(times) != places or any(len(row) != places for row in times):
        raise ValueError("the table has another size")
    seconds = [[NO_WAY if cell is None else round(cell) for cell in row] for row in times]
    metres = lengths and [[round((cell or 0) * metres_each) for cell in row] for row in lengths]
    return Travel(seconds, metres, SERVER)
