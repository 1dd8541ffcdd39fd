"""Who may have a place at once, and who is next in the line of those who wait.

A class has two capacities: seats, and handsets that are lent out. A place is a seat, with a handset
for who has none. The line is fair: whoever stands in it comes before everybody who asks later and
could use the same place; who needs a handset while none is free does not hold up the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Free:
    """What is left of a class: numbers of seats and of handsets to lend, never below zero."""

    seats: int
    handsets: int

    def fits(self, *, needs_handset: bool) -> bool:
        """Whether one more person finds a place."""
        return self.seats > 0 and (self.handsets > 0 or not needs_handset)

    def less(self, *, needs_handset: bool) -> "Free":
        """What is left after one more person has taken a place."""
        return Free(self.seats - 1, self.handsets - needs_handset)


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits: the key of the registration, in the order of the line."""

    key: int
    needs_handset: bool


def next_in_line(free: Free, line: Iterable[InLine]) -> list[InLine]:
    """Who can be offered a place now, in the order of the line.

    `line` is read only as far as there are seats.
    """
    chosen = []
    for waiting in line:
        if free.seats <= 0:
            break
        if free.fits(needs_handset=waiting.needs_handset):
            chosen.append(waiting)
            free = free.less(needs_handset=waiting.needs_handset)
    return chosen


def finds_place(free: Free, *, line_own: int, line_loan: int, needs_handset: bool) -> bool:
    """Whether somebody who asks now finds a place that nobody in line could use."""
    if not free.fits(needs_handset=needs_handset) or line_own:
        return False
    # Who waits for a handset could use this seat as soon as one is free.
    return not line_loan or (not needs_handset and free.handsets <= 0)


def throughout(days: Iterable[Free]) -> Free:
    """What is left of all days of a whole series together: as little as on the fullest day."""
    every = list(days)
    return Free(min(day.seats for day in every), min(day.handsets for day in every))
