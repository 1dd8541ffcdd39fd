"""Counts for the demo: plausible age bands that add up exactly to the totals of the city's plan."""

from collections.abc import Sequence
from math import floor

# Residents and cards at the end of January 2026 (鹿角市DX推進計画【実行編】 取組7: 21,742, 80.3 %).
RESIDENTS = 27_076
CARDS = 21_742

AGE_BANDS = (*range(0, 85, 5), 85)
# Percent of residents in each band of an ageing town in Tohoku. Invented, adds up to 100.
SHARE = (
    *(2.2, 2.9, 3.5, 3.5, 2.3, 2.8, 3.4, 4.3, 5.2),
    *(6.0, 6.4, 6.5, 7.3, 8.7, 10.0, 9.3, 7.3, 8.4),
)
# Percent of each band that holds a card: fewest among infants and the very old. Invented.
HELD = (62, 76, 80, 82, 76, 79, 81, 82, 83, 84, 85, 86, 87, 87, 87, 84, 76, 62)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to ``total`` (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def cells(
    settlements: Sequence[tuple[str, int, float]], *, residents: int = RESIDENTS, cards: int = CARDS
) -> list[tuple[str, int, str, int, int]]:
    """(code, first year of the age band, sex, residents, cards) for every cell of the town.

    ``settlements`` gives code, relative size and how willing its people are (1.0: as the town).
    """
    keys, sizes, willing = [], [], []
    for code, size, will in settlements:
        for age, share, held in zip(AGE_BANDS, SHARE, HELD, strict=True):
            for sex in ("m", "f"):
                # Women outlive men; the totals do not change.
                lean = 1.0 if age < 65 else (0.88 if sex == "m" else 1.12)
                keys.append((code, age, sex))
                sizes.append(size * share * lean)
                willing.append(held * will)
    people = apportion(residents, sizes)
    held_cards = apportion(cards, [n * will for n, will in zip(people, willing, strict=True)])
    return [(*key, n, held) for key, n, held in zip(keys, people, held_cards, strict=True)]
