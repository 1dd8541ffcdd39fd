"""The classes of a coverage map: the same colours for the same rates on every date.

The steps hang on the target (鹿角市DX推進計画 取組7: 90 %), not on the counts, so that two maps of
different dates can be laid side by side and the last class always means "reached".
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

# Districts of one city lie close together: wider steps would paint all of it in two colours.
STEP = Decimal("2.5")  # percentage points
STEPS_BELOW_TARGET = 6


class NoRate(StrEnum):
    """Districts that belong to no class. Neither is a low rate."""

    MISSING = "missing"  # not counted on this date
    EMPTY = "empty"  # counted, and nobody lives there


def breaks_of(target: Decimal) -> tuple[Decimal, ...]:
    """Lower bounds of all classes but the lowest, in percent, rising; the last is the target."""
    return tuple(target - STEP * steps for steps in range(STEPS_BELOW_TARGET, -1, -1))


def class_of(rate: Decimal | None, *, counted: bool, breaks: Sequence[Decimal]) -> int | NoRate:
    """The class of a rate in percent: 0 is the lowest, a bound belongs to the class above it."""
    if not counted:
        return NoRate.MISSING
    if rate is None:
        return NoRate.EMPTY
    return bisect_right(breaks, rate)
