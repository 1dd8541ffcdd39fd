from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from outreach.coverage.actions import holdings
from outreach.coverage.actions.holdings import Imported
from outreach.coverage.models import Batch, Holding
from outreach.coverage.remarks import FileRefused, Remark
from outreach.places.models import BoundarySet, District
from tests.outreach.coverage.files import HANAWA, NAMES, NORTH, SOUTH


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def districts(boundary_set: BoundarySet) -> dict[str, District]:
    """花輪 with its parts north and south, and east, which has no parts; by code."""
    hanawa = District.objects.create(boundary_set=boundary_set, code=HANAWA, name="花輪")
    parts = {
        code: District.objects.create(
            boundary_set=boundary_set,
            code=code,
            name=name,
            parent=hanawa if code in (NORTH, SOUTH) else None,
        )
        for code, name in NAMES.items()
    }
    return {HANAWA: hanawa, **parts}


@pytest.fixture
def load(districts: dict[str, District], now: datetime) -> Callable[..., Imported]:
    def load(content: bytes, file_name: str = "counts.csv", **options: Any) -> Imported:
        return holdings.import_file(content=content, file_name=file_name, **{"now": now, **options})

    return load


@pytest.fixture
def faults_of(load: Callable[..., Imported]) -> Callable[..., tuple[Remark, ...]]:
    """The faults a file is refused for; proves that the database did not change."""

    def faults_of(content: bytes, **options: Any) -> tuple[Remark, ...]:
        before = Batch.objects.count(), Holding.objects.count()
        with pytest.raises(FileRefused) as refused:
            load(content, **options)
        assert (Batch.objects.count(), Holding.objects.count()) == before
        return refused.value.faults

    return faults_of
