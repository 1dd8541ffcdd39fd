from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.rules.reminder_days import due_day

TOKYO = ZoneInfo("Asia/Tokyo")
# Thursday 22 October at ten; the week before begins on the 15th, the eve on the 21st.
STARTS_AT = datetime(2026, 10, 22, 10, 0, tzinfo=TOKYO)
LONG_AGO = datetime(2026, 10, 1, 9, 0, tzinfo=TOKYO)


def october(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, second, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        pytest.param(october(14, 23, 59, 59), None, id="a second before the week"),
        pytest.param(october(15), 7, id="the week begins"),
        pytest.param(october(20, 23, 59, 59), 7, id="a late run still sends the week's"),
        pytest.param(october(21), 1, id="the eve begins and takes the week's place"),
        pytest.param(october(22, 9, 59, 59), 1, id="a second before the class"),
        pytest.param(october(22, 10), None, id="the class begins"),
        pytest.param(october(23), None, id="the day after"),
    ],
)
def test_who_registered_long_ago_is_due_the_nearest_reminder(now, days):
    found = due_day(starts_at=STARTS_AT, registered_at=LONG_AGO, now=now, days=(7, 1))
    assert found == days


@pytest.mark.parametrize(
    ("registered_at", "now", "days"),
    [
        pytest.param(october(14, 23, 59), october(15, 9), 7, id="just before the week"),
        pytest.param(october(15), october(15, 9), None, id="as the week begins"),
        pytest.param(october(17, 12), october(17, 13), None, id="within the week, at once"),
        pytest.param(october(17, 12), october(21, 9), 1, id="within the week, on the eve"),
        pytest.param(october(21, 12), october(21, 13), None, id="on the eve"),
        pytest.param(october(22, 8), october(22, 9), None, id="on the day"),
    ],
)
def test_who_registers_after_a_reminder_fell_due_does_not_get_it(registered_at, now, days):
    found = due_day(starts_at=STARTS_AT, registered_at=registered_at, now=now, days=(7, 1))
    assert found == days


def test_the_order_of_the_days_makes_no_difference():
    now = october(21, 9)
    found = due_day(starts_at=STARTS_AT, registered_at=LONG_AGO, now=now, days=(1, 3, 7))
    assert found == 1


def test_without_days_nobody_is_reminded():
    assert due_day(starts_at=STARTS_AT, registered_at=LONG_AGO, now=october(21), days=()) is None
