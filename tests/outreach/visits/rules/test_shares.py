import pytest

from outreach.visits.rules.card_progress import Progress, progress
from outreach.visits.rules.shares import within


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7], 50, 7),
        ([4, 1, 3, 2], 50, 2),
        ([3, 1, 2], 50, 2),
        (list(range(1, 11)), 90, 9),
        (list(range(1, 12)), 90, 10),
        ([1, 2, 3], 100, 3),
    ],
)
def test_so_many_percent_do_not_exceed_it(values: list[int], percent: int, expected: int) -> None:
    assert within(values, percent) == expected
    assert sum(value <= expected for value in values) * 100 >= percent * len(values)


def test_nothing_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        within([], 50)


def test_a_request_stands_at_the_furthest_step() -> None:
    assert progress(applied=False, arrived=False, handed_over=False) == Progress.NOT_APPLIED
    assert progress(applied=True, arrived=False, handed_over=False) == Progress.APPLIED
    assert progress(applied=True, arrived=True, handed_over=False) == Progress.ARRIVED
    # Brought to somebody whose application the city has not seen.
    assert progress(applied=False, arrived=True, handed_over=True) == Progress.HANDED_OVER
