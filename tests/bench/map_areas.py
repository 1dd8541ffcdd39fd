"""Areas and counts for the map's bench: a made-up grid, or a real GeoJSON."""

import json
import random
import tempfile
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CORNERS = 30  # between the nation of N03 at one part in a thousand (18) and in a hundred (120)
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
    """Counts of two dates, a month apart: residents move by some per mille, cards grow a little."""
    rng = random.Random(7)
    districts = list(boundary_set.districts.order_by("code"))
    residents = [round(rng.lognormvariate(8, 1)) + 1 for _ in districts]
    cards = [round(people * rng.uniform(0.68, 0.93)) for people in residents]
    _load(boundary_set, FIRST, districts, residents, cards)
    moved = [max(people + round(people * rng.gauss(-0.001, 0.002)), 1) for people in residents]
    grown = [held + round(held * rng.uniform(0, 0.01)) for held in cards]
    _load(boundary_set, SECOND, districts, moved, grown)


def _load(
    boundary_set: Any, day: date, districts: list[Any], residents: list[int], cards: list[int]
) -> None:
    from outreach.coverage.models import Batch, Holding

    batch = Batch.objects.create(
        boundary_set=boundary_set,
        as_of=day,
        population_as_of=day,
        file_name="bench.csv",
        sha256="0",
        content_hash=str(day),
        imported_at=NOW,
    )
    Holding.objects.bulk_create(
        [
            Holding(
                batch=batch, district=district, age_from=-1, sex="b", residents=people, cards=held
            )
            for district, people, held in zip(districts, residents, cards, strict=True)
        ],
        batch_size=500,
    )
