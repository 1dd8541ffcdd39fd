"""A small town on the map: two districts below one parent, one beside it, counts of two dates."""

from datetime import date, datetime

from outreach.coverage.models import Batch, Holding
from outreach.places.actions import boundaries
from outreach.places.features import Feature
from outreach.places.models import BoundarySet

FIRST, SECOND = date(2026, 1, 31), date(2026, 2, 28)
# code → (residents, cards) of the first date; the third district was not counted.
COUNTS = {"0520900100": (1000, 764), "0520900200": (500, 450)}
COUNTS_LATER = {**COUNTS, "0520900100": (1000, 900), "0520900300": (0, 0)}


def square(column: int) -> dict:
    """A GeoJSON square in a row of squares."""
    west, south, side = 140.78 + column * 0.02, 40.18, 0.02
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def draw_town(
    *,
    now: datetime,
    name: str = "花輪",
    parent: str = "花輪町",
    credit: str = "出典：試験用",
    title: str = "大字",
) -> BoundarySet:
    """Put three districts in force; the words are those of the first, its parent and the set."""
    return boundaries.replace(
        name=title,
        features=[
            Feature("0520900100", name, "", "P", parent, geometry=square(0)),
            Feature("0520900200", "尾去沢", "Osarizawa", "P", parent, geometry=square(1)),
            Feature("0520900300", "大湯", "", "", "", geometry=square(2)),
        ],
        file_name="areas.geojson",
        sha256=title,
        credit=credit,
        now=now,
    )


def count(as_of: date, counts: dict[str, tuple[int, int]]) -> Batch:
    """Counts of one date for the set in force."""
    boundary_set = BoundarySet.objects.in_force()
    batch = Batch.objects.create(
        boundary_set=boundary_set,
        as_of=as_of,
        population_as_of=date(2026, 1, 1),
        file_name="counts.csv",
        sha256="0",
        content_hash=str(as_of),
    )
    keys = dict(boundary_set.districts.values_list("code", "pk"))
    Holding.objects.bulk_create(
        Holding(
            batch=batch,
            district_id=keys[code],
            age_from=-1,
            sex="b",
            residents=residents,
            cards=cards,
        )
        for code, (residents, cards) in counts.items()
    )
    return batch
