"""Tables that leave the house as a workbook or as CSV, and are opened by Excel without harm.

What residents typed may begin with =, +, - or @, and Excel runs what looks like a formula. In a
workbook every text is marked as text, for reading and for editing; in CSV, where nothing can be
marked, an apostrophe stands in front, as the spreadsheet itself writes it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

TEXT = "@"
BASE_SIZE, TITLE_SIZE = 12, 16
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | float | None


def workbook(
    *,
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    foot: str = "",
) -> bytes:
    """One sheet, ready to print on A4 landscape: title, frozen header repeated on every page.

    `widths` are in characters; a column of width 0 is as wide as its heading asks.
    """
    # Loaded here: openpyxl is slow to import and few requests need it.
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    _write_line(sheet, 1, [title], Font(size=TITLE_SIZE, bold=True))
    _write_line(sheet, 2, header, Font(size=BASE_SIZE, bold=True))
    line = 2
    for line, row in enumerate(rows, start=3):
        _write_line(sheet, line, row, Font(size=BASE_SIZE))
    if foot:
        sheet.oddFooter.left.text = foot.replace("&", "&&")
    _make_printable(sheet, widths, lines=line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_text(*, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The same table as CSV: CRLF, and nothing that a spreadsheet would run."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return content.getvalue()


def harmless(cell: Cell) -> Cell:
    """A cell of CSV that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def _write_line(sheet: Any, line: int, cells: Sequence[Cell], font: Any) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    for column, value in enumerate(cells, start=1):
        cell = sheet.cell(row=line, column=column)
        cell.font = font
        cell.alignment = Alignment(vertical="top", wrap_text=line > 1)
        if not isinstance(value, str):
            cell.value = value
            continue
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # openpyxl takes what begins with = for a formula; it is what somebody typed.
        cell.data_type, cell.number_format, cell.quotePrefix = "s", TEXT, True


def _make_printable(sheet: Any, widths: Sequence[int], *, lines: int) -> None:
    from openpyxl.styles import Border, Side
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, start=1):
        if width:
            sheet.column_dimensions[get_column_letter(number)].width = width
    thin = Side(style="thin", color="666666")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in sheet.iter_rows(min_row=2, max_row=lines, max_col=len(widths)):
        for cell in row:
            cell.border = frame
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"
