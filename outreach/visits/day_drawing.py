"""The day as two drawings: a timeline and a map of our own, without tiles from anywhere.

Numbers and lines alone; who is behind a number stands in the table beside them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, pi, radians, sin
from typing import Any

from django.utils import timezone

from outreach.places.models import District
from outreach.visits.day_screen import RouteShown, Shown

WIDTH, ROW = 1000, 56
HOURS = range(8, 19)
MAP_WIDTH, MARGIN = 600, 24
# Visits of one district stand at one point: they are drawn around it.
AROUND = 26


@dataclass(frozen=True, slots=True)
class Box:
    """A visit or a lunch on the timeline, in units of the drawing."""

    x: float
    end: float
    number: int | None

    @property
    def width(self) -> float:
        return round(self.end - self.x, 1)

    @property
    def middle(self) -> float:
        return round((self.x + self.end) / 2, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One team's row: from leaving to returning, and what lies between."""

    team: str
    y: int
    text_y: int
    mid_y: int
    colour: int
    away: Box | None
    boxes: list[Box]
    lunch: Box | None


def timeline(shown: Shown) -> dict[str, Any]:
    """Rows, hours and size of the timeline; no rows where no visit has a time."""
    lines = [
        _line(index, route)
        for index, route in enumerate(shown.routes)
        if any(stop.arrive for stop in route.stops)
    ]
    hours = [(hour, _x_of_hour(hour)) for hour in HOURS]
    return {"lines": lines, "hours": hours, "width": WIDTH, "height": ROW * len(shown.routes) + 30}


def _line(index: int, route: RouteShown) -> Line:
    y = 30 + index * ROW
    away = _box(route.departs, route.returns, None)
    timed = [_box(stop.arrive, stop.leave, stop.number) for stop in route.stops]
    lunch = _box(*route.lunch, None) if route.lunch else None
    return Line(
        str(route.team),
        y,
        y + 12,
        y + 32,
        route.colour,
        away,
        [box for box in timed if box],
        lunch,
    )


def _box(begins: datetime | None, ends: datetime | None, number: int | None) -> Box | None:
    if begins is None or ends is None:
        return None
    return Box(_x(begins), _x(ends), number)


def _x(moment: datetime) -> float:
    local = timezone.localtime(moment)
    return _x_of_hour(timedelta(hours=local.hour, minutes=local.minute) / timedelta(hours=1))


def _x_of_hour(hour: float) -> float:
    share = (hour - HOURS[0]) / (HOURS[-1] - HOURS[0])
    return round(min(max(share, 0), 1) * WIDTH, 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """A visit on the map."""

    x: float
    y: float
    number: int
    colour: int


def map_of(shown: Shown) -> dict[str, Any]:
    """Outlines of the districts, ways and dots; empty where no place is known."""
    points = [
        (route.colour, stop.number, stop.place)
        for route in shown.routes
        for stop in route.stops
        if stop.place
    ]
    if not points:
        return {}
    areas = list(District.objects.to_choose_from())
    rings = [(area, ring) for area in areas for ring in _rings(area.boundary)]
    corners = [corner for _area, ring in rings for corner in ring]
    corners += [(place.longitude, place.latitude) for _colour, _number, place in points]
    drawn = _Frame(corners)
    dots = list(_dots(points, drawn))
    return {
        "width": MAP_WIDTH,
        "height": drawn.height,
        "areas": [drawn.path(ring) for _area, ring in rings],
        "names": [
            (area.name, *drawn.at(area.longitude, area.latitude))
            for area in areas
            if area.longitude is not None and area.latitude is not None
        ],
        "dots": dots,
        "ways": [
            (
                colour,
                " ".join(f"{dot.x},{dot.y}" for dot in dots if dot.colour == colour),
            )
            for colour in sorted({dot.colour for dot in dots})
        ],
    }


class _Frame:
    """Degrees to the units of the drawing, north up, a degree of longitude as short as it is."""

    def __init__(self, corners: Iterable[tuple[float, float]]) -> None:
        corners = list(corners)
        self.north = max(latitude for _, latitude in corners)
        self.west = min(longitude for longitude, _ in corners)
        south = min(latitude for _, latitude in corners)
        east = max(longitude for longitude, _ in corners)
        self.narrow = cos(radians((self.north + south) / 2))
        across = max((east - self.west) * self.narrow, 0.01)
        self.scale = (MAP_WIDTH - 2 * MARGIN) / across
        self.height = round((self.north - south) * self.scale + 2 * MARGIN)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (
            round(MARGIN + (longitude - self.west) * self.narrow * self.scale, 1),
            round(MARGIN + (self.north - latitude) * self.scale, 1),
        )

    def path(self, ring: list[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x},{y}" for x, y in (self.at(*corner) for corner in ring)) + "Z"


def _dots(points: list[tuple[int, int, Any]], drawn: _Frame) -> Iterable[Dot]:
    together = Counter((place.longitude, place.latitude) for _, _, place in points)
    drawn_at: Counter[tuple[float, float]] = Counter()
    for colour, number, place in points:
        where = (place.longitude, place.latitude)
        x, y = drawn.at(*where)
        if together[where] > 1:
            turn = 2 * pi * drawn_at[where] / together[where]
            away = max(AROUND, together[where] * AROUND / 6)
            x, y = round(x + away * cos(turn), 1), round(y + away * sin(turn), 1)
        drawn_at[where] += 1
        yield Dot(x, y, number, colour)


def _rings(boundary: dict[str, Any] | None) -> list[list[tuple[float, float]]]:
    """The outer rings of a GeoJSON Polygon or MultiPolygon."""
    if not boundary:
        return []
    parts = boundary["coordinates"]
    polygons = [parts] if boundary["type"] == "Polygon" else parts
    return [[(corner[0], corner[1]) for corner in polygon[0]] for polygon in polygons]
