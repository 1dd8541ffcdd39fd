"""Areas and counts for the map's bench: a made-up grid, or a real GeoJSON."""

import json
import random
import tempfile
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CORNERS = 30  # a usual municipality of N03 at one part in a hundred
FIRST, SECOND = date(2026, 1, 31), date(2026, 2, 28)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


def grid(count: int) -> list[dict[str, Any]]:
    """Made-up areas side by side, neighbours sharing wavy borders, as GeoJSON features."""
    rng = random.Random(count)
    across = max(1, round(count**0.5))
    per_side = CORNERS // 4
    step = 0.05

    def wobble() -> float:
        return rng.uniform(-0.15, 0.15) * step

    knots: dict[tuple[int, int], tuple[float, float]] = {}

    def at(x: int, y: int) -> tuple[float, float]:
        # Corners and points along the sides, made once, so that neighbours share them.
        key = (x, y)
        if key not in knots:
            knots[key] = (
                round(139 + x * step / per_side + wobble(), 5),
                round(36 + y * step / per_side + wobble(), 5),
            )
        return knots[key]

    features = []
    for number in range(count):
        left, low = (number % across) * per_side, (number // across) * per_side
        ring = (
            [at(left + n, low) for n in range(per_side)]
            + [at(left + per_side, low + n) for n in range(per_side)]
            + [at(left + per_side - n, low + per_side) for n in range(per_side)]
            + [at(left, low + per_side - n) for n in range(per_side)]
        )
        features.append(
            {
                "type": "Feature",
                "properties": {"code": f"{number:05d}", "name": f"第{number}地区"},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    return features


def of_file(path: Path) -> list[dict[str, Any]]:
    """The areas of a real GeoJSON, with codes of our own where the file's are not unique."""
    from outreach.places.rules.layouts import columns_of

    features = json.loads(path.read_text())["features"]
    columns = columns_of(list(features[0]["properties"]))
    areas = []
    for number, feature in enumerate(features):
        words = feature["properties"]
        names = ("".join(words[c] or "" for c in group) for group in columns.names)
        areas.append(
            {
                "type": "Feature",
                "properties": {
                    "code": f"{number:05d}",
                    "name": next(filter(None, names), "") or f"第{number}地区",
                },
                "geometry": feature["geometry"],
            }
        )
    return [area for area in areas if area["geometry"]]


def fill(features: list[dict[str, Any]]) -> None:
    """The areas in force through the importer, and counts of two dates on them."""
    from django.core.management import call_command

    from outreach.coverage.models import Batch
    from outreach.places.models import BoundarySet

    Batch.objects.all().delete()
    BoundarySet.objects.all().delete()
    with tempfile.NamedTemporaryFile("w", suffix=".geojson") as source:
        json.dump({"type": "FeatureCollection", "features": features}, source)
        source.flush()
        call_command(
            "import_boundaries", source.name, set_name="bench", skip_checks=True, stdout=StringIO()
        )
    _count(BoundarySet.objects.get())


def _count(boundary_set: Any) -> None:
    from outreach.coverage.models import Batch, Holding

    rng = random.Random(7)
    rows = []
    for day in (FIRST, SECOND):
        batch = Batch.objects.create(
            boundary_set=boundary_set,
            as_of=day,
            population_as_of=day,
            file_name="bench.csv",
            sha256="0",
            content_hash=str(day),
            imported_at=NOW,
        )
        for district in boundary_set.districts.order_by("code"):
            residents = round(rng.lognormvariate(8, 1)) + 1
            rows.append(
                Holding(
                    batch=batch,
                    district=district,
                    age_from=-1,
                    sex="b",
                    residents=residents,
                    cards=round(residents * rng.uniform(0.68, 0.93)),
                )
            )
    Holding.objects.bulk_create(rows, batch_size=500)
