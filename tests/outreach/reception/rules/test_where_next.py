"""Where a mobile desk reaches the most people without a card, and nobody twice."""

from datetime import date

import pytest

from outreach.reception.rules.where_next import (
    Neighbourhood,
    Point,
    Roads,
    Site,
    days_for,
    proposals,
    straight_km,
)

# One kilometre is one minute: a degree of latitude is about 111 of them.
ROADS = Roads(factor=1.0, kilometres_per_hour=60)
KM = 1 / 111.19


def north(kilometres: float) -> Point:
    return Point(40.0 + kilometres * KM, 140.0)


def place(key: int, kilometres: float, people: int, requests: int = 0) -> Neighbourhood:
    return Neighbourhood(key, f"地区{key}", north(kilometres), people, requests)


def site(key: int, kilometres: float) -> Site:
    return Site(key, f"会場{key}", north(kilometres))


def proposed(sites, places, *, earlier=(), limit=10, most=5, roads=ROADS, winter=False):
    return proposals(
        sites, places, earlier=earlier, roads=roads, limit=limit, winter=winter, most=most
    )


def test_the_distance_is_that_of_the_globe():
    # From the town hall of Kazuno to Kemanai, as a map measures it.
    assert straight_km(Point(40.20, 140.79), Point(40.27, 140.77)) == pytest.approx(7.97, abs=0.02)


def test_the_venue_that_reaches_most_comes_first_and_nobody_counts_twice():
    places = [place(1, 0, 100), place(2, 8, 80), place(3, 16, 60)]
    found = proposed([site(1, 0), site(2, 8), site(3, 16)], places)

    assert [(one.site.key, one.people, one.counted_before) for one in found] == [(2, 240, 0)]

    found = proposed([site(1, 0), site(3, 16)], places)
    assert [(one.site.key, one.people, one.counted_before) for one in found] == [
        (1, 180, 0),
        (3, 60, 80),
    ]


def test_all_sums_together_are_the_people_of_the_districts_reached():
    places = [place(key, key * 3, 10 * key) for key in range(1, 9)]
    found = proposed([site(key, key * 4) for key in range(1, 7)], places, limit=5)

    reached = {one.place.key: one.place.without_card for each in found for one in each.reached}
    assert sum(one.people for one in found) == sum(reached.values())


def test_people_near_an_earlier_day_are_counted_before():
    places = [place(1, 0, 100), place(2, 15, 30)]
    found = proposed([site(1, 0), site(2, 15)], places, earlier=[site(9, 1)])

    assert [(one.site.key, one.people) for one in found] == [(2, 30)]


def test_snow_makes_the_way_longer():
    roads = Roads(factor=1.0, kilometres_per_hour=60, winter_factor=1.5)
    here, there = [site(1, 0)], [place(1, 8, 50)]

    assert proposed(here, there, roads=roads)[0].reached[0].minutes == 8
    assert proposed(here, there, roads=roads, winter=True) == []


def test_of_two_that_reach_as_many_the_one_with_more_requests_comes_first():
    places = [place(1, 0, 50), place(2, 40, 50, requests=2)]
    assert proposed([site(1, 0), site(2, 40)], places)[0].site.key == 2


def test_days_off_and_other_days_of_the_week_are_passed_over():
    wednesday = date(2026, 10, 21)
    days = days_for(wednesday, weekdays={2, 4}, off={date(2026, 10, 23)}, count=3)
    assert [day.day for day in days] == [21, 28, 30]
    assert days_for(wednesday, weekdays=set(), off=set(), count=3) == []
