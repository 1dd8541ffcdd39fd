"""The list of a class on paper and as a workbook that Excel opens without running anything."""

import io
import zipfile
from uuid import uuid4

import openpyxl
import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from outreach.classes.actions import registrations
from outreach.classes.rules.needs import Needs
from outreach.people.models import AccessRecord, Person
from outreach.people.sheets import harmless, workbook
from tests.cast import HARU, LINH

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+81 90", "-2+3", "@SUM(A1)", '=HYPERLINK("http://example.com","x")', "\t=1"]


@pytest.fixture
def session(open_session):
    return open_session(handsets=2)


@pytest.fixture
def seat(session, resident):
    def keep(character, **changes):
        return registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=timezone.now(),
            **changes,
        )

    return keep


@pytest.fixture
def desk(log_in):
    return log_in("desk")


def said(words):
    """A sentence as the desk reads it."""
    with override("ja"):
        return gettext(words)


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def roster_file(session):
    return f"/staff/classes/{session.pk}/roster.xlsx"


def test_the_workbook_says_what_the_tutor_needs(desk, session, seat):
    haru = seat(
        HARU,
        needs_handset=True,
        note="左から話してください",
        needs=Needs(wish="写真を送る", wheelchair=True, hearing=True, wants_ride=True),
    )
    seat(LINH, needs=Needs(phone_model="Pixel 8"))
    response = desk.get(roster_file(session))
    assert response["Content-Disposition"].endswith(f'-{session.pk}.xlsx"')
    found = texts(sheet_of(response))
    for expected in (
        *(HARU.name, HARU.kana, HARU.phone, haru.reference, "写真を送る", "左から話してください"),
        *(f"{said('Wheelchair')}\n{said('Hard of hearing: seat in front')}", said("Loan")),
        *("○", LINH.name, "Pixel 8"),
    ):
        assert expected in found


def test_everybody_in_the_workbook_gets_an_export_record(desk, session, seat):
    seat(HARU)
    seat(LINH)
    desk.get(roster_file(session))
    records = AccessRecord.objects.filter(action=AccessRecord.Action.EXPORT)
    assert {one.person.name for one in records} == {HARU.name, LINH.name}


def test_the_printed_list_is_an_export_too_and_has_a_box_to_tick(desk, session, seat):
    seat(HARU, needs=Needs(companion=True, wants_ride=True))
    text = desk.get(f"/staff/classes/{session.pk}/", {"print": "1"}).content.decode()
    assert 'class="tick"' in text
    assert said("Somebody comes along") in text
    assert AccessRecord.objects.get().action == AccessRecord.Action.EXPORT


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_looks_like_a_formula_stays_text(desk, session, seat, typed):
    seat(HARU, note=typed)
    Person.objects.update(name=typed)
    response = desk.get(roster_file(session))
    parts = zipfile.ZipFile(io.BytesIO(response.content))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
    cells = [cell for row in sheet_of(response).iter_rows() for cell in row if cell.value == typed]
    assert len(cells) == 2
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_a_telephone_number_keeps_its_zero(desk, session, seat):
    seat(HARU)
    cell = next(
        cell
        for row in sheet_of(desk.get(roster_file(session))).iter_rows()
        for cell in row
        if cell.value == HARU.phone
    )
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_the_sheet_prints_on_a4_with_its_heading_on_every_page(desk, session, seat):
    seat(HARU)
    sheet = sheet_of(desk.get(roster_file(session)))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
    assert sheet.column_dimensions["B"].width == 16


def test_a_class_without_anybody_has_a_heading_alone(desk, session):
    assert sheet_of(desk.get(roster_file(session))).max_row == 2
    assert not AccessRecord.objects.exists()


def test_signs_that_no_workbook_can_hold_are_left_out():
    content = workbook(title="a\x00b", header=["x"], rows=[["c\x0bd"]], widths=[5])
    assert texts(openpyxl.load_workbook(io.BytesIO(content)).active) == ["ab", "x", "cd"]


@pytest.mark.parametrize("typed", FORMULAS)
def test_csv_puts_an_apostrophe_before_what_would_run(typed):
    assert harmless(typed) == f"'{typed}"


@pytest.mark.parametrize("cell", ["花輪", "", None, 5, -5])
def test_csv_leaves_words_and_numbers_alone(cell):
    assert harmless(cell) == cell
