"""The coverage map as a picture: drawn by the server, for paper and for browsers without scripts.

The same classes, colours and patterns as the map on the screen (`static/maps/coverage.css`).
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any
from unicodedata import east_asian_width

from django.template.loader import render_to_string

from maps.coverage_table import legend
from maps.rules.rate_classes import breaks_of, class_of
from maps.rules.svg_paths import rings, svg_path
from maps.sentences import missing_sentence, summary_sentence
from outreach.coverage.coverage import Coverage
from outreach.places.models import BoundarySet

WIDTH = 1000  # of the drawing, in the picture's own units
MARGIN = 10
LETTER = 15  # width and height of a kanji in a label
TEXT = 18  # and in the words below the map
LINE = 32
MOST_LABELLED = 60  # beyond that many districts names would only cover the map

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    name: str
    path: str
    # Where the name is written, in the picture's units; None where there is no room.
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Drawing:
    areas: Sequence[Area]
    height: int


def picture(boundary_set: BoundarySet, coverage: Coverage) -> str:
    """An SVG document with the map, its legend and the sentence that names both dates."""
    drawing = _drawing(boundary_set.pk, boundary_set.drawing_hash)
    breaks = breaks_of(coverage.target)
    rows = {row.code: row for row in coverage.districts}
    shown = [
        (area, str(class_of(row.rate, counted=not row.missing, breaks=breaks)), row)
        for area in drawing.areas
        if (row := rows.get(area.code)) is not None
    ]
    return render_to_string(
        "maps/picture.svg",
        {
            "areas": shown,
            "labelled": [entry for entry in shown if entry[0].label],
            "summary": summary_sentence(coverage),
            "width": WIDTH,
            **_below(drawing.height, boundary_set, coverage),
        },
    )


def _below(top: int, boundary_set: BoundarySet, coverage: Coverage) -> dict[str, Any]:
    """What stands under the map: the legend in two columns, then the words."""
    entries = legend(coverage.target)
    rows = (len(entries) + 1) // 2
    placed = [
        {
            "swatch": entry.swatch,
            "words": entry.words,
            "x": MARGIN + number // rows * WIDTH // 2,
            "y": top + (number % rows + 1) * LINE,
        }
        for number, entry in enumerate(entries)
    ]
    words = [
        summary_sentence(coverage),
        missing_sentence(coverage),
        f"{boundary_set.name} {boundary_set.credit}",
    ]
    lines = [line for sentence in words for line in _broken(sentence)]
    first = top + (rows + 2) * LINE
    return {
        "legend": placed,
        "lines": [{"words": line, "y": first + n * LINE} for n, line in enumerate(lines)],
        "full_height": first + len(lines) * LINE,
    }


def _broken(sentence: str) -> Iterator[str]:
    """The sentence in lines as wide as the picture; SVG breaks none itself."""
    line, width = "", 0.0
    for character in sentence:
        width += TEXT if east_asian_width(character) in "WFA" else TEXT * 0.6
        if width > WIDTH - 2 * MARGIN:
            yield line
            line, width = "", TEXT
        line += character
    if line.strip():
        yield line


@lru_cache(maxsize=4)
def _drawing(boundary_set_id: int, drawing_hash: str) -> Drawing:
    """The set's outlines as SVG paths; kept, because they never change under one hash."""
    boundary_set = BoundarySet.objects.get(pk=boundary_set_id)
    features = json.loads(gzip.decompress(bytes(boundary_set.drawing)))["features"]
    drawn = [feature for feature in features if feature["geometry"]]
    if not drawn:
        return Drawing(areas=(), height=0)
    outlines = [ring for feature in drawn for ring in rings(feature["geometry"])]
    corners = [corner for ring in outlines for corner in ring]
    west, east = min(c[0] for c in corners), max(c[0] for c in corners)
    south, north = min(c[1] for c in corners), max(c[1] for c in corners)
    narrow = cos(radians((south + north) / 2))  # a degree of longitude against one of latitude
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrow, (north - south), 1e-9)

    def place(corner: Sequence[float]) -> tuple[int, int]:
        x = MARGIN + (corner[0] - west) * narrow * scale
        y = MARGIN + (north - corner[1]) * scale
        return round(x), round(y)

    points = _label_points(boundary_set)
    free = _FreeSpace()
    areas = []
    for feature in drawn:
        point = points.get(feature["id"]) if len(drawn) <= MOST_LABELLED else None
        label = free.claim(place(point), feature["properties"]["name"]) if point else None
        lines = ([place(corner) for corner in ring] for ring in rings(feature["geometry"]))
        path = "".join(svg_path(line) for line in lines)
        areas.append(Area(feature["id"], feature["properties"]["name"], path, label))
    return Drawing(areas=areas, height=round((north - south) * scale) + 2 * MARGIN)


def _label_points(boundary_set: BoundarySet) -> dict[str, tuple[float, float]]:
    points = boundary_set.districts.leaves().values_list("code", "longitude", "latitude")
    return {
        code: (longitude, latitude)
        for code, longitude, latitude in points
        if longitude is not None and latitude is not None
    }


class _FreeSpace:
    """Which parts of the picture no name stands on yet."""

    def __init__(self) -> None:
        self._taken: list[Box] = []

    def claim(self, centre: tuple[int, int], name: str) -> tuple[float, float] | None:
        """The place for a name (and the rate below it), or None where another is in the way."""
        x, y = centre
        half = max(len(name), 4) * LETTER / 2
        box = (x - half, y - LETTER, x + half, y + 1.4 * LETTER)
        if any(_overlap(box, other) for other in self._taken):
            return None
        self._taken.append(box)
        return x, y


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
