"""The demo's counts add up to what the city's plan says."""

from hypothesis import given
from hypothesis import strategies as st

from config.demo_town.figures import CARDS, RESIDENTS, apportion, cells

TOWN = [("a", 4900, 1.0), ("b", 700, 0.95), ("c", 330, 0.9)]


def test_cells_add_up_to_the_totals_of_the_plan() -> None:
    found = cells(TOWN)

    assert sum(cell[3] for cell in found) == RESIDENTS
    assert sum(cell[4] for cell in found) == CARDS


def test_nobody_holds_more_cards_than_there_are_people() -> None:
    assert all(held <= people for *_, people, held in cells(TOWN))


def test_the_less_willing_place_has_the_lower_rate() -> None:
    found = cells(TOWN)

    def rate(code: str) -> float:
        own = [cell for cell in found if cell[0] == code]
        return sum(cell[4] for cell in own) / sum(cell[3] for cell in own)

    assert rate("a") > rate("b") > rate("c")


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 1000), min_size=1, max_size=60))
def test_shares_always_add_up_and_stay_within_one_of_exact(
    total: int, weights: list[float]
) -> None:
    shares = apportion(total, weights)

    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1 + 1e-6
