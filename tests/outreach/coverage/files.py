"""Small files of counts, as an office would send them, with one thing changed at a time."""

import csv
import io
from collections.abc import Sequence

import openpyxl

HEADINGS = (
    "地域コード",
    "地域名",
    "年齢階級",
    "性別",
    "人口",
    "保有枚数",
    "基準日",
    "人口基準日",
)
NORTH = "05209001001"
SOUTH = "05209001002"
EAST = "052090020"
# Has the parts north and south.
HANAWA = "052090010"
NAMES = {NORTH: "花輪字北町", SOUTH: "花輪字南町", EAST: "十和田東町"}
# 123456789018 is the worked example of a number with a right check digit.
FORBIDDEN = "123456789018"

Row = list[object]


def row(
    code: str = NORTH,
    age: str = "0-4",
    sex: str = "男",
    residents: object = 50,
    cards: object = 40,
) -> Row:
    name = NAMES.get(code, "")
    return [code, name, age, sex, residents, cards, "2026/1/31", "2026/1/1"]


def good_rows() -> list[Row]:
    """Rows 2 to 13: three districts, two bands, two sexes; 600 residents, 480 cards."""
    return [
        row(code, age, sex) for code in NAMES for age in ("0-4", "85以上") for sex in ("男", "女")
    ]


def changed(row_number: int, heading: str, value: object) -> list[Row]:
    """The good rows with one cell changed; rows are counted as in the file, from 1."""
    rows = good_rows()
    rows[row_number - 2][HEADINGS.index(heading)] = value
    return rows


def with_column(heading: str, value: object) -> list[Row]:
    """The good rows with one column filled with a value."""
    rows = good_rows()
    for cells in rows:
        cells[HEADINGS.index(heading)] = value
    return rows


def csv_file(
    rows: Sequence[Row] | None = None,
    headings: Sequence[object] = HEADINGS,
    encoding: str = "utf-8-sig",
) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *(good_rows() if rows is None else rows)])
    return text.getvalue().encode(encoding)


def without(*left_out: str) -> bytes:
    """The good rows without some columns."""
    kept = [place for place, heading in enumerate(HEADINGS) if heading not in left_out]
    return csv_file(
        [[cells[place] for place in kept] for cells in good_rows()],
        [HEADINGS[place] for place in kept],
    )


def excel_file(rows: Sequence[Row] | None = None, headings: Sequence[object] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    for cells in (headings, *(good_rows() if rows is None else rows)):
        book.active.append(list(cells))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
