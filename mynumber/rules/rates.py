"""Holding rate, the distance to the plan's target, and the cards it takes.

Source: 鹿角市DX推進計画 取組7 (保有率 90 % by R12). A rate is shown only beside its numerator, its
denominator and both dates; these functions give the arithmetic and no more.
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from .sentences import gettext_noop

ONE_DECIMAL = Decimal("0.1")
PERCENT = 100


def holding_rate(*, cards: int, residents: int) -> Decimal | None:
    """Cards held per residents, in percent with one decimal; None where nobody lives.

    Half is rounded up, as readers of a table expect; Python's own round() goes to the even digit.
    More than 100 % is possible while people move away. Raises ValueError for negative counts.
    """
    _check_counts(cards=cards, residents=residents)
    if residents == 0:
        return None
    return (Decimal(cards * PERCENT) / residents).quantize(ONE_DECIMAL, ROUND_HALF_UP)


def gap_to_target(*, rate: Decimal | None, target: Decimal) -> Decimal | None:
    """Percentage points still missing, never negative; None where there is no rate."""
    if rate is None:
        return None
    return max(target - rate, Decimal("0.0"))


def cards_needed(*, cards: int, residents: int, target: Decimal) -> int:
    """Cards still to be issued until the target (percent) is reached among these residents.

    Counted from people, not from the rounded rate. Raises ValueError for negative counts.
    """
    _check_counts(cards=cards, residents=residents)
    wanted = (residents * target / PERCENT).to_integral_value(ROUND_CEILING)
    return max(int(wanted) - cards, 0)


def _check_counts(*, cards: int, residents: int) -> None:
    if cards < 0 or residents < 0:
        raise ValueError(
            gettext_noop("Cards and residents are counts and cannot be negative. Check the file.")
        )
