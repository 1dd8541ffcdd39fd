from datetime import date

import pytest

from notifications.rules.holidays import ClosedDays, DaysNotUnderstood, parse_closed_days

NEW_YEAR = parse_closed_days("12-29..01-03")


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        pytest.param(date(2026, 12, 28), False, id="the last day at work"),
        pytest.param(date(2026, 12, 29), True, id="the first day off"),
        pytest.param(date(2027, 1, 3), True, id="the last day off"),
        pytest.param(date(2027, 1, 4), False, id="the first day at work"),
        pytest.param(date(2026, 5, 6), True, id="a substitute day after three holidays"),
        pytest.param(date(2026, 9, 22), True, id="a citizens' holiday between two holidays"),
        pytest.param(date(2026, 9, 21), True, id="a Monday holiday"),
        pytest.param(date(2026, 9, 24), False, id="the day after the autumnal equinox"),
        pytest.param(date(2027, 3, 22), True, id="the day after an equinox on a Sunday"),
        pytest.param(date(2026, 2, 11), True, id="a fixed holiday"),
        pytest.param(date(2028, 2, 29), False, id="29 February"),
        pytest.param(date(2026, 10, 4), False, id="a Sunday is no holiday"),
    ],
)
def test_holidays_and_the_turn_of_the_year_are_closed(day, closed):
    assert (day in NEW_YEAR) is closed


def test_without_spans_the_holidays_remain():
    assert date(2027, 1, 1) in parse_closed_days("")
    assert date(2026, 12, 30) not in parse_closed_days("")


def test_several_spans_and_single_days_are_read():
    assert parse_closed_days("12-29..01-03, 08-13..08-16,02-29") == ClosedDays(
        (((12, 29), (1, 3)), ((8, 13), (8, 16)), ((2, 29), (2, 29)))
    )


@pytest.mark.parametrize("written", ["12-29", "08-13..08-16"])
def test_a_span_holds_its_first_and_last_day(written):
    closed = parse_closed_days(written)
    first, last = closed.spans[0]

    assert date(2026, *first) in closed
    assert date(2026, *last) in closed
    assert date(2026, 10, 1) not in closed


@pytest.mark.parametrize("written", ["12/29", "12-29...01-03", "02-30", "13-01", "12-29..", "new"])
def test_what_is_no_day_of_the_year_is_refused_and_quoted(written):
    with pytest.raises(DaysNotUnderstood, match=r"12-29\.\.01-03|There is no day"):
        parse_closed_days(written)
