"""The columns of a file of counts: found by their headings, read cell by cell.

A column is read through its distinct cells: 27,000 rows hold few different texts, so each is
understood once, and only a fault makes anybody look for its rows.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from mynumber.rules.forbidden_numbers import forbidden_numbers, masked
from mynumber.rules.wareki import parse_japanese_date
from mynumber.validators import REFUSAL
from outreach.coverage.holdings_file import Sheet
from outreach.coverage.remarks import Remark

CODE = "地域コード"
NAME = "地域名"
AGE = "年齢階級"
SEX = "性別"
RESIDENTS = "人口"
CARDS = "保有枚数"
AS_OF = "基準日"
POPULATION_AS_OF = "人口基準日"

HEADINGS = (CODE, NAME, AGE, SEX, RESIDENTS, CARDS, AS_OF, POPULATION_AS_OF)
NEEDED = (CODE, RESIDENTS, CARDS)

# Every forbidden number has eight digits or more; a search for them is dearer than this one.
_EIGHT_DIGITS = re.compile(r"(?:[0-9][^0-9]*){8}")
_SHORTEST_FORBIDDEN = 12

_UNKNOWN = _("This column is not part of the format, which has %(columns)s. Remove it.")
_DOUBLED = _("The column is there %(times)d times. Keep the right one.")
_MISSING = _("The column is missing. Add it; the format has %(columns)s.")
_NO_HEADING = _("The cell stands below no heading. Remove it, or check the commas of the row.")
_BLANK_DATE = _("The date is blank. Write it like 2026-01-31, 2026年1月31日 or 令和8年1月31日.")


@dataclass
class Column:
    """One column, with what was found wrong in it; `row_numbers` are those of the file."""

    heading: str
    cells: Sequence[str]
    row_numbers: Sequence[int]
    faults: list[Remark] = field(default_factory=list)

    @cached_property
    def distinct(self) -> frozenset[str]:
        return frozenset(self.cells)

    @cached_property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.distinct)

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """The cells that hold a number the city may not keep."""
        return frozenset(
            cell for cell in self.distinct if _may_be_forbidden(cell) and forbidden_numbers(cell)
        )

    def read(self, parse: Callable[[str], Any]) -> list[Any]:
        """What each cell means; None, and a fault, where `parse` raises ValueError."""
        meanings: dict[str, Any] = {}
        sentences: dict[str, str] = {}
        for cell in self.distinct - self.forbidden:
            try:
                meanings[cell] = parse(cell)
            except ValueError as error:
                sentences[cell] = str(error)
        if sentences:
            self._refuse(sentences)
        return list(map(meanings.get, self.cells))

    def refuse_forbidden(self) -> None:
        """One fault for each cell that holds a number the city may not keep."""
        if self.forbidden:
            self._refuse(dict.fromkeys(self.forbidden, REFUSAL), quote=False)

    def fault(self, place: int, sentence: Any, **values: object) -> None:
        """A fault of the cell at a place counted from 0 below the headings."""
        row = self.row_numbers[place]
        self.faults.append(Remark(sentence, row, self.heading, self.cells[place], values))

    def _refuse(self, sentences: dict[str, Any], *, quote: bool = True) -> None:
        for row, cell in zip(self.row_numbers, self.cells, strict=True):
            if cell in sentences:
                self.faults.append(
                    Remark(sentences[cell], row, self.heading, cell if quote else "")
                )


def _may_be_forbidden(cell: str) -> bool:
    if cell.isascii():
        return len(cell) >= _SHORTEST_FORBIDDEN
    return _EIGHT_DIGITS.search(unicodedata.normalize("NFKC", cell)) is not None


def columns_of(sheet: Sheet, faults: list[Remark]) -> dict[str, Column]:
    """The columns that are known, by heading. Other headings and doubled ones become faults."""
    times = Counter(sheet.headings)
    known: dict[str, Column] = {}
    for place, (heading, cells) in enumerate(zip(sheet.headings, sheet.columns, strict=True)):
        column = Column(heading or column_letters(place), cells, sheet.row_numbers)
        if not heading:
            _refuse_cells_without_heading(column)
        elif heading not in HEADINGS:
            faults.append(_heading_fault(sheet, heading, _UNKNOWN))
        elif heading in known:
            faults.append(_heading_fault(sheet, heading, _DOUBLED, times=times[heading]))
        else:
            known[heading] = column
        column.refuse_forbidden()
        faults += column.faults
        column.faults = []
    for heading in NEEDED:
        if heading not in known:
            faults.append(_heading_fault(sheet, heading, _MISSING))
    return known


def can_be_read(sheet: Sheet) -> bool:
    """Whether every needed column is there and none twice, so that the rows make sense."""
    times = Counter(sheet.headings)
    return all(times[heading] == 1 for heading in NEEDED) and all(
        times[heading] <= 1 for heading in HEADINGS
    )


def column_letters(place: int) -> str:
    """The letters a spreadsheet gives to a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def parse_day(text: str) -> date:
    """A day in any Japanese or ISO writing. Raises ValueError with a sentence; blank is no day."""
    if not text.strip():
        raise ValueError(_BLANK_DATE)
    return parse_japanese_date(text)


def _refuse_cells_without_heading(column: Column) -> None:
    for place, cell in enumerate(column.cells):
        if cell.strip() and cell not in column.forbidden:
            column.fault(place, _NO_HEADING)


def _heading_fault(sheet: Sheet, heading: str, sentence: Any, **values: object) -> Remark:
    column = heading if heading in HEADINGS else masked(heading)
    return Remark(
        sentence, sheet.heading_row, column, values={"columns": "、".join(HEADINGS), **values}
    )
