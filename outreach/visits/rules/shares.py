"""What most people met, said in one number."""

from collections.abc import Sequence


def within(values: Sequence[int], percent: int) -> int:
    """The smallest of the values that at least so many percent do not exceed (nearest rank).

    50 is the median. Raises ValueError without values.
    """
    if not values:
        raise ValueError("nothing was measured")
    rank = -(-len(values) * percent // 100)
    return sorted(values)[max(rank, 1) - 1]
