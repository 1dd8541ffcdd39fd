"""A file of counts as it arrives, CSV or Excel, made into columns of text.

Every cell becomes text, because spreadsheets store numbers as text and codes as numbers; what a
text means is decided in `holdings_table`.
"""

import csv
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from outreach.coverage.remarks import FileRefused, Remark
from outreach.coverage.rules.written_cells import plain

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx under a password
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table by columns: headings, the cells below each, and each row's number in the file."""

    heading_row: int
    headings: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    row_numbers: Sequence[int]


def read_sheet(content: bytes, *, key_heading: str) -> Sheet:
    """The one table of a file. Raises FileRefused when it cannot be read.

    In a workbook it is the visible sheet that has `key_heading` among its headings.
    """
    if content.startswith(_ZIP):
        return _read_workbook(content, key_heading)
    return _sheet(_read_csv(content))


def _read_csv(content: bytes) -> list[list[str]]:
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error:
        raise FileRefused(
            [
                Remark(
                    _("The quotation marks do not pair up from this line on. Close the quotation."),
                    row=reader.line_num,
                )
            ]
        ) from None


def _decoded(content: bytes) -> str:
    if content.startswith(_OLD_EXCEL):
        raise FileRefused(
            [Remark(_("This is an old or protected Excel file. Save it as .xlsx or CSV."))]
        )
    if not content.startswith(_UTF_16):
        for encoding in ("utf-8-sig", "cp932"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise FileRefused([Remark(_("The text is neither UTF-8 nor Shift_JIS. Save it as CSV UTF-8."))])


def _read_workbook(content: bytes, key_heading: str) -> Sheet:
    # Imported here: only an Excel file needs it, and commands should start without.
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations we do not read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            tables = {
                sheet.title: [[_cell_text(value) for value in row] for row in _rows(sheet)]
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            }
            book.close()
    except Exception:  # whatever the reader stumbles over in a damaged file, it cannot be read
        raise FileRefused(
            [Remark(_("This is not an Excel file we can read. Save it as .xlsx or CSV."))]
        ) from None
    return _the_one_with(key_heading, tables)


def _rows(sheet: Any) -> Any:
    # Some programs write a wrong size into the file, which would cut rows off.
    sheet.reset_dimensions()
    return sheet.iter_rows(values_only=True)


def _the_one_with(key_heading: str, tables: dict[str, list[list[str]]]) -> Sheet:
    sheets = {title: _sheet(rows) for title, rows in tables.items() if any(map(any, rows))}
    fitting = {title: sheet for title, sheet in sheets.items() if key_heading in sheet.headings}
    if len(fitting) > 1:
        raise FileRefused(
            [
                Remark(
                    _("Several sheets hold counts: %(titles)s. Keep one sheet in the file."),
                    values={"titles": ", ".join(fitting)},
                )
            ]
        )
    found = list(fitting.values()) or list(sheets.values())
    return found[0] if found else _sheet([])


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet(rows: Sequence[Sequence[str]]) -> Sheet:
    """Columns of the table whose headings are the first row that is not blank."""
    start = next((place for place, row in enumerate(rows) if any(row)), None)
    if start is None:
        raise FileRefused([Remark(_("The file is empty."))])
    body: Sequence[Sequence[str]] = rows[start + 1 :]
    numbers: Sequence[int] = range(start + 2, len(rows) + 1)
    if not all(map(any, body)):
        numbers = [number for number, row in zip(numbers, body, strict=True) if any(row)]
        body = [row for row in body if any(row)]
    headings = ["".join(plain(heading).split()) for heading in rows[start]]
    widths = {len(headings), *map(len, body)}
    width = max(widths)
    headings += [""] * (width - len(headings))
    if len(widths) > 1:
        body = [[*row, *[""] * (width - len(row))] for row in body]
    columns = tuple(zip(*body, strict=True)) if body else ((),) * width
    return Sheet(start + 1, tuple(headings), columns, numbers)
