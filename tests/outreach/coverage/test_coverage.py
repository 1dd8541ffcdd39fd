"""How far the city is: the read model behind map, table and command."""

from datetime import date
from decimal import Decimal

import pytest

from outreach.coverage.coverage import NoCountsOfThisDate, coverage
from outreach.places.models import BoundarySet
from tests.outreach.coverage.files import (
    EAST,
    HANAWA,
    NORTH,
    SOUTH,
    csv_file,
    good_rows,
    row,
    with_column,
)


def by_code(rows):
    return {row.code: row for row in rows}


@pytest.fixture
def counted(load):
    """North 100 people, 90 cards; south 300 and 150; east 0 and 0."""
    rows = [
        row(NORTH, "0-4", "男", 60, 50),
        row(NORTH, "0-4", "女", 40, 40),
        row(SOUTH, "0-4", "男", 200, 100),
        row(SOUTH, "0-4", "女", 100, 50),
        row(EAST, "0-4", "男", 0, 0),
        row(EAST, "0-4", "女", 0, 0),
    ]
    return load(csv_file(rows)).batch


def test_a_row_carries_numerator_denominator_dates_and_what_is_missing_to_the_target(counted):
    south = by_code(coverage().districts)[SOUTH]

    assert (south.name, south.parent_code) == ("花輪字南町", HANAWA)
    assert (south.residents, south.cards) == (300, 150)
    assert (south.rate, south.gap) == (Decimal("50.0"), Decimal("40.0"))
    assert south.cards_needed == 120
    assert (south.as_of, south.population_as_of) == (date(2026, 1, 31), date(2026, 1, 1))
    assert not south.missing


def test_districts_come_by_code_and_parents_are_sums_of_their_parts(counted):
    found = coverage()

    assert [row.code for row in found.districts] == [NORTH, SOUTH, EAST]
    [hanawa] = found.parents
    assert (hanawa.code, hanawa.residents, hanawa.cards) == (HANAWA, 400, 240)
    assert hanawa.rate == Decimal("60.0")


def test_the_whole_is_counted_from_people_not_from_rates(counted, settings):
    whole = coverage().whole

    assert (whole.code, whole.name) == (settings.CITY_CODE, settings.CITY_NAME)
    assert (whole.residents, whole.cards, whole.rate) == (400, 240, Decimal("60.0"))
    assert whole.cards_needed == 120


def test_nobody_living_somewhere_is_no_rate_and_not_missing(counted):
    east = by_code(coverage().districts)[EAST]

    assert (east.residents, east.cards, east.cards_needed) == (0, 0, 0)
    assert (east.rate, east.gap) == (None, None)
    assert not east.missing


def test_a_district_that_was_not_counted_is_missing_and_not_zero(load):
    load(csv_file([cells for cells in good_rows() if cells[0] != SOUTH]))

    found = coverage()

    south = by_code(found.districts)[SOUTH]
    assert south.missing
    assert (south.residents, south.cards, south.rate, south.cards_needed) == (None,) * 4
    assert (found.parents[0].residents, found.parents[0].missing_parts) == (200, 1)
    assert (found.whole.residents, found.whole.missing_parts) == (400, 1)
    assert not found.whole.missing


def test_a_parent_without_any_counts_is_missing_too(load):
    load(csv_file([cells for cells in good_rows() if cells[0] == EAST]))

    assert coverage().parents[0].missing


def test_the_target_comes_from_the_settings_or_from_the_question(counted, settings):
    settings.CARD_TARGET_PERCENT = "75.5"

    assert coverage().target == Decimal("75.5")
    assert coverage().whole.gap == Decimal("15.5")
    assert coverage(target=Decimal("50")).whole.gap == Decimal("0.0")
    assert coverage(target=Decimal("50")).whole.cards_needed == 0


def test_the_newest_counts_are_shown_unless_a_date_is_asked_for(load):
    load(csv_file(with_column("基準日", "2026/2/28")))
    rows = [row(code, "0-4", "男", 50, 10) for code in (NORTH, SOUTH, EAST)]
    load(csv_file(rows))

    assert coverage().as_of == date(2026, 2, 28)
    assert coverage().whole.cards == 480
    assert coverage().dates == (date(2026, 2, 28), date(2026, 1, 31))
    earlier = coverage(as_of=date(2026, 1, 31))
    assert (earlier.whole.cards, earlier.as_of) == (30, date(2026, 1, 31))


def test_a_date_without_counts_names_the_dates_there_are(counted):
    with pytest.raises(NoCountsOfThisDate, match=r"2026-03-31.*2026-01-31"):
        coverage(as_of=date(2026, 3, 31))


def test_replaced_counts_are_in_no_sum(load):
    load(csv_file())
    load(csv_file(with_column("保有枚数", 20)))

    assert coverage().whole.cards == 240


def test_before_the_first_import_every_district_is_missing(districts):
    found = coverage()

    assert all(row.missing for row in (*found.districts, *found.parents, found.whole))
    assert (found.as_of, found.population_as_of, found.dates) == (None, None, ())
    assert found.whole.missing_parts == 3


def test_before_the_first_boundaries_there_is_nothing_to_list(db):
    found = coverage()

    assert (found.districts, found.parents) == ((), ())
    assert found.whole.missing


def test_counts_of_boundaries_no_longer_in_force_are_not_shown(counted, boundary_set):
    BoundarySet.objects.update(is_active=False)

    assert coverage().as_of is None


def test_parts_of_parts_are_added_up_at_every_level(load, districts, boundary_set):
    districts[HANAWA].parent = boundary_set.districts.create(code="0", name="旧市")
    districts[HANAWA].save()

    load(csv_file())

    assert {row.code: row.residents for row in coverage().parents} == {"0": 400, HANAWA: 400}


def test_it_takes_few_queries_however_many_districts_there_are(
    counted, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        coverage()
