from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.reminder_ladder import DEFAULT_LADDER, STALE_AFTER_DAYS, due_step, steps
from mynumber.rules.validity import renewal_opens_on

EXPIRES_ON = date(2026, 10, 10)

expiries = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


def at(days: int) -> date:
    """The day T+days."""
    return EXPIRES_ON + timedelta(days=days)


def code_due(days: int, **kwargs) -> str | None:
    step = due_step(EXPIRES_ON, today=at(days), **kwargs)
    return step and step.code


def test_the_ladder_names_its_steps_and_their_days():
    assert [(step.code, step.due_on.isoformat()) for step in steps(EXPIRES_ON)] == [
        ("T-90", "2026-07-12"),
        ("T-60", "2026-08-11"),
        ("T-30", "2026-09-10"),
        ("T-7", "2026-10-03"),
        ("T", "2026-10-10"),
        ("T+30", "2026-11-09"),
        ("T+75", "2026-12-24"),
    ]


def test_a_ladder_from_the_settings_may_be_unordered_and_repeat_itself():
    assert [step.days for step in steps(EXPIRES_ON, [0, -30, 30, -30])] == [-30, 0, 30]


@pytest.mark.parametrize(
    ("expires_on", "due_on"),
    [
        pytest.param("2028-03-30", "2028-02-29", id="onto a leap day"),
        pytest.param("2028-02-29", "2028-01-30", id="from a leap day"),
        pytest.param("2027-03-31", "2027-03-01", id="over the end of February"),
        pytest.param("2027-01-15", "2026-12-16", id="over the end of the year"),
    ],
)
def test_steps_count_days_and_not_months(expires_on, due_on):
    (step,) = steps(date.fromisoformat(expires_on), [-30])

    assert step.due_on == date.fromisoformat(due_on)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        pytest.param(-91, None, id="before the first step"),
        pytest.param(-90, "T-90", id="on the first step"),
        pytest.param(-90 + STALE_AFTER_DAYS, "T-90", id="as late as is useful"),
        pytest.param(-90 + STALE_AFTER_DAYS + 1, None, id="one day too late"),
        pytest.param(-61, None, id="the day before the second step"),
        pytest.param(-60, "T-60", id="on the second step"),
        pytest.param(-8, None, id="the day before the last week"),
        pytest.param(-7, "T-7", id="the last week"),
        pytest.param(-1, "T-7", id="the day before expiry"),
        pytest.param(0, "T", id="the last day"),
        pytest.param(1, "T", id="the first void day"),
        pytest.param(30, "T+30", id="a month void"),
        pytest.param(75, "T+75", id="the last step"),
        pytest.param(75 + STALE_AFTER_DAYS, "T+75", id="the last step, late"),
        pytest.param(75 + STALE_AFTER_DAYS + 1, None, id="after the ladder"),
    ],
)
def test_the_latest_step_is_due_until_it_is_stale_or_followed(today, code):
    assert code_due(today) == code


@pytest.mark.parametrize(
    ("asked", "today", "code"),
    [
        pytest.param(-40, -40, None, id="nothing on the day of asking"),
        pytest.param(-40, -31, None, id="nothing until the next step"),
        pytest.param(-40, -30, "T-30", id="the next step when it falls due"),
        pytest.param(-30, -30, "T-30", id="asked on the day of a step"),
        pytest.param(-29, -28, None, id="asked a day after a step"),
        pytest.param(5, 5, None, id="asked after expiry"),
        pytest.param(5, 30, "T+30", id="reminded after expiry"),
    ],
)
def test_who_asks_late_gets_only_what_falls_due_afterwards(asked, today, code):
    assert code_due(today, since=at(asked)) == code


def test_after_an_outage_one_step_is_sent_and_not_all_that_were_missed():
    assert code_due(1) == "T"


def test_asking_again_gives_the_same_step():
    assert due_step(EXPIRES_ON, today=at(-5)) == due_step(EXPIRES_ON, today=at(-5))


def test_a_clock_set_back_before_the_day_of_asking_sends_nothing():
    assert code_due(-59, since=at(-40)) is None


def test_the_first_step_can_come_before_the_renewal_period_opens():
    expires_on = date(2027, 5, 28)
    first = steps(expires_on)[0]

    assert first.due_on == renewal_opens_on(expires_on) - timedelta(days=2)


@given(expires_on=expiries, asked=st.integers(-120, 100))
def test_day_by_day_every_step_from_the_day_of_asking_comes_once_and_in_order(expires_on, asked):
    since = expires_on + timedelta(days=asked)
    sent: list[int] = []
    for offset in range(-120, 121):
        step = due_step(expires_on, today=expires_on + timedelta(days=offset), since=since)
        if step and step.days not in sent:
            assert offset == step.days
            sent.append(step.days)

    assert sent == [days for days in DEFAULT_LADDER if days >= asked]


@given(expires_on=expiries, days=st.lists(st.integers(-120, 120), min_size=1, max_size=40))
def test_whatever_the_clock_does_only_steps_of_the_ladder_are_named(expires_on, days):
    since = expires_on - timedelta(days=40)
    todays = [expires_on + timedelta(days=offset) for offset in days]
    named = {step for today in todays if (step := due_step(expires_on, today=today, since=since))}

    assert named <= {step for step in steps(expires_on) if step.due_on >= since}
