import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications.rules.holidays import parse_closed_days
from notifications.rules.sending_hours import (
    AT_ONCE_FOR,
    HoursNotUnderstood,
    NeverOpen,
    SendingHours,
    parse_hours,
    waits_for_hours,
)

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
SMS = parse_hours("Mon-Sat 09:00-19:00")
VOICE = parse_hours("Mon-Fri 10:00-17:00")
CLOSED = parse_closed_days("12-29..01-03")


def town(month, day, hour=0, minute=0, second=0, year=2026):
    return datetime(year, month, day, hour, minute, second, tzinfo=TOKYO)


LEAP_DAY = town(2, 29, year=2028)


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        pytest.param(SMS, town(10, 1, 9), town(10, 1, 9), id="when it opens"),
        pytest.param(SMS, town(10, 1, 8, 59, 59), town(10, 1, 9), id="a second before"),
        pytest.param(SMS, town(10, 1, 18, 59, 59), town(10, 1, 18, 59, 59), id="the last second"),
        pytest.param(SMS, town(10, 1, 19), town(10, 2, 9), id="when it closes"),
        pytest.param(SMS, town(10, 3, 12), town(10, 3, 12), id="Saturday for SMS"),
        pytest.param(VOICE, town(10, 3, 12), town(10, 5, 10), id="Saturday for calls"),
        pytest.param(SMS, town(10, 3, 19), town(10, 5, 9), id="Saturday evening"),
        pytest.param(SMS, town(10, 4, 12), town(10, 5, 9), id="Sunday"),
        pytest.param(SMS, town(10, 12, 12), town(10, 13, 9), id="a Monday holiday"),
        pytest.param(SMS, town(5, 2, 19), town(5, 7, 9), id="Golden Week with its substitute day"),
        pytest.param(SMS, town(9, 21, 9), town(9, 24, 9), id="a citizens' holiday in between"),
        pytest.param(SMS, town(12, 28, 18), town(12, 28, 18), id="the last day at work"),
        pytest.param(SMS, town(12, 28, 19), town(1, 4, 9, year=2027), id="the turn of the year"),
        pytest.param(VOICE, town(1, 1, 12, year=2028), town(1, 4, 10, year=2028), id="New Year"),
        pytest.param(VOICE, LEAP_DAY.replace(hour=16), LEAP_DAY.replace(hour=16), id="29 February"),
        pytest.param(VOICE, LEAP_DAY - timedelta(hours=7), LEAP_DAY.replace(hour=10), id="its eve"),
        pytest.param(SMS, town(10, 31, 19), town(11, 2, 9), id="the end of a month"),
    ],
)
def test_the_next_moment_is_the_first_within_the_hours(hours, at, expected):
    assert hours.next_moment(at, zone=TOKYO, closed=CLOSED) == expected


def test_the_next_moment_is_one_itself_and_never_earlier():
    """Every hour of a year: the answer is not before the question, and asked again stays."""
    at = town(1, 1)
    while at < town(1, 1, year=2027):
        found = SMS.next_moment(at, zone=TOKYO, closed=CLOSED)
        assert found >= at
        assert SMS.next_moment(found, zone=TOKYO, closed=CLOSED) == found
        assert 9 <= found.hour < 19
        assert found.date() not in CLOSED
        at += timedelta(hours=1)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tokyo"])
def test_the_clock_of_the_question_does_not_matter(zone):
    evening = town(10, 1, 20).astimezone(ZoneInfo(zone))

    assert SMS.next_moment(evening, zone=TOKYO, closed=CLOSED) == town(10, 2, 9)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_clock_of_the_machine_does_not_matter(zone):
    asked = (
        "from datetime import datetime, UTC; from zoneinfo import ZoneInfo;"
        "from notifications.rules.holidays import ClosedDays;"
        "from notifications.rules.sending_hours import parse_hours;"
        "hours = parse_hours('Mon-Sat 09:00-19:00');"
        "at = datetime(2026, 10, 1, 11, tzinfo=UTC);"
        "print(hours.next_moment(at, zone=ZoneInfo('Asia/Tokyo'), closed=ClosedDays()).isoformat())"
    )

    said = subprocess.run(
        [sys.executable, "-c", asked], env={"TZ": zone}, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "2026-10-02T09:00:00+09:00"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(
            datetime(2026, 3, 28, 20, tzinfo=UTC),
            datetime(2026, 3, 29, 7, tzinfo=UTC),
            id="the night the clock springs forward",
        ),
        pytest.param(
            datetime(2026, 10, 24, 20, tzinfo=UTC),
            datetime(2026, 10, 25, 8, tzinfo=UTC),
            id="the night it is set back",
        ),
    ],
)
def test_a_town_with_summer_time_opens_by_its_clock_on_the_wall(at, expected):
    hours = parse_hours("Mon-Sun 09:00-19:00")

    found = hours.next_moment(at, zone=BERLIN, closed=CLOSED)

    assert found == expected
    assert found.astimezone(BERLIN).hour == 9


def test_an_hour_the_clock_leaves_out_opens_right_after_it():
    hours = parse_hours("Mon-Sun 02:30-19:00")
    midnight = datetime(2026, 3, 29, tzinfo=UTC)

    found = hours.next_moment(midnight, zone=BERLIN, closed=CLOSED)

    assert found == midnight.replace(hour=1, minute=30)


def test_an_hour_the_clock_goes_through_twice_closes_the_first_time():
    hours = parse_hours("Mon-Sun 00:00-02:30")
    first, second = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))

    assert hours.next_moment(first, zone=BERLIN, closed=CLOSED) == first
    assert hours.next_moment(second, zone=BERLIN, closed=CLOSED) == datetime(
        2026, 10, 25, 23, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon-Sat 09:00-19:00", SendingHours(frozenset(range(6)), 540, 1140)),
        ("mon,WED,Sat-Sun 00:00 - 24:00", SendingHours(frozenset({0, 2, 5, 6}), 0, 1440)),
        ("  Fri 10:30-10:31 ", SendingHours(frozenset({4}), 630, 631)),
        ("", None),
        ("  ", None),
    ],
)
def test_written_hours_are_read(written, expected):
    assert parse_hours(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "always",
        "09:00-19:00",
        "Mon-Sat 9-19",
        "Mon-Sat 19:00-09:00",
        "Mon-Sat 09:00-09:00",
        "Mon-Sat 09:60-19:00",
        "Mon-Sat 09:00-24:01",
        "Mon-Sut 09:00-19:00",
        "Sat-Mon 09:00-19:00",
        "Mon, 09:00-19:00",
    ],
)
def test_hours_that_cannot_be_read_are_refused(written):
    with pytest.raises(HoursNotUnderstood):
        parse_hours(written)


def test_hours_without_any_open_day_say_so_instead_of_searching_for_ever():
    with pytest.raises(NeverOpen):
        SMS.next_moment(town(10, 1), zone=TOKYO, closed=parse_closed_days("01-01..12-31"))


@pytest.mark.parametrize(
    ("at_once", "channel", "age", "waits"),
    [
        pytest.param(False, "sms", timedelta(0), True, id="news"),
        pytest.param(True, "sms", timedelta(0), False, id="an answer"),
        pytest.param(True, "voice", timedelta(0), True, id="an answer by a machine that calls"),
        pytest.param(True, "sms", AT_ONCE_FOR - timedelta(seconds=1), False, id="still fresh"),
        pytest.param(True, "sms", AT_ONCE_FOR, True, id="held up for an hour"),
    ],
)
def test_only_a_fresh_answer_does_not_wait_for_the_hours(at_once, channel, age, waits):
    now = town(10, 1, 22)

    assert waits_for_hours(at_once=at_once, channel=channel, queued_at=now - age, now=now) is waits
