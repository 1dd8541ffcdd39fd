from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import translation

from outreach.places.models import BoundarySet
from tests.maps.town import COUNTS, COUNTS_LATER, FIRST, SECOND, count, draw_town


@pytest.fixture(autouse=True)
def _sentences_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def town(db: None, now: datetime) -> BoundarySet:
    boundary_set = draw_town(now=now)
    count(FIRST, COUNTS)
    count(SECOND, COUNTS_LATER)
    return boundary_set
