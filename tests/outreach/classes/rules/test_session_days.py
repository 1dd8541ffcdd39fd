"""Every Tuesday, but not on days off, nor when somebody else has the room."""

from datetime import date, datetime, time, timedelta

import pytest

from notifications.rules.holidays import parse_closed_days
from outreach.classes.rules.bookings import Booking
from outreach.classes.rules.session_days import LeftOut, session_days
from outreach.places.rules.planned_days import DaysOff, Rule
from tests.conftest import TOKYO

OFF = DaysOff(
    festivals=parse_closed_days("08-07..08-08, 08-19..08-20"),
    closed=parse_closed_days("12-29..01-03"),
)
TUESDAY, FRIDAY = 1, 4


def rule(weekdays, first: date, last: date) -> Rule:
    return Rule(frozenset(weekdays), first, last, time(10), time(11, 30))


def days(asked: Rule, *, now=datetime(2026, 4, 1, tzinfo=TOKYO), standing=(), tutors=frozenset()):
    return session_days(
        asked,
        zone=TOKYO,
        now=now,
        off=OFF,
        place=Booking(starts_at=now, ends_at=now, venue=1, room="和室", tutors=tutors),
        standing=standing,
        buffer=timedelta(minutes=30),
    )


def left_out(found) -> dict[date, LeftOut]:
    return {day.starts_at.date(): day.left_out for day in found if day.left_out}


def test_every_tuesday_of_a_month_is_four_or_five_classes():
    found = days(rule([TUESDAY], date(2026, 10, 1), date(2026, 10, 31)))
    assert [day.starts_at.day for day in found] == [6, 13, 20, 27]
    assert {(day.starts_at.hour, day.ends_at.minute, day.left_out) for day in found} == {
        (10, 30, None)
    }


def test_both_ends_belong_to_the_rule():
    found = days(rule([TUESDAY, FRIDAY], date(2026, 10, 6), date(2026, 10, 9)))
    assert [day.starts_at.day for day in found] == [6, 9]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(date(2026, 11, 3), LeftOut.HOLIDAY, id="culture day"),
        pytest.param(date(2026, 9, 22), LeftOut.HOLIDAY, id="a day between two holidays"),
        pytest.param(date(2026, 8, 7), LeftOut.FESTIVAL, id="Hanawa Neputa"),
        pytest.param(date(2026, 8, 20), LeftOut.FESTIVAL, id="Hanawa Bayashi"),
        pytest.param(date(2026, 12, 29), LeftOut.CLOSED, id="the year's end"),
        pytest.param(date(2027, 1, 1), LeftOut.HOLIDAY, id="new year is a holiday first"),
        pytest.param(date(2027, 1, 3), LeftOut.CLOSED, id="the new year's last closed day"),
        pytest.param(date(2027, 1, 4), None, id="the hall is open again"),
        pytest.param(date(2026, 8, 18), None, id="the eve of the festival"),
    ],
)
def test_a_day_off_says_why(day, why):
    found = days(rule([day.weekday()], day, day))
    assert [one.left_out for one in found] == [why]


def test_a_day_that_has_begun_is_left_out():
    asked = rule([TUESDAY], date(2026, 10, 6), date(2026, 10, 13))
    at_ten = datetime(2026, 10, 6, 10, tzinfo=TOKYO)
    assert left_out(days(asked, now=at_ten)) == {date(2026, 10, 6): LeftOut.PAST}
    assert not left_out(days(asked, now=at_ten - timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("taken", "why"),
    [
        pytest.param({"venue": 1, "room": "和室"}, LeftOut.ROOM_TAKEN, id="the room"),
        pytest.param({"venue": 2, "tutors": frozenset({7})}, LeftOut.TUTOR_TAKEN, id="the tutor"),
    ],
)
def test_only_the_day_on_which_something_is_taken_is_left_out_and_by_what(taken, why):
    other = Booking(
        starts_at=datetime(2026, 10, 13, 11, 45, tzinfo=TOKYO),
        ends_at=datetime(2026, 10, 13, 13, tzinfo=TOKYO),
        **taken,
    )
    found = days(
        rule([TUESDAY], date(2026, 10, 1), date(2026, 10, 31)),
        standing=[other],
        tutors=frozenset({7}),
    )
    assert left_out(found) == {date(2026, 10, 13): why}
    assert [day.clash.by for day in found if day.clash] == [other]


def test_a_rule_that_names_no_day_plans_none():
    assert days(rule([TUESDAY], date(2026, 10, 7), date(2026, 10, 12))) == []
