"""What can only be seen across the rows of a file of counts: repeats, sums, gaps.

A cell that could not be read is None here; rows with one are left out of what is compared.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import gt, itemgetter

from django.utils.translation import gettext_lazy as _

from outreach.coverage.holdings_columns import AGE, CARDS, CODE, RESIDENTS
from outreach.coverage.remarks import Remark
from outreach.coverage.rules.age_bands import ALL_AGES, AgeBand, overlapping
from outreach.coverage.rules.sexes import BOTH
from outreach.coverage.rules.totals import Counts, Place, SumFault, Totals, WrongSum

_OVERLAP = _("This age band overlaps with %(other)s. Use one division of ages in one file.")
_REPEATED = _("Row %(first)d already counts this district, age band and sex. Remove one of them.")
_OVER = _(
    "There are more cards (%(cards)d) than people (%(residents)d). Check both; if they are right, "
    "import the file with --accept-over."
)
_OVER_ACCEPTED = _(
    "There are more cards (%(cards)d) than people (%(residents)d); both are kept as counted."
)
_SUMS = {
    SumFault.NOT_THE_SEXES: _("計 is %(written)d, but 男 and 女 make %(parts)d. Check all three."),
    SumFault.NOT_THE_AGES: _(
        "計 of the ages is %(written)d, but the age bands make %(parts)d. Check them all."
    ),
    SumFault.ONE_SEX_ONLY: _(
        "計 stands beside only one of 男 and 女 and cannot be checked. Add the other one."
    ),
    SumFault.NO_SUCH_PARTS: _(
        "計 of the ages cannot be checked, because the age bands do not give this sex. Remove it."
    ),
}
_INCOMPLETE = _(
    "This district has %(rows)d rows of counts and others have %(most)d. What is not in the file "
    "is not counted."
)


@dataclass
class Cells:
    """The rows of a file as columns of meanings; None where a cell could not be read."""

    row_numbers: Sequence[int]
    codes: Sequence[str | None]
    bands: Sequence[AgeBand | None]
    sexes: Sequence[str | None]
    residents: Sequence[int | None]
    cards: Sequence[int | None]

    @cached_property
    def ages(self) -> list[int | None]:
        return [None if band is None else band.first for band in self.bands]

    @cached_property
    def are_whole(self) -> bool:
        columns = (self.codes, self.bands, self.sexes, self.residents, self.cards)
        return not any(None in column for column in columns)

    def rows(self) -> list[tuple[str, int, str, int, int]]:
        """Every row, in the order of the file; only for cells that are whole."""
        return list(
            zip(self.codes, self.ages, self.sexes, self.residents, self.cards, strict=True)  # type: ignore[arg-type]
        )

    def readable(self) -> Iterator[tuple[int, tuple[str, int, str, int, int]]]:
        """The rows without an unread cell, with their places counted from 0."""
        columns = (self.codes, self.ages, self.sexes, self.residents, self.cards)
        for place, row in enumerate(zip(*columns, strict=True)):
            if None not in row:
                yield place, row  # type: ignore[misc]


def repeats(cells: Cells) -> Iterator[Remark]:
    """A fault for each row whose district, age band and sex an earlier row has."""
    different = set(zip(cells.codes, cells.ages, cells.sexes, strict=True))
    if len(different) == len(cells.codes):
        return
    places = zip(cells.codes, cells.ages, cells.sexes, strict=True)
    first_rows: dict[tuple[str | None, int | None, str | None], int] = {}
    for row, place in zip(cells.row_numbers, places, strict=True):
        if None in place:
            continue
        first = first_rows.setdefault(place, row)
        if first != row:
            yield Remark(_REPEATED, row, CODE, str(place[0]), {"first": first})


def overlaps(cells: Cells) -> Iterator[Remark]:
    """A fault where the file first uses an age band that overlaps with another one."""
    if found := overlapping(band for band in set(cells.bands) if band is not None):
        other, band = found
        row = cells.row_numbers[cells.bands.index(band)]
        yield Remark(_OVERLAP, row, AGE, _words(band), {"other": _words(other)})


def redundant_rows(cells: Cells, faults: list[Remark]) -> frozenset[int]:
    """The places of rows that hold a 計 of other rows; a wrong 計 becomes a fault.

    Districts with an unread cell are not added up: their sums would be wrong for that reason.
    """
    if not (_mixes(cells.sexes, BOTH) or _mixes(cells.ages, ALL_AGES)):
        return frozenset()
    table: dict[Place, Counts] = {}
    places: dict[Place, int] = {}
    for at, (code, age_from, sex, residents, cards) in cells.readable():
        place = Place(code, age_from, sex)
        table.setdefault(place, Counts(residents, cards))
        places.setdefault(place, at)
    totals = Totals(table)
    unsure = _districts_with_unread_cells(cells)
    for wrong in totals.wrong():
        if wrong.place.code not in unsure:
            faults += _sum_faults(wrong, cells.row_numbers[places[wrong.place]])
    return frozenset(at for place, at in places.items() if totals.redundant(place))


def more_cards_than_people(
    cells: Cells, *, besides: frozenset[int], accepted: bool
) -> list[Remark]:
    """A remark on each row with more cards than residents, leaving out 計 of other rows.

    People move away and their cards are counted a while longer, so it can be right.
    """
    if cells.are_whole and not any(map(gt, cells.cards, cells.residents)):  # type: ignore[arg-type]
        return []
    return [
        Remark(
            _OVER_ACCEPTED if accepted else _OVER,
            cells.row_numbers[at],
            CARDS,
            str(cards),
            {"cards": cards, "residents": residents},
        )
        for at, (_code, _age, _sex, residents, cards) in cells.readable()
        if cards > residents and at not in besides
    ]


def incomplete_districts(rows: Sequence[tuple[str, int, str, int, int]]) -> list[Remark]:
    """A note on each district that has fewer rows than the fullest one."""
    districts = set(map(itemgetter(0), rows))
    if len(rows) == len(districts) * len(set(map(itemgetter(1, 2), rows))):
        return []
    times = Counter(map(itemgetter(0), rows))
    most = max(times.values(), default=0)
    return [
        Remark(_INCOMPLETE, written=code, column=CODE, values={"rows": count, "most": most})
        for code, count in sorted(times.items())
        if count < most
    ]


def _mixes(column: Sequence[object], total: object) -> bool:
    values = set(column) - {None}
    return total in values and len(values) > 1


def _districts_with_unread_cells(cells: Cells) -> set[str | None]:
    if cells.are_whole:
        return set()
    columns = (cells.codes, cells.ages, cells.sexes, cells.residents, cells.cards)
    return {row[0] for row in zip(*columns, strict=True) if None in row}


def _sum_faults(wrong: WrongSum, row: int) -> Iterator[Remark]:
    """One fault for each of the two numbers that is not the sum; one if none can be added up."""
    sentence = _SUMS[wrong.fault]
    if wrong.parts is None:
        yield Remark(sentence, row, RESIDENTS, str(wrong.written.residents))
        return
    for heading, written, parts in zip((RESIDENTS, CARDS), wrong.written, wrong.parts, strict=True):
        if written != parts:
            values = {"written": written, "parts": parts}
            yield Remark(sentence, row, heading, str(written), values)


def _words(band: AgeBand) -> str:
    return f"{band.first}-{band.last}"
