from datetime import date, timedelta

import pytest

from outreach.visits.rules.step_limits import LimitsNotUnderstood, parse_limits
from outreach.visits.rules.transitions import STANDING
from outreach.visits.rules.working_days import (
    after_working_days,
    working_days_back,
    working_days_between,
)

# Culture Day, a Tuesday.
CLOSED = {date(2026, 11, 3)}


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        pytest.param(date(2026, 10, 30), 1, date(2026, 11, 2), id="over a weekend"),
        pytest.param(date(2026, 10, 30), 2, date(2026, 11, 4), id="over a holiday"),
        pytest.param(date(2026, 10, 31), 1, date(2026, 11, 2), id="begun on a Saturday"),
        pytest.param(date(2026, 10, 30), 0, date(2026, 10, 30), id="at once"),
    ],
)
def test_only_days_on_which_the_city_hall_is_open_count(
    start: date, count: int, last: date
) -> None:
    assert after_working_days(start, count, closed=CLOSED) == last


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_what_is_counted_forward_is_counted_back(count: int) -> None:
    start = date(2026, 10, 30)
    end = after_working_days(start, count, closed=CLOSED)
    assert working_days_between(start, end, closed=CLOSED) == count


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_late_is_judged_alike_forwards_and_backwards(count: int) -> None:
    for days in range(14):
        today = date(2026, 11, 1) + timedelta(days=days)
        first = working_days_back(today, count, closed=CLOSED)
        assert after_working_days(first, count, closed=CLOSED) >= today
        assert after_working_days(first - timedelta(days=1), count, closed=CLOSED) < today


def test_limits_are_read_for_every_step() -> None:
    written = ", ".join(f"{state}:{days}" for days, state in enumerate(sorted(STANDING)))
    assert parse_limits(written) == {state: days for days, state in enumerate(sorted(STANDING))}


@pytest.mark.parametrize("written", ["", "open:ten", "open", "open:1, open:2", "done:3"])
def test_limits_that_cannot_be_read_are_refused(written: str) -> None:
    with pytest.raises(LimitsNotUnderstood):
        parse_limits(written)
