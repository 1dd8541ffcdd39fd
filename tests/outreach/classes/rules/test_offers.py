from datetime import UTC, datetime, timedelta

import pytest

from outreach.classes.rules.offers import answer_by

STARTS_AT = datetime(2026, 10, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "answer_before"),
    [
        pytest.param(timedelta(days=10), timedelta(days=8), id="two days to answer"),
        pytest.param(timedelta(days=1), timedelta(hours=3), id="no longer than the class allows"),
        pytest.param(timedelta(hours=3, seconds=1), timedelta(hours=3), id="the last moment"),
    ],
)
def test_an_offer_ends_in_two_days_or_shortly_before_the_class(before, answer_before):
    assert (
        answer_by(offered_at=STARTS_AT - before, starts_at=STARTS_AT) == STARTS_AT - answer_before
    )


@pytest.mark.parametrize("before", [timedelta(hours=3), timedelta(0), timedelta(days=-1)])
def test_too_shortly_before_the_class_nothing_is_offered(before):
    assert answer_by(offered_at=STARTS_AT - before, starts_at=STARTS_AT) is None
