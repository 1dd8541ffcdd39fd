"""How long the way takes, in summer and in snow; how long a visit takes."""

from datetime import date

import pytest

from outreach.visits.planning import Travel
from outreach.visits.planning.service import ServiceMinutes, minutes_of_visit
from outreach.visits.planning.travel import (
    FOUR_WHEEL_DRIVE,
    Height,
    Place,
    Roads,
    estimate,
    metres_between,
    metres_of_way,
    needs_on_the_road,
    rounded_up,
)

OFFICE = Place(40.2156, 140.7886)
OYU = Place(40.2732, 140.8427, Height.HILLS)
ABOVE = Place(40.0, 140.8, Height.MOUNTAIN)
ROADS = Roads(factor=1.4, kilometres_per_hour=36)
SUMMER, WINTER = date(2026, 6, 3), date(2026, 12, 1)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres_between(Place(40, 140), Place(41, 140)) == pytest.approx(111_195, abs=1)


def test_the_way_is_longer_than_the_straight_line() -> None:
    travel = estimate([OFFICE, OYU], ROADS, SUMMER)
    straight = metres_between(OFFICE, OYU)
    assert travel.times[0][1] == pytest.approx(straight * 1.4 / 10, abs=1)
    assert travel.times[0][0] == 0
    assert travel.source == "estimate"


def test_a_round_trip_is_the_way_there_and_the_way_back_by_road() -> None:
    there = metres_between(OFFICE, OYU) * ROADS.factor
    assert metres_of_way([OFFICE, OYU, OFFICE], ROADS) == pytest.approx(2 * there, abs=1)
    assert metres_of_way([OFFICE], ROADS) == 0


@pytest.mark.parametrize(
    ("to", "longer"),
    [(Place(40.3, 140.8), 1.3), (OYU, 1.4), (ABOVE, 1.5)],
    ids=["valley", "hills", "mountain"],
)
def test_snow_makes_the_way_longer_by_how_high_it_leads(to: Place, longer: float) -> None:
    summer = estimate([OFFICE, to], ROADS, SUMMER).times[0][1]
    assert estimate([OFFICE, to], ROADS, WINTER).times[0][1] == pytest.approx(
        summer * longer, abs=1
    )


@pytest.mark.parametrize(
    ("day", "snow"),
    [
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_winter_is_december_to_march(day: date, snow: bool) -> None:
    assert (FOUR_WHEEL_DRIVE in needs_on_the_road(ABOVE, day)) is snow
    assert needs_on_the_road(OYU, day) == frozenset()


def test_a_way_is_told_in_whole_steps_and_never_too_short() -> None:
    assert rounded_up(Travel([[0, 301], [300, 0]]), 300).times == [[0, 600], [300, 0]]
    assert rounded_up(Travel([[0, 0], [0, 0]]), 300).times == [[0, 300], [300, 0]]


@pytest.mark.parametrize(
    ("people", "at_facility", "minutes"), [(1, False, 50), (2, False, 75), (4, True, 100)]
)
def test_a_visit_takes_as_long_as_there_are_people(
    people: int, at_facility: bool, minutes: int
) -> None:
    ours = ServiceMinutes(home=50, each_person=25)
    assert minutes_of_visit(people=people, at_facility=at_facility, minutes=ours) == minutes


def test_a_visit_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        minutes_of_visit(people=0, at_facility=True, minutes=ServiceMinutes())
