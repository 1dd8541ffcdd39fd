"""A small town on the map: two districts below one parent, one beside it, counts of two dates."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.utils import translation

from outreach.coverage.models import Batch, Holding
from outreach.places.actions import boundaries
from outreach.places.features import Feature
from outreach.places.models import BoundarySet

FIRST, SECOND = date(2026, 1, 31), date(2026, 2, 28)
# code → (residents, cards) of the first date; the third district was not counted.
COUNTS = {"0520900100": (1000, 764), "0520900200": (500, 450)}


def square(column: int) -> dict:
    west, south, side = 140.78 + column * 0.02, 40.18, 0.02
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def draw_town(db: None, now: datetime) -> Callable[..., BoundarySet]:
    """Put three districts in force; the keywords change their words."""

    def draw(
        *,
        name: str = "花輪",
        parent: str = "花輪町",
        credit: str = "出典：試験用",
        title: str = "大字",
    ) -> BoundarySet:
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

    return draw


@pytest.fixture
def count() -> Callable[..., Batch]:
    """Counts of one date for the set in force."""

    def load(as_of: date, counts: dict[str, tuple[int, int]]) -> Batch:
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
        for code, (residents, cards) in counts.items():
            Holding.objects.create(
                batch=batch,
                district_id=keys[code],
                age_from=-1,
                sex="b",
                residents=residents,
                cards=cards,
            )
        return batch

    return load


@pytest.fixture
def town(draw_town: Callable[..., BoundarySet], count: Callable[..., Batch]) -> BoundarySet:
    boundary_set = draw_town()
    count(FIRST, COUNTS)
    count(SECOND, {**COUNTS, "0520900100": (1000, 900), "0520900300": (0, 0)})
    return boundary_set
