"""Which times a day offers: booths side by side, services of different length, a buffer."""

from datetime import datetime, timedelta

import pytest

from outreach.reception.rules.slots import Span, Taken, capacity, free_slots, steps_of
from tests.conftest import TOKYO


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 22, hour, minute, tzinfo=TOKYO)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


AN_HOUR = (Span(at(9), at(10)),)
EARLY = at(8)


def offered(taken=(), *, hours=AN_HOUR, booths=1, length=25, now=EARLY):
    found = free_slots(
        hours, booths=booths, taken=taken, length=minutes(length), buffer=minutes(5), now=now
    )
    return [(f"{slot.starts_at:%H:%M}", slot.booth) for slot in found]


def test_times_follow_each_other_with_the_buffer_between_them():
    assert offered() == [("09:00", 1), ("09:30", 1)]


def test_the_last_time_ends_at_closing_and_its_buffer_after_it():
    assert offered(length=55) == [("09:00", 1)]
    assert offered(length=60) == [("09:00", 1)]
    assert offered(length=65) == []


def test_what_is_booked_is_left_out_and_times_begin_anew_behind_it():
    assert offered([Taken(1, at(9), at(9, 15))], length=10) == [
        ("09:15", 1),
        ("09:30", 1),
        ("09:45", 1),
    ]
    assert offered([Taken(1, at(9, 20), at(9, 35))]) == [("09:35", 1)]


def test_another_booth_is_free_while_the_first_is_not():
    assert offered([Taken(1, at(9), at(9, 30))], booths=2) == [("09:00", 2), ("09:30", 1)]


def test_nobody_is_received_in_the_break():
    hours = (Span(at(9), at(9, 30)), Span(at(13), at(13, 30)))
    assert offered(hours=hours) == [("09:00", 1), ("13:00", 1)]


def test_a_time_that_has_begun_is_not_offered():
    assert offered(now=at(9)) == [("09:30", 1)]


@pytest.mark.parametrize("first", range(0, 45, 5))
def test_no_time_offered_touches_what_is_booked(first):
    taken = Taken(1, at(9, first), at(9, first) + minutes(15))
    found = free_slots(
        [Span(at(9), at(10))],
        booths=1,
        taken=[taken],
        length=minutes(10),
        buffer=minutes(5),
        now=at(8),
    )
    for slot in found:
        assert slot.ends_at + minutes(5) <= taken.starts_at or slot.starts_at >= taken.ends_at


def test_a_day_holds_as_many_as_it_offers_when_it_is_empty():
    spans = [Span(at(9), at(12)), Span(at(13), at(16, 50))]
    held = capacity(spans, booths=3, length=minutes(25), buffer=minutes(5))
    found = free_slots(spans, booths=1, taken=[], length=minutes(25), buffer=minutes(5), now=at(8))
    assert held == 3 * len(found) == 39


def test_a_time_is_the_steps_it_touches():
    midnight = at(0)
    assert list(steps_of(Span(at(9), at(9, 15)), day_begins=midnight)) == [108, 109, 110]
    with pytest.raises(ValueError, match="five minutes"):
        steps_of(Span(at(9, 2), at(9, 15)), day_begins=midnight)
