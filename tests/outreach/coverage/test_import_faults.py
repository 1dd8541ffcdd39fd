"""Every fault of a file of counts is named by row and column, and nothing is written."""

import openpyxl
import pytest

from outreach.coverage.remarks import MOST_LINES, lines_of
from outreach.places.models import BoundarySet
from tests.outreach.coverage.files import (
    EAST,
    FORBIDDEN,
    HANAWA,
    HEADINGS,
    NORTH,
    SOUTH,
    changed,
    csv_file,
    excel_file,
    good_rows,
    row,
    saved,
    with_column,
    without,
)


def only(faults):
    [fault] = faults
    return fault.row, fault.column, str(fault)


@pytest.mark.parametrize("file_of", [csv_file, excel_file])
@pytest.mark.parametrize(
    ("heading", "value", "says"),
    [
        pytest.param("地域コード", "0520900999", "No district", id="unknown district"),
        pytest.param("地域コード", HANAWA, "has parts", id="a parent"),
        pytest.param("地域コード", "", "blank", id="blank code"),
        pytest.param("地域名", "十和田東町", "花輪字南町", id="name of another district"),
        pytest.param("年齢階級", "子ども", "not an age band", id="unreadable band"),
        pytest.param("年齢階級", "", "blank", id="blank band"),
        pytest.param("年齢階級", "5月9日", "turned this age band into a date", id="a date"),
        pytest.param("性別", "不明", "男, 女 or 計", id="unreadable sex"),
        pytest.param("性別", "", "男, 女 or 計", id="blank sex"),
        pytest.param("人口", "-1", "negative", id="negative people"),
        pytest.param("人口", "12.5", "not whole", id="a fraction of people"),
        pytest.param("人口", "", "blank", id="blank people"),
        pytest.param("保有枚数", "-1", "negative", id="negative cards"),
        pytest.param("保有枚数", "12.5", "not whole", id="a fraction of a card"),
        pytest.param("保有枚数", "", "Blank is not zero", id="blank cards"),
        pytest.param("保有枚数", "51", "more cards (51) than people (50)", id="cards over people"),
        pytest.param("基準日", "2026/2/28", "Other rows say 2026-01-31", id="mixed dates"),
        pytest.param("基準日", "2026/2/30", "no such day", id="no such day"),
        pytest.param("基準日", "昨日", "not a date", id="unreadable date"),
        pytest.param("基準日", "", "blank", id="blank date"),
        pytest.param("人口基準日", "2025/12/1", "Other rows say 2026-01-01", id="mixed people"),
        pytest.param("人口基準日", "", "blank", id="blank date of the people"),
    ],
)
def test_a_faulty_cell_is_named_by_row_and_column(faults_of, file_of, heading, value, says):
    row_number, column, sentence = only(faults_of(file_of(changed(6, heading, value))))

    assert (row_number, column) == (6, heading)
    assert says in sentence


@pytest.mark.parametrize("value", [-1, 12.5], ids=["negative", "fraction"])
def test_numbers_of_a_spreadsheet_are_judged_like_written_ones(faults_of, value):
    row_number, column, _sentence = only(faults_of(excel_file(changed(6, "人口", value))))

    assert (row_number, column) == (6, "人口")


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_the_rows(faults_of):
    rows = changed(9, "人口", "x")
    rows[0][5] = ""
    rows[4][0] = "777"
    rows[4][2] = "?"
    rows[11][5] = "99"

    faults = faults_of(csv_file(rows))

    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "保有枚数"),
        (6, "地域コード"),
        (6, "年齢階級"),
        (9, "人口"),
        (13, "保有枚数"),
    ]


def test_a_line_names_file_row_column_and_what_is_written(faults_of):
    [fault] = faults_of(csv_file(changed(6, "人口", "12.5")))

    assert fault.line("counts.csv") == (
        "counts.csv, row 6, 人口, “12.5”: The number is not whole. "
        "People and cards are counted one by one."
    )


def test_rows_are_counted_as_a_spreadsheet_shows_them(faults_of):
    content = b"\n,,,,,,,\n" + csv_file(changed(6, "人口", "x"), encoding="utf-8")
    content = content.replace("花輪字南町".encode(), '"花輪\n字南町"'.encode(), 1)

    row_number, column, _sentence = only(faults_of(content))

    assert (row_number, column) == (8, "人口")


# --- Headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["地域コード", "人口", "保有枚数", "基準日"])
def test_a_needed_column_that_is_missing_is_named(faults_of, heading):
    row_number, column, sentence = only(faults_of(without(heading)))

    assert (row_number, column) == (1, heading)
    assert "missing" in sentence


def test_an_unknown_column_is_refused_and_the_rows_are_still_read(faults_of):
    rows = [[*cells, "x"] for cells in changed(6, "人口", "x")]

    first, second = faults_of(csv_file(rows, [*HEADINGS, "備考"]))

    assert (first.row, first.column) == (1, "備考")
    assert "not part of the format" in str(first)
    assert (second.row, second.column) == (6, "人口")


def test_a_heading_that_is_there_twice_is_refused(faults_of):
    rows = [[*cells, "1"] for cells in good_rows()]

    row_number, column, sentence = only(faults_of(csv_file(rows, [*HEADINGS, "人口"])))

    assert (row_number, column) == (1, "人口")
    assert "2 times" in sentence


def test_cells_beyond_the_headings_are_named_by_the_letters_of_their_column(faults_of):
    rows = good_rows()
    rows[3] = [*rows[3], "", "note"]

    row_number, column, sentence = only(faults_of(csv_file(rows)))

    assert (row_number, column) == (5, "J")
    assert "no heading" in sentence


# --- Across rows ------------------------------------------------------------------------------


def test_a_cell_that_is_counted_twice_is_named_with_the_first_row(faults_of):
    row_number, column, sentence = only(faults_of(csv_file([*good_rows(), row(SOUTH, "0-4")])))

    assert (row_number, column) == (14, "地域コード")
    assert "Row 6 already counts" in sentence


def test_a_repeat_is_seen_through_different_spellings(faults_of):
    repeated = row("5209001002", "０～４歳", "男性")
    repeated[1] = ""

    assert only(faults_of(csv_file([*good_rows(), repeated])))[:2] == (14, "地域コード")


def test_age_bands_that_overlap_are_refused(faults_of):
    row_number, column, sentence = only(faults_of(csv_file([*good_rows(), row(NORTH, "80以上")])))

    # 80以上 begins first, so the band that is told to overlap is 85以上.
    assert (row_number, column) == (4, "年齢階級")
    assert "80-120" in sentence


@pytest.mark.parametrize(
    ("residents", "cards", "columns"),
    [
        pytest.param(101, 80, ["人口"], id="people"),
        pytest.param(100, 81, ["保有枚数"], id="cards"),
        pytest.param(99, 79, ["人口", "保有枚数"], id="both"),
    ],
)
def test_a_sum_that_is_not_men_and_women_is_named(faults_of, residents, cards, columns):
    faults = faults_of(csv_file([*good_rows(), row(EAST, "0-4", "計", residents, cards)]))

    assert [(fault.row, fault.column) for fault in faults] == [(14, name) for name in columns]
    assert "男 and 女 make" in str(faults[0])


def test_a_sum_of_ages_that_is_wrong_is_named(faults_of):
    rows = [*good_rows(), row(EAST, "計", "女", 100, 81)]

    row_number, column, sentence = only(faults_of(csv_file(rows)))

    assert (row_number, column) == (14, "保有枚数")
    assert "81" in sentence
    assert "80" in sentence


def test_a_sum_beside_one_sex_only_cannot_be_checked_and_is_refused(faults_of):
    rows = [*good_rows(), row(NORTH, "5-9", "男"), row(NORTH, "5-9", "計")]

    row_number, _column, sentence = only(faults_of(csv_file(rows)))

    assert row_number == 15
    assert "only one of 男 and 女" in sentence


def test_a_sum_is_not_blamed_for_a_part_that_cannot_be_read(faults_of):
    rows = [*changed(2, "人口", "x"), row(NORTH, "0-4", "計", 999, 80), row(EAST, "計", "男", 9, 9)]

    faults = faults_of(csv_file(rows))

    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "人口"),
        (15, "人口"),
        (15, "保有枚数"),
    ]


# --- Dates beside the file --------------------------------------------------------------------


def test_a_date_beside_the_file_must_not_contradict_it(faults_of, now):
    row_number, column, sentence = only(faults_of(csv_file(), as_of=now.date()))

    assert (row_number, column) == (2, "基準日")
    assert "2026-01-31" in sentence
    assert "2026-10-01" in sentence


def test_a_blank_date_column_without_a_date_beside_the_file_is_refused(faults_of):
    assert only(faults_of(csv_file(with_column("基準日", ""))))[:2] == (1, "基準日")


# --- Numbers that may not be kept -------------------------------------------------------------


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_personal_number_is_refused_in_every_column_and_never_repeated(faults_of, heading):
    [fault] = faults_of(csv_file(changed(6, heading, FORBIDDEN)))

    assert (fault.row, fault.column) == (6, heading)
    assert FORBIDDEN not in fault.line("counts.csv")


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("1234 5678 9018", id="in groups"),
        pytest.param("１２３４５６７８９０１８", id="full-width"),
        pytest.param("花輪 1234-5678-9018 番", id="inside a text"),
        pytest.param("AB12345678CD", id="residence card"),
    ],
)
def test_it_is_refused_however_it_is_written(faults_of, written):
    [fault] = faults_of(csv_file(changed(6, "地域名", written)))

    assert (fault.row, fault.column) == (6, "地域名")
    assert "number from a card" in str(fault)


def test_it_is_refused_where_a_spreadsheet_holds_it_as_a_number(faults_of):
    [fault] = faults_of(excel_file(changed(6, "人口", int(FORBIDDEN))))

    assert (fault.row, fault.column) == (6, "人口")


def test_it_is_refused_in_a_column_that_is_not_part_of_the_format(faults_of):
    rows = [[*cells, FORBIDDEN if place == 4 else ""] for place, cells in enumerate(good_rows())]

    faults = faults_of(csv_file(rows, [*HEADINGS, FORBIDDEN]))

    assert [fault.row for fault in faults] == [1, 6]
    assert FORBIDDEN not in "".join(lines_of(faults, file_name="counts.csv"))


def test_it_is_refused_in_the_name_of_the_file_and_not_repeated(faults_of):
    name = f"holdings_{FORBIDDEN}.csv"

    [fault] = faults_of(csv_file(), file_name=name)

    assert fault.row is None
    assert "name of the file" in str(fault)
    assert FORBIDDEN not in fault.line(name)


# --- The file itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\n,,\n", "empty", id="only commas"),
        pytest.param(b"\xff\xfe\x00\x30", "UTF-8", id="UTF-16"),
        pytest.param(b"\x81\xff\x00", "UTF-8", id="no encoding at all"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "Save it as .xlsx", id="old Excel"),
        pytest.param(b"PK\x03\x04rest", "not an Excel file", id="damaged Excel"),
        pytest.param(csv_file([]), "no rows", id="headings only"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(faults_of, content, says):
    assert says in str(faults_of(content)[0])


def test_a_quotation_that_never_ends_is_not_swallowed(faults_of):
    content = csv_file(encoding="utf-8").replace("花輪字南町".encode(), '"花輪字南町'.encode(), 1)

    assert "quotation" in only(faults_of(content))[2]


def test_two_sheets_of_counts_are_refused(faults_of):
    book = openpyxl.Workbook()
    book.active.title = "1月"
    for sheet in (book.active, book.create_sheet("2月")):
        for cells in (HEADINGS, *good_rows()):
            sheet.append(list(cells))

    assert "1月, 2月" in only(faults_of(saved(book)))[2]


# --- Long lists -------------------------------------------------------------------------------


def test_a_file_that_is_wrong_throughout_is_told_in_so_many_lines_and_a_number(faults_of):
    rows = [row(NORTH, str(age), sex, "x", 1) for age in range(121) for sex in ("男", "女")]

    faults = faults_of(csv_file(rows))
    lines = lines_of(faults, file_name="counts.csv")

    assert len(faults) == 242
    assert len(lines) == MOST_LINES + 1
    assert "row 2," in lines[0]
    assert lines[-1] == "… and 42 more."


def test_districts_of_another_boundary_set_are_unknown(faults_of, districts):
    new = BoundarySet.objects.create(name="new", file_name="n", drawing=b"", drawing_hash="1")
    districts[EAST].boundary_set = new
    districts[EAST].save()

    assert {fault.row for fault in faults_of(csv_file())} == {10, 11, 12, 13}
