"""Two classes in each other's way."""

from datetime import datetime, timedelta

import pytest

from outreach.classes.rules.bookings import Booking, Taken, first_clash
from tests.conftest import TOKYO

HALF_AN_HOUR = timedelta(minutes=30)


def booking(start: str, end: str, **changes) -> Booking:
    values = {"venue": 1, "room": "第1会議室", "tutors": frozenset({7})}
    return Booking(starts_at=at(start), ends_at=at(end), **{**values, **changes})


def at(clock: str) -> datetime:
    return datetime.strptime(f"2026-10-06 {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=TOKYO)


STANDING = booking("10:00", "11:30")


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [
        pytest.param("10:30", "11:00", True, id="within"),
        pytest.param("09:00", "12:30", True, id="around"),
        pytest.param("11:30", "13:00", True, id="right after"),
        pytest.param("11:59", "13:00", True, id="a minute too early"),
        pytest.param("12:00", "13:00", False, id="after the buffer"),
        pytest.param("08:00", "09:30", False, id="before the buffer"),
        pytest.param("08:00", "09:31", True, id="a minute too late"),
    ],
)
def test_a_buffer_lies_between_two_classes_in_a_room(start, end, clashes):
    clash = first_clash(booking(start, end), [STANDING], buffer=HALF_AN_HOUR)
    assert (clash is not None) == clashes
    assert clash is None or (clash.what, clash.by) == (Taken.ROOM, STANDING)


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        pytest.param({}, Taken.ROOM, id="the same room"),
        pytest.param({"room": ""}, Taken.ROOM, id="the whole venue"),
        pytest.param({"room": "和室"}, Taken.TUTOR, id="another room, the same tutor"),
        pytest.param({"venue": 2}, Taken.TUTOR, id="another venue, the same tutor"),
        pytest.param({"room": "和室", "tutors": frozenset({8})}, None, id="nothing in common"),
        pytest.param({"venue": 2, "tutors": frozenset()}, None, id="no tutor yet"),
    ],
)
def test_what_is_taken_is_named(changes, taken):
    clash = first_clash(booking("10:00", "11:30", **changes), [STANDING], buffer=HALF_AN_HOUR)
    assert (clash.what if clash else None) == taken


def test_a_class_that_has_the_whole_venue_leaves_no_room():
    whole = booking("10:00", "11:30", room="", tutors=frozenset())
    wanted = booking("10:00", "11:30", tutors=frozenset())
    assert first_clash(wanted, [whole], buffer=HALF_AN_HOUR).what is Taken.ROOM


def test_without_a_buffer_one_class_may_follow_the_other():
    assert first_clash(booking("11:30", "13:00"), [STANDING], buffer=timedelta()) is None
