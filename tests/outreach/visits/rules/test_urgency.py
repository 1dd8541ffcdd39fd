from datetime import date, timedelta

import pytest

from outreach.visits.rules.urgency import Level, urgency

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("days_left", "days_waiting", "level"),
    [
        pytest.param(None, 0, Level.ORDINARY, id="asked today, no date"),
        pytest.param(None, 20, Level.ORDINARY, id="a day before it is too long"),
        pytest.param(None, 21, Level.OVERDUE, id="too long"),
        pytest.param(-1, 0, Level.EXPIRED, id="the day after the printed date"),
        pytest.param(0, 0, Level.SOON, id="the printed date itself"),
        pytest.param(30, 0, Level.SOON, id="just long enough to make a card"),
        pytest.param(31, 0, Level.ORDINARY, id="a day more"),
        pytest.param(31, 21, Level.OVERDUE, id="time left, but waiting too long"),
        pytest.param(5, 30, Level.SOON, id="the card matters more than the wait"),
    ],
)
def test_the_level_follows_the_printed_date_then_the_wait(
    days_left: int | None, days_waiting: int, level: Level
) -> None:
    judged = urgency(
        expires_on=None if days_left is None else TODAY + timedelta(days=days_left),
        asked_on=TODAY - timedelta(days=days_waiting),
        today=TODAY,
    )
    assert (judged.level, judged.days_left, judged.days_waiting) == (
        level,
        days_left,
        days_waiting,
    )


@pytest.mark.parametrize(("days_left", "past"), [(None, 0), (3, 0), (0, 0), (-3, 3)])
def test_days_past_count_only_once_the_card_has_expired(days_left: int | None, past: int) -> None:
    expires_on = None if days_left is None else TODAY + timedelta(days=days_left)
    assert urgency(expires_on=expires_on, asked_on=TODAY, today=TODAY).days_past == past
