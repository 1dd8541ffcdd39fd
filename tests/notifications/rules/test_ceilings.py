from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from notifications.rules.ceilings import (
    ANNOUNCEMENT_PERIOD,
    VOICE_MINUTES,
    Ceiling,
    DayCeilings,
    Prices,
    Spent,
    fitting,
    next_announcement,
)

PRICES = Prices(sms_part=Decimal("8.5"), voice_minute=Decimal(20))
NOTHING = Spent(sms=0, yen=Decimal(0))
NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "parts", "yen"),
    [
        pytest.param("sms", 1, Decimal("8.5"), id="one part"),
        pytest.param("sms", 2, Decimal(17), id="two parts"),
        pytest.param("sms", 0, Decimal("8.5"), id="parts not counted yet"),
        pytest.param("voice", 0, Decimal(20) * VOICE_MINUTES, id="a call"),
        pytest.param("email", 0, Decimal(0), id="an e-mail"),
        pytest.param("letter", 0, Decimal(0), id="a letter"),
    ],
)
def test_sms_cost_by_the_part_and_calls_by_the_minute(channel, parts, yen):
    assert PRICES.of(channel=channel, parts=parts) == yen


@pytest.mark.parametrize(
    ("sms", "yen", "spent", "count", "ceiling"),
    [
        pytest.param(None, None, NOTHING, 4, None, id="no ceilings"),
        pytest.param(3, None, NOTHING, 4, None, id="exactly the number"),
        pytest.param(2, None, NOTHING, 3, Ceiling.SMS, id="one SMS too many"),
        pytest.param(3, None, Spent(3, Decimal(0)), 0, Ceiling.SMS, id="reached before"),
        pytest.param(None, Decimal(34), NOTHING, 4, None, id="exactly the yen"),
        pytest.param(None, Decimal("33.9"), NOTHING, 3, Ceiling.YEN, id="a little too dear"),
        pytest.param(0, None, NOTHING, 0, Ceiling.SMS, id="nothing at all"),
        pytest.param(2, Decimal(9), NOTHING, 1, Ceiling.YEN, id="the lower of two"),
    ],
)
def test_what_fits_under_the_ceilings_goes_and_the_rest_is_cut_off(sms, yen, spent, count, ceiling):
    batch = [("sms", 1), ("sms", 2), ("email", 0), ("sms", 1)]

    found = fitting(batch, spent=spent, ceilings=DayCeilings(sms, yen), prices=PRICES)

    assert found == (count, ceiling)


def test_what_costs_nothing_goes_on_where_the_ceiling_is_just_reached():
    found = fitting(
        [("email", 0), ("letter", 0)],
        spent=Spent(5, Decimal(100)),
        ceilings=DayCeilings(5, Decimal(100)),
        prices=PRICES,
    )

    assert found == (2, None)


@pytest.mark.parametrize(
    ("days_ago", "most", "expected"),
    [
        pytest.param([], 1, NOW, id="never told"),
        pytest.param([1], 2, NOW, id="one of two"),
        pytest.param([1, 3], 2, NOW - timedelta(days=3) + ANNOUNCEMENT_PERIOD, id="two of two"),
        pytest.param([1, 3, 6], 2, NOW - timedelta(days=3) + ANNOUNCEMENT_PERIOD, id="over it"),
        pytest.param([1, 7], 2, NOW, id="the earlier one is seven days old"),
        pytest.param([3, 1], 2, NOW - timedelta(days=3) + ANNOUNCEMENT_PERIOD, id="in disorder"),
    ],
)
def test_a_person_is_told_so_many_announcements_in_seven_days(days_ago, most, expected):
    told_at = [NOW - timedelta(days=days) for days in days_ago]

    found = next_announcement(told_at, at=NOW, most=most)

    assert found == expected
    assert next_announcement(told_at, at=found, most=most) == found
