"""Seats as words. A page may be kept for a minute, so it never shows a number of seats."""

from enum import StrEnum

# So few that somebody who reads the page now should not wait until tomorrow.
FEW_SEATS = 3


class SeatWord(StrEnum):
    """空きあり, 残りわずか, 満席."""

    FREE = "free"
    FEW = "few"
    FULL = "full"


def seat_word(capacity: int, taken: int) -> SeatWord:
    """The word for `capacity` seats, of a class or of a day's times, of which `taken` are gone."""
    left = capacity - taken
    if left <= 0:
        return SeatWord.FULL
    return SeatWord.FEW if left <= FEW_SEATS else SeatWord.FREE
