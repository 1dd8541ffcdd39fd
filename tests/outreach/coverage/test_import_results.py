"""What a good file becomes, and what happens when it comes again or comes changed."""

from datetime import date, datetime

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from outreach.coverage.actions import holdings
from outreach.coverage.actions.holdings import NoBoundaries, UnknownDistrict
from outreach.coverage.models import Batch, Holding
from outreach.places.models import BoundarySet
from tests.outreach.coverage.files import (
    EAST,
    FORBIDDEN,
    HANAWA,
    HEADINGS,
    NAMES,
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


def stored():
    """Every cell of the batches that count, as it stands in the database."""
    return set(
        Holding.objects.filter(batch__replaced_by=None).values_list(
            "district__code", "age_from", "sex", "residents", "cards"
        )
    )


GOOD = {(code, age, sex, 50, 40) for code in NAMES for age in (0, 85) for sex in ("m", "f")}


def test_a_file_becomes_one_batch_with_its_dates_and_origin(load, now, staff):
    imported = load(csv_file(), "counts.csv", by=staff("admin"))

    batch = Batch.objects.get()
    assert imported.batch == batch
    assert imported.is_new
    assert imported.replaced is None
    assert imported.notes == ()
    assert (batch.as_of, batch.population_as_of) == (date(2026, 1, 31), date(2026, 1, 1))
    assert (batch.file_name, batch.imported_at) == ("counts.csv", now)
    assert batch.imported_by == staff("admin")
    assert stored() == GOOD


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(csv_file(encoding="utf-8"), id="UTF-8 without a mark"),
        pytest.param(csv_file(encoding="cp932"), id="Shift_JIS"),
        pytest.param(csv_file().replace(b"\r\n", b"\n"), id="Unix line ends"),
        pytest.param(excel_file(), id="Excel"),
        pytest.param(excel_file(with_column("人口", 50)), id="Excel with numbers"),
        pytest.param(excel_file(with_column("人口", 50.0)), id="Excel with decimal numbers"),
        pytest.param(
            excel_file(with_column("基準日", datetime(2026, 1, 31))),  # noqa: DTZ001
            id="Excel with dates",
        ),
        pytest.param(csv_file(with_column("基準日", "令和8年1月31日")), id="Japanese date"),
        pytest.param(csv_file(with_column("基準日", "R8.1.31")), id="short Japanese date"),
        pytest.param(csv_file(with_column("基準日", "２０２６－０１－３１")), id="full-width date"),
        pytest.param(csv_file(with_column("地域名", "")), id="blank names"),
        pytest.param(
            csv_file([cells[::-1] for cells in good_rows()], HEADINGS[::-1]), id="other order"
        ),
        pytest.param(
            csv_file(headings=[f" {heading} " for heading in HEADINGS]), id="spaces in headings"
        ),
        pytest.param(
            csv_file([[*cells, ""] for cells in good_rows()], [*HEADINGS, ""]), id="trailing commas"
        ),
        pytest.param(
            csv_file([["", *[""] * 7], *good_rows()[:5], [], *good_rows()[5:]]), id="blank rows"
        ),
    ],
)
def test_the_same_counts_arrive_in_many_ways(load, content):
    imported = load(content)

    assert stored() == GOOD
    assert imported.batch.as_of == date(2026, 1, 31)
    assert imported.notes == ()


def test_a_sheet_of_counts_is_found_among_others(load):
    book = openpyxl.Workbook()
    book.active.append(["説明", "この表は…"])
    sheet = book.create_sheet("集計")
    for cells in ([], HEADINGS, *good_rows()):
        sheet.append(list(cells))
    hidden = book.create_sheet("控え")
    hidden.sheet_state = "hidden"
    hidden.append(list(HEADINGS))

    load(saved(book))

    assert stored() == GOOD


@pytest.mark.parametrize("file_of", [csv_file, excel_file])
def test_a_lost_leading_zero_is_restored_and_told(load, file_of):
    rows = [[int(cells[0]), *cells[1:]] for cells in good_rows()]

    [note] = load(file_of(rows)).notes

    assert stored() == GOOD
    assert "lost a leading zero were read as (3)" in str(note)
    assert NORTH in str(note)


def test_without_ages_and_sexes_a_row_counts_everybody(load, districts):
    rows = [[code, 100, 80, "2026-01-31"] for code in NAMES]

    load(csv_file(rows, ["地域コード", "人口", "保有枚数", "基準日"]))

    assert stored() == {(code, -1, "b", 100, 80) for code in NAMES}


def test_without_a_date_of_the_people_the_date_of_the_cards_is_taken_and_told(load):
    imported = load(without("人口基準日"))

    assert imported.batch.population_as_of == date(2026, 1, 31)
    assert "2026-01-31 is taken" in str(imported.notes[0])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(without("基準日"), id="no column"),
        pytest.param(csv_file(with_column("基準日", "")), id="blank column"),
        pytest.param(csv_file(), id="the same date in the file"),
    ],
)
def test_the_date_may_be_given_beside_the_file(load, content):
    assert load(content, as_of=date(2026, 1, 31)).batch.as_of == date(2026, 1, 31)


def test_sums_are_checked_and_not_stored(load):
    sums = [
        *(row(code, age, "計", 100, 80) for code in NAMES for age in ("0-4", "85以上")),
        *(row(code, "計", sex, 100, 80) for code in NAMES for sex in ("男", "女")),
        *(row(code, "総数", "総数", 200, 160) for code in NAMES),
    ]

    assert load(csv_file([*sums, *good_rows()])).notes == ()
    assert stored() == GOOD


def test_a_sum_without_parts_is_the_count(load):
    rows = [*good_rows()[:8], row(EAST, "計", "計", 7, 5)]

    load(csv_file(rows))

    assert {cell for cell in stored() if cell[0] == EAST} == {(EAST, -1, "b", 7, 5)}


def test_more_cards_than_people_are_accepted_on_request_and_shown_as_counted(load):
    imported = load(csv_file(changed(6, "保有枚数", 51)), accept_over=True)

    [note] = imported.notes
    assert (note.row, note.column) == (6, "保有枚数")
    assert "51" in str(note)
    assert (SOUTH, 0, "m", 50, 51) in stored()


def test_a_sum_with_more_cards_than_people_is_told_once(load):
    rows = [*changed(6, "保有枚数", 70), row(SOUTH, "0-4", "計", 100, 110)]

    assert [note.row for note in load(csv_file(rows), accept_over=True).notes] == [6]


def test_a_district_without_rows_is_missing_and_told(load):
    [note] = load(csv_file([cells for cells in good_rows() if cells[0] != EAST])).notes

    assert f"{EAST} 十和田東町" in str(note)
    assert "missing, not as zero" in str(note)
    assert not Holding.objects.filter(district__code=EAST).exists()


def test_a_district_with_fewer_rows_than_others_is_told(load):
    [note] = load(csv_file(good_rows()[:-1])).notes

    assert note.written == EAST
    assert "3 rows" in str(note)


def test_counts_dated_in_the_future_are_told(load):
    [note] = load(csv_file(with_column("基準日", "2062/1/31"))).notes

    assert "2062-01-31" in str(note)


# --- Again, and changed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(csv_file(), "counts.csv", id="the same file"),
        pytest.param(csv_file(), "again.csv", id="under another name"),
        pytest.param(csv_file(good_rows()[::-1]), "counts.csv", id="in another order"),
        pytest.param(excel_file(), "counts.xlsx", id="as Excel"),
    ],
)
def test_the_same_counts_again_change_nothing(load, content, name):
    first = load(csv_file()).batch

    again = load(content, name)

    assert not again.is_new
    assert again.batch == first
    assert Batch.objects.count() == 1
    assert Holding.objects.count() == 12


def test_other_counts_of_the_same_date_replace_the_earlier_ones_and_both_are_kept(load):
    first = load(csv_file()).batch

    imported = load(csv_file(changed(2, "保有枚数", 41)), "corrected.csv")

    first.refresh_from_db()
    assert imported.is_new
    assert imported.replaced == first
    assert first.replaced_by == imported.batch
    assert list(Batch.objects.counting()) == [imported.batch]
    assert (NORTH, 0, "m", 50, 41) in stored()
    assert first.holdings.count() == imported.batch.holdings.count() == 12


def test_a_correction_can_be_taken_back_by_loading_the_first_file_again(load):
    load(csv_file())
    corrected = load(csv_file(changed(2, "保有枚数", 41))).batch

    back = load(csv_file())

    assert back.is_new
    assert back.replaced == corrected
    assert stored() == GOOD
    assert Batch.objects.count() == 3


def test_another_date_of_the_people_is_other_counts(load):
    load(csv_file())

    assert load(csv_file(with_column("人口基準日", "2025/12/1"))).is_new


def test_each_date_has_its_own_counts(load):
    january = load(csv_file()).batch
    february = load(csv_file(with_column("基準日", "2026/2/28"))).batch

    assert list(Batch.objects.counting()) == [february, january]


def test_the_same_counts_on_new_boundaries_are_loaded_anew(load, districts, boundary_set):
    load(csv_file())
    boundary_set.is_active = False
    boundary_set.save()
    new = BoundarySet.objects.create(
        name="new", is_active=True, file_name="n", drawing=b"", drawing_hash="1"
    )
    for code, name in NAMES.items():
        new.districts.create(code=code, name=name)

    assert load(csv_file()).is_new
    assert Batch.objects.counting().count() == 1


def test_a_boundary_set_goes_with_its_batches_replaced_ones_included(load, boundary_set):
    load(csv_file())
    load(csv_file(changed(2, "保有枚数", 41)))

    boundary_set.delete()

    assert not Batch.objects.exists()


def test_nothing_is_half_written_when_the_database_refuses(load, now, monkeypatch):
    first = load(csv_file()).batch

    with pytest.raises(IntegrityError), transaction.atomic():
        holdings.replace(
            rows=[(NORTH, 0, "m", 50, 40), (NORTH, 0, "m", 50, 40)],
            as_of=first.as_of,
            population_as_of=first.as_of,
            file_name="x",
            sha256="x",
            now=now,
        )

    assert list(Batch.objects.counting()) == [first]
    assert stored() == GOOD


# --- Rows from inside the house ---------------------------------------------------------------


@pytest.fixture
def replace(districts, now):
    def replace(rows, **changes):
        values = {
            "as_of": date(2026, 3, 31),
            "population_as_of": date(2026, 3, 1),
            "file_name": "demo",
            "sha256": "0",
            "now": now,
        }
        return holdings.replace(rows=rows, **{**values, **changes})

    return replace


def test_rows_can_be_given_without_a_file(replace):
    batch = replace([(NORTH, 0, "m", 5, 3), (SOUTH, -1, "b", 9, 9)])

    assert batch.as_of == date(2026, 3, 31)
    assert stored() == {(NORTH, 0, "m", 5, 3), (SOUTH, -1, "b", 9, 9)}
    assert replace([(SOUTH, -1, "b", 9, 9), (NORTH, 0, "m", 5, 3)]) == batch


def test_rows_of_an_unknown_district_or_a_parent_are_refused(replace):
    for code in ("777", HANAWA):
        with pytest.raises(UnknownDistrict, match=code):
            replace([(code, 0, "m", 5, 3)])
    assert not Batch.objects.exists()


def test_a_forbidden_number_as_a_name_is_refused_for_rows_too(replace):
    with pytest.raises(Exception, match="number from a card"):
        replace([(NORTH, 0, "m", 5, 3)], file_name=FORBIDDEN)
    assert not Batch.objects.exists()


def test_without_boundaries_there_is_nothing_to_count_in(db, now):
    with pytest.raises(NoBoundaries, match="import_boundaries"):
        holdings.import_file(content=csv_file(), file_name="counts.csv", now=now)
