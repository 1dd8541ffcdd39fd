"""The people of a day that was called off find another one."""

from outreach.classes.rules.elsewhere import Elsewhere, assign
from outreach.classes.rules.line import Free, InLine


def day(key: int, seats: int, *, handsets: int = 0, waiting: int = 0, lends: bool = True):
    return Elsewhere(key, Free(seats, handsets), waiting, lends)


def people(*needs: bool) -> list[InLine]:
    return [InLine(key, need) for key, need in enumerate(needs, start=1)]


def test_the_first_people_get_the_places_of_the_first_day():
    assert assign(people(False, False, False), [day(10, 2), day(20, 1)]) == {1: 10, 2: 10, 3: 20}


def test_who_finds_no_place_stands_in_the_shorter_line():
    found = assign(people(False, False, False), [day(10, 0, waiting=1), day(20, 0)])
    assert found == {1: 20, 2: 10, 3: 20}


def test_a_free_seat_belongs_to_who_already_waits_there():
    assert assign(people(False), [day(10, 1, waiting=1), day(20, 1)]) == {1: 20}


def test_who_needs_a_handset_goes_where_one_is_free():
    days = [day(10, 3, lends=False), day(20, 3, handsets=1)]
    assert assign(people(True, False, True), days) == {1: 20, 2: 10, 3: 20}


def test_who_needs_a_handset_where_none_is_lent_is_left_to_be_called():
    assert assign(people(True, False), [day(10, 3, lends=False)]) == {1: None, 2: 10}
