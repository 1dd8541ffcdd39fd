from decimal import Decimal

import pytest

from maps.rules.rate_classes import NoRate, breaks_of, class_of

BREAKS = breaks_of(Decimal(90))


def test_the_classes_lead_up_to_the_target() -> None:
    assert [str(bound) for bound in BREAKS] == [
        "75.0",
        "77.5",
        "80.0",
        "82.5",
        "85.0",
        "87.5",
        "90.0",
    ]


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        pytest.param("0.0", 0, id="nobody holds one"),
        pytest.param("74.9", 0, id="just below the first bound"),
        pytest.param("75.0", 1, id="on the first bound"),
        pytest.param("89.9", 6, id="just below the target"),
        pytest.param("90.0", 7, id="the target"),
        pytest.param("100.4", 7, id="more cards than residents"),
    ],
)
def test_a_bound_belongs_to_the_class_above_it(rate: str, expected: int) -> None:
    assert class_of(Decimal(rate), counted=True, breaks=BREAKS) == expected


def test_missing_is_not_empty_and_neither_is_the_lowest_class() -> None:
    assert class_of(None, counted=False, breaks=BREAKS) is NoRate.MISSING
    assert class_of(None, counted=True, breaks=BREAKS) is NoRate.EMPTY
