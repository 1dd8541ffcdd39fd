from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mynumber.rules.rates import cards_needed, gap_to_target, holding_rate

TARGET = Decimal("90")

counts = st.integers(min_value=0, max_value=200_000)
targets = st.decimals(min_value=0, max_value=100, places=1)


@pytest.mark.parametrize(
    ("cards", "residents", "rate"),
    [
        pytest.param(21_742, 27_076, "80.3", id="the city at the end of January 2026"),
        pytest.param(0, 27_076, "0.0", id="no cards"),
        pytest.param(10, 10, "100.0", id="everybody"),
        pytest.param(11, 10, "110.0", id="more cards than people left"),
        pytest.param(321, 400, "80.3", id="exactly half, up to an odd digit"),
        pytest.param(1605, 2000, "80.3", id="half again, another denominator"),
        pytest.param(80_249, 100_000, "80.2", id="just below half"),
    ],
)
def test_a_rate_has_one_decimal_and_rounds_half_up(cards, residents, rate):
    assert str(holding_rate(cards=cards, residents=residents)) == rate


def test_pythons_own_rounding_would_show_another_rate_for_a_small_district():
    cards, residents = 321, 400

    assert round(cards / residents * 100, 1) == 80.2
    assert holding_rate(cards=cards, residents=residents) == Decimal("80.3")


def test_there_is_no_rate_where_nobody_lives():
    assert holding_rate(cards=0, residents=0) is None
    assert holding_rate(cards=2, residents=0) is None


@pytest.mark.parametrize(
    ("rate", "gap"),
    [
        pytest.param("80.3", "9.7", id="below the target"),
        pytest.param("90.0", "0.0", id="on the target"),
        pytest.param("92.4", "0.0", id="above the target"),
    ],
)
def test_the_gap_is_in_points_and_never_negative(rate, gap):
    assert str(gap_to_target(rate=Decimal(rate), target=TARGET)) == gap


def test_there_is_no_gap_without_a_rate():
    assert gap_to_target(rate=None, target=TARGET) is None


@pytest.mark.parametrize(
    ("cards", "residents", "needed"),
    [
        pytest.param(21_742, 27_076, 2_627, id="the city: 24,368.4 people mean 24,369 cards"),
        pytest.param(89, 100, 1, id="one short"),
        pytest.param(90, 100, 0, id="reached"),
        pytest.param(95, 100, 0, id="passed"),
        pytest.param(90, 101, 1, id="a tenth of a person needs a card"),
        pytest.param(0, 0, 0, id="nobody lives there"),
    ],
)
def test_cards_are_counted_up_to_whole_people(cards, residents, needed):
    assert cards_needed(cards=cards, residents=residents, target=TARGET) == needed


@pytest.mark.parametrize(("cards", "residents"), [(-1, 10), (1, -10)])
def test_negative_counts_are_refused(cards, residents):
    with pytest.raises(ValueError, match="cannot be negative"):
        holding_rate(cards=cards, residents=residents)
    with pytest.raises(ValueError, match="cannot be negative"):
        cards_needed(cards=cards, residents=residents, target=TARGET)


@given(cards=counts, residents=counts, target=targets)
def test_the_cards_needed_reach_the_target_and_one_fewer_does_not(cards, residents, target):
    needed = cards_needed(cards=cards, residents=residents, target=target)

    assert (cards + needed) * 100 >= residents * target
    if needed:
        assert (cards + needed - 1) * 100 < residents * target
