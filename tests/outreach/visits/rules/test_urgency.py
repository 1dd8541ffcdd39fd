from datetime import date, timedelta

import pytest

from outreach.visits.rules.urgency import Level, urgency

TODAY = date(2026, 10, 1)


def judged(days_left=None, days_waiting=0, due_in=5, stay_left=None):
    return urgency(
        expires_on=None if days_left is None else TODAY + timedelta(days=days_left),
        stay_until=None if stay_left is None else TODAY + timedelta(days=stay_left),
        asked_on=TODAY - timedelta(days=days_waiting),
        due_on=TODAY + timedelta(days=due_in),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("days_left", "due_in", "level"),
    [
        pytest.param(None, 0, Level.ORDINARY, id="due today"),
        pytest.param(None, -1, Level.OVERDUE, id="late"),
        pytest.param(-1, 5, Level.EXPIRED, id="the day after the printed date"),
        pytest.param(0, 5, Level.SOON, id="the printed date itself"),
        pytest.param(30, 5, Level.SOON, id="just long enough to make a card"),
        pytest.param(31, 5, Level.ORDINARY, id="a day more"),
        pytest.param(31, -1, Level.OVERDUE, id="time left, but the city is late"),
        pytest.param(5, -1, Level.SOON, id="the card matters more than the wait"),
    ],
)
def test_the_level_follows_the_date_then_the_wait(
    days_left: int | None, due_in: int, level: Level
) -> None:
    found = judged(days_left=days_left, due_in=due_in, days_waiting=7)
    assert (found.level, found.days_left, found.days_waiting) == (level, days_left, 7)


@pytest.mark.parametrize(
    ("days_left", "stay_left", "first", "ends_stay"),
    [(40, 10, 10, True), (10, 40, 10, False), (10, 10, 10, False), (None, 20, 20, True)],
)
def test_the_date_that_comes_first_counts(
    days_left: int | None, stay_left: int, first: int, ends_stay: bool
) -> None:
    found = judged(days_left=days_left, stay_left=stay_left)
    assert (found.days_left, found.ends_stay) == (first, ends_stay)


@pytest.mark.parametrize(("days_left", "past"), [(None, 0), (3, 0), (0, 0), (-3, 3)])
def test_days_past_count_only_once_the_card_has_expired(days_left: int | None, past: int) -> None:
    assert judged(days_left=days_left).days_past == past
