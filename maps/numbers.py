"""The counts of one date as the map's script reads them: a few bytes per district.

Rows stand in the order of the page's table (districts, parents, the whole), so no code or name is
repeated, and nothing is sent that follows from the rest: rates and cards needed are worked out
by the script, which a test holds to the same results. null means not counted, which is not zero.
"""

from collections.abc import Iterable
from typing import Any

from maps.sentences import sentences
from outreach.coverage.coverage import Coverage, Row

Numbers = dict[str, Any]
Counts = list[int | None]


def rows_of(coverage: Coverage) -> Iterable[Row]:
    """Every row of the page's table, in the order both sides count by."""
    yield from coverage.districts
    yield from coverage.parents
    yield coverage.whole


def numbers(coverage: Coverage, *, drawing_hash: str, before: Coverage | None = None) -> Numbers:
    """What changes on the page from date to date, the sentences around the map included.

    With `before`, counts are differences to that date's (to 0 where it has none): most of them
    have one digit. `drawing` lets the script notice that other districts are in force meanwhile.
    """
    rows = list(rows_of(coverage))
    residents = [row.residents for row in rows]
    cards = [row.cards for row in rows]
    if before is not None:
        earlier = list(rows_of(before))
        residents = _more(residents, [row.residents for row in earlier])
        cards = _more(cards, [row.cards for row in earlier])
    return {
        "as_of": coverage.as_of.isoformat() if coverage.as_of else None,
        "drawing": drawing_hash,
        "sentences": sentences(coverage),
        "residents": residents,
        "cards": cards,
    }


def _more(counts: Counts, before: Counts) -> Counts:
    """Each count less the one before it; None where nothing was counted now."""
    return [
        None if count is None else count - (old or 0)
        for count, old in zip(counts, before, strict=True)
    ]
