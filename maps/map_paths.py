"""The districts' outlines as the map's script draws them, made from the stored GeoJSON.

A browser reads path strings several times faster than it projects GeoJSON corner by corner, and
nothing else on the page grows with the number of corners.
"""

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from maps.rules.svg_paths import rings, svg_path
from maps.rules.web_mercator import CLOSEST_ZOOM, spot
from outreach.places.models import BoundarySet

Spot = tuple[int, int]


@lru_cache(maxsize=4)
def packed_paths(drawing_hash: str) -> bytes:
    """Gzipped JSON of one set; kept, because outlines never change under one hash.

    `zoom`: whose pixels are the unit; `origin`: the corner of the map that everything else is
    relative to; `districts`: code, name, box (left, top, right, bottom) and path of each that has
    an outline. Raises BoundarySet.DoesNotExist.
    """
    sets = BoundarySet.objects.filter(drawing_hash=drawing_hash).order_by("-is_active", "-pk")
    features = json.loads(gzip.decompress(bytes(sets[:1].get().drawing)))["features"]
    body = json.dumps(_paths(features), ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(body.encode(), mtime=0)


def _paths(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    drawn = [
        (feature, [[spot(*corner[:2]) for corner in ring] for ring in rings(feature["geometry"])])
        for feature in features
        if feature["geometry"]
    ]
    left, top = _box([corner for _, lines in drawn for line in lines for corner in line])[:2]
    districts = []
    for feature, lines in drawn:
        moved = [[(x - left, y - top) for x, y in line] for line in lines]
        districts.append(
            [
                feature["id"],
                feature["properties"]["name"],
                _box([corner for line in moved for corner in line]),
                "".join(svg_path(line) for line in moved),
            ]
        )
    return {"zoom": CLOSEST_ZOOM, "origin": [left, top], "districts": districts}


def _box(corners: Sequence[Spot]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom; nothing but zeros around no corners."""
    across, down = [x for x, _ in corners] or [0], [y for _, y in corners] or [0]
    return min(across), min(down), max(across), max(down)
