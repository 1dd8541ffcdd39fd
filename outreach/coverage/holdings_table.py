"""A file of counts, read and checked as a whole, ready to be stored.

Format: 地域コード, 人口 and 保有枚数 are needed; 地域名, 年齢階級, 性別, 基準日 and 人口基準日
may be there, in any order. Without 年齢階級 a row counts all ages, without 性別 both sexes. One
file is of one 基準日, which may be given beside the file instead; without 人口基準日 the people
were counted on 基準日 too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from outreach.coverage.holdings_checks import (
    Cells,
    incomplete_districts,
    more_cards_than_people,
    overlaps,
    redundant_rows,
    repeats,
)
from outreach.coverage.holdings_columns import (
    AGE,
    AS_OF,
    CARDS,
    CODE,
    NAME,
    POPULATION_AS_OF,
    RESIDENTS,
    SEX,
    Column,
    can_be_read,
    columns_of,
    parse_day,
)
from outreach.coverage.holdings_file import read_sheet
from outreach.coverage.remarks import FileRefused, Remark
from outreach.coverage.rules.age_bands import EVERYBODY, parse_age_band
from outreach.coverage.rules.counts import parse_count
from outreach.coverage.rules.district_codes import DistrictCodes, same_name
from outreach.coverage.rules.sexes import BOTH, parse_sex
from outreach.coverage.rules.written_cells import plain

# A district's code, first year of the age band, sex, residents, cards.
HoldingRow = tuple[str, int, str, int, int]

# More codes than this are not read in one line.
_MOST_NAMED = 20

_NO_DATE = _("The column is missing or blank. Add it, or give the date with --as-of.")
_NO_ROWS = _("There are no rows below the headings.")
_MIXED_DATES = _("Other rows say %(date)s. One file is of one date; import the dates one by one.")
_OTHER_DATE = _("The file says %(date)s, and --as-of says %(as_of)s. Make the two agree.")
_OTHER_NAME = _("The boundaries in force call this district %(name)s. Check code and name.")
_NO_POPULATION_DATE = _("No date of the population is given; %(date)s is taken for it as well.")
_ZEROS_RESTORED = _("Codes that had lost a leading zero were read as (%(count)d): %(codes)s.")
_WITHOUT_COUNTS = _(
    "Districts that are not in the file are shown as missing, not as zero (%(count)d): %(codes)s."
)


@dataclass(frozen=True, slots=True)
class HoldingsTable:
    """The counts of one file, by district, age and sex, each once, and notes on the reading."""

    rows: list[HoldingRow]
    as_of: date
    population_as_of: date
    notes: tuple[Remark, ...]


def read_holdings(
    content: bytes,
    *,
    leaves: Mapping[str, str],
    parents: Iterable[str],
    as_of: date | None = None,
    accept_over: bool = False,
) -> HoldingsTable:
    """Read a file's bytes against the districts in force.

    `leaves` gives the name of each district counts may stand on by its code, `parents` the codes of
    those that have parts. Raises FileRefused with every fault of the file.
    """
    columns, faults = _columns(content, as_of)
    codes = DistrictCodes(leaves=leaves, parents=parents)
    cells = _cells(columns, codes)
    if NAME in columns:
        _refuse_other_names(columns[NAME], cells, leaves)
    counted_on = _counted_on(columns, as_of)
    people_counted_on = _one_date(columns.get(POPULATION_AS_OF))
    for column in columns.values():
        faults += column.faults
    faults += [*overlaps(cells)] or [*repeats(cells)]
    sums = redundant_rows(cells, faults)
    over = more_cards_than_people(cells, besides=sums, accepted=accept_over)
    if not accept_over:
        faults += over
    if faults or counted_on is None:
        raise FileRefused(faults)
    rows = cells.rows()
    if sums:
        rows = [row for place, row in enumerate(rows) if place not in sums]
    notes = [*_code_notes(columns[CODE], codes, leaves), *incomplete_districts(rows), *over]
    if people_counted_on is None:
        notes.append(Remark(_NO_POPULATION_DATE, values={"date": counted_on}))
    return HoldingsTable(rows, counted_on, people_counted_on or counted_on, tuple(notes))


def _columns(content: bytes, as_of: date | None) -> tuple[dict[str, Column], list[Remark]]:
    """The columns of a file, and faults that leave its rows readable all the same."""
    sheet = read_sheet(content, key_heading=CODE)
    faults: list[Remark] = []
    columns = columns_of(sheet, faults)
    if as_of is None and (AS_OF not in columns or columns[AS_OF].is_blank):
        faults.append(Remark(_NO_DATE, sheet.heading_row, AS_OF))
    if not can_be_read(sheet):
        raise FileRefused(faults)
    if not sheet.row_numbers:
        raise FileRefused([*faults, Remark(_NO_ROWS)])
    return columns, faults


def _cells(columns: Mapping[str, Column], codes: DistrictCodes) -> Cells:
    count = len(columns[CODE].cells)
    return Cells(
        row_numbers=columns[CODE].row_numbers,
        codes=columns[CODE].read(codes.resolve),
        bands=columns[AGE].read(parse_age_band) if AGE in columns else [EVERYBODY] * count,
        sexes=columns[SEX].read(parse_sex) if SEX in columns else [BOTH] * count,
        residents=columns[RESIDENTS].read(parse_count),
        cards=columns[CARDS].read(parse_count),
    )


def _refuse_other_names(column: Column, cells: Cells, leaves: Mapping[str, str]) -> None:
    """A fault for each row whose name is not the one of its code; a blank name says nothing."""
    wrong = {
        (code, name)
        for code, name in set(zip(cells.codes, column.cells, strict=True))
        if code is not None and name.strip() and not same_name(name, leaves[code])
    }
    if not wrong:
        return
    for place, (code, name) in enumerate(zip(cells.codes, column.cells, strict=True)):
        if (code, name) in wrong and name not in column.forbidden:
            column.fault(place, _OTHER_NAME, name=leaves[str(code)])


def _counted_on(columns: Mapping[str, Column], as_of: date | None) -> date | None:
    """The day the cards were counted on, by the file or beside it; they must not contradict."""
    in_file = _one_date(columns.get(AS_OF))
    if in_file and as_of and in_file != as_of:
        columns[AS_OF].fault(0, _OTHER_DATE, date=in_file, as_of=as_of)
    return in_file or as_of


def _one_date(column: Column | None) -> date | None:
    """The date a whole column gives, the commonest if there are several, which is a fault."""
    if column is None or column.is_blank:
        return None
    days = column.read(parse_day)
    different = set(days) - {None}
    if not different:
        return None
    if len(different) == 1:
        return different.pop()
    commonest: date = Counter(day for day in days if day is not None).most_common(1)[0][0]
    for place, day in enumerate(days):
        if day not in (None, commonest):
            column.fault(place, _MIXED_DATES, date=commonest)
    return commonest


def _code_notes(
    column: Column, codes: DistrictCodes, leaves: Mapping[str, str]
) -> Iterable[Remark]:
    written = {cell: codes.resolve(cell) for cell in column.distinct}
    if restored := sorted({code for cell, code in written.items() if plain(cell) != code}):
        yield _listing(_ZEROS_RESTORED, restored)
    if missing := sorted(set(leaves) - set(written.values())):
        yield _listing(_WITHOUT_COUNTS, [f"{code} {leaves[code]}" for code in missing])


def _listing(sentence: Any, codes: Sequence[str]) -> Remark:
    named = "、".join(codes[:_MOST_NAMED]) + ("…" if len(codes) > _MOST_NAMED else "")
    return Remark(sentence, column=CODE, values={"count": len(codes), "codes": named})
