"""The figures of a fiscal year: what is counted, what is left out, who sees what."""

import csv
import io
from datetime import timedelta
from itertools import count as count_up
from itertools import islice
from uuid import uuid4

import openpyxl
import pytest
from django.utils import timezone

from outreach.classes.actions import attendance, registrations
from outreach.classes.actions.attendance import Mark
from outreach.classes.figures import figures
from outreach.classes.models import ClassSession, Course
from outreach.classes.rules.age_groups import AgeGroup, age_group
from outreach.people.actions import people
from outreach.places.models import District
from tests.cast import HARU, LINH
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def later(now):
    """The end of the fiscal year: every class of it is over."""
    return now.replace(year=2027, month=3, day=31)


@pytest.fixture
def held(make_session, later):
    """A class at a given day and hour of the fiscal year."""

    def make(month=10, day=22, year=2026, **changes):
        starts_at = later.replace(year=year, month=month, day=day)
        return make_session(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            **{"capacity": 40, **changes},
        )

    return make


@pytest.fixture
def came(staff):
    """Register somebody and mark them; None leaves them without a mark."""

    def note(session, person, state="present"):
        registration = registrations.register(
            session=session,
            person=person,
            submission=uuid4(),
            how="phone",
            now=session.starts_at - timedelta(days=5),
        )
        if state:
            attendance.note(
                session=session,
                marks=[Mark(registration.pk, state, uuid4(), session.starts_at)],
                by=staff("desk"),
                now=session.ends_at,
            )
        return registration

    return note


@pytest.fixture
def crowd(district):
    """Some people of one district, all born in one year."""

    numbers = count_up()

    def make(count, *, birth_year, place=district):
        return [
            people.identify(
                name=f"住民 {number}",
                birth_year=birth_year,
                district=place,
                email=f"resident{number}@example.com",
                language="ja",
            )
            for number in islice(numbers, count)
        ]

    return make


@pytest.fixture
def count(later):
    def of(year=YEAR, minimum=0, now=later):
        return figures(year=year, now=now, minimum=minimum)

    return of


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (1962, AgeGroup.UNDER_65),
        (1961, AgeGroup.FROM_65),
        (1952, AgeGroup.FROM_65),
        (1951, AgeGroup.FROM_75),
        (1942, AgeGroup.FROM_75),
        (1941, AgeGroup.FROM_85),
        (None, AgeGroup.UNKNOWN),
    ],
)
def test_age_groups_begin_with_the_birthday_of_the_year(born, group):
    assert age_group(birth_year=born, in_year=YEAR) == group


@pytest.mark.parametrize(
    ("month", "day", "year", "counted"),
    [
        pytest.param(3, 31, 2026, 0, id="the last day of the year before"),
        pytest.param(4, 1, 2026, 1, id="the first day"),
        pytest.param(3, 31, 2027, 1, id="the last day"),
        pytest.param(4, 1, 2027, 0, id="the first day of the year after"),
    ],
)
def test_a_fiscal_year_runs_from_april_to_march(held, count, month, day, year, counted):
    held(month, day, year)
    assert count().sessions == counted


def test_midnight_in_town_parts_the_years_not_midnight_in_greenwich(make_session, count, now):
    starts_at = now.replace(month=4, day=1, hour=0)
    make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    assert starts_at.astimezone(TOKYO).utcoffset() == timedelta(hours=9)
    assert (count(2025).sessions, count(2026).sessions) == (0, 1)


def test_places_people_and_what_became_of_them(held, came, count, make_person):
    first, second = held(10, 1), held(10, 8)
    haru, linh = make_person(HARU), make_person(LINH)
    came(first, haru)
    came(second, haru, "absent")
    came(second, linh, None)
    result = count()
    assert (result.sessions, result.offered, result.not_marked) == (2, 80, 1)
    assert result.whole == {
        "people": 2,
        "taken": 3,
        "attended": 1,
        "no_shows": 1,
        "first_timers": 1,
        "waiting": 0,
    }


def test_the_first_time_is_counted_in_the_year_it_was(held, came, count, make_person):
    haru = make_person(HARU)
    came(held(3, 1, 2026), haru)
    came(held(10, 1), haru)
    assert count(2025).whole["first_timers"] == 1
    assert count(2026).whole["first_timers"] == 0


def test_two_classes_at_the_same_moment_are_one_first_time(held, came, count, make_person):
    haru = make_person(HARU)
    came(held(10, 1), haru)
    came(held(10, 1), haru)
    assert count().whole["first_timers"] == 1


def test_who_waits_took_no_place(held, came, count, make_person, now):
    full = held(capacity=1)
    came(full, make_person(HARU))
    registrations.register(
        session=full,
        person=make_person(LINH),
        submission=uuid4(),
        how="phone",
        now=now,
        or_wait=True,
    )
    assert (count().whole["taken"], count().whole["waiting"]) == (1, 1)


def test_cancelled_seats_called_off_classes_and_staff_classes_do_not_count(
    held, came, count, make_person, now
):
    session, off, of_staff = held(10, 1), held(10, 8), held(10, 15)
    registrations.cancel(registration=came(session, make_person(HARU), None), now=now)
    came(off, make_person(LINH), None)
    ClassSession.objects.filter(pk=off.pk).update(state="called_off")
    course = Course.objects.create(slug="dx", title_ja="職員研修", summary_ja="x", audience="staff")
    ClassSession.objects.filter(pk=of_staff.pk).update(course=course)
    assert (count().sessions, count().whole["people"]) == (1, 0)


def test_a_class_is_evidence_when_it_is_over_and_somebody_came(held, came, count, make_person):
    session, empty = held(10, 1), held(10, 8)
    came(session, make_person(HARU))
    came(empty, make_person(LINH), "absent")
    assert [(one.session, one.attended) for one in count().held] == [(session, 1)]
    assert not count(now=session.ends_at - timedelta(minutes=1)).held


def test_a_class_for_a_group_is_no_class_for_all_citizens(held, came, count, make_person):
    session = held()
    came(session, make_person(HARU))
    Course.objects.update(audience="group")
    assert (count().sessions, len(count().held)) == (1, 0)


def test_small_cells_are_left_out_and_sums_do_not_give_them_back(
    held, came, count, crowd, district
):
    oyu = District.objects.create(boundary_set=district.boundary_set, code="02", name="大湯")
    sessions = [held(10, 1), held(10, 8)]
    sizes = {(district, 1945): 12, (district, 1955): 13, (oyu, 1945): 3, (oyu, 1955): 14}
    for number, ((place, born), size) in enumerate(sizes.items()):
        for person in crowd(size, birth_year=born, place=place):
            came(sessions[number % 2], person)
    shown = dict(count(minimum=10).rows)
    old = list(AgeGroup).index(AgeGroup.FROM_75)
    assert shown["大湯"][old]["people"] is None
    assert sum(cell["people"] is None for cell in shown["大湯"]) >= 2
    assert sum(cells[old]["people"] is None for cells in shown.values()) >= 2
    assert count(minimum=10).whole["people"] == 42
    assert count(minimum=0).left_out == 0


def test_a_small_number_about_a_large_group_is_left_out_and_cannot_be_subtracted(
    held, came, count, crowd
):
    session = held()
    for number, person in enumerate(crowd(30, birth_year=1945)):
        came(session, person, "absent" if number < 3 else "present")
    result = count(minimum=10)
    ((_name, cells), _sums) = result.rows
    cell = cells[list(AgeGroup).index(AgeGroup.FROM_75)]
    assert (cell["no_shows"], cell["taken"], cell["attended"]) == (None, None, 27)
    assert (result.whole["no_shows"], result.whole["taken"]) == (3, 30)


def test_where_a_protected_person_lives_is_not_counted(held, came, count, make_person, district):
    haru = make_person(HARU)
    haru.district = district
    haru.save()
    haru.contact.protected = True
    haru.contact.save()
    came(held(), haru)
    assert [name for name, _cells in count().rows] == ["", ""]


def test_a_year_without_classes_is_a_table_of_nothing(count):
    assert (count(2029).sessions, count(2029).whole["people"], count(2029).held) == (0, 0, ())


@pytest.fixture
def few(held, came, make_person):
    """One class with one participant, which nobody but the desk may see in numbers."""
    session = held()
    came(session, make_person(HARU))
    return session


def test_a_manager_sees_sums_and_no_small_cell(log_in, few):
    text = log_in("manager").get(f"/staff/classes/figures/?year={YEAR}").content.decode()
    assert "令和8年度" in text
    assert "…" in text
    assert HARU.name not in text


def test_the_desk_sees_every_number(log_in, few):
    response = log_in("desk").get(f"/staff/classes/figures/?year={YEAR}")
    assert response.context["figures"].left_out == 0
    assert response.context["figures"].whole["people"] == 1


@pytest.mark.parametrize("role", ["desk", "manager"])
def test_a_file_leaves_small_cells_out_whoever_asks(log_in, few, role):
    client = log_in(role)
    answer = client.get(f"/staff/classes/figures/file/?year={YEAR}&format=csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "1" not in {cell for line in lines[1:] for cell in line}
    book = client.get(f"/staff/classes/figures/file/?year={YEAR}")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert 1 not in {cell.value for row in sheet.iter_rows(min_row=3) for cell in row}


@pytest.mark.parametrize("year", ["x", "1999", "3000", "²", "9" * 5000])
def test_a_year_that_is_none_is_not_found(log_in, year):
    assert log_in("desk").get("/staff/classes/figures/", {"year": year}).status_code == 404


def test_without_a_year_the_present_one_is_shown(log_in):
    today = timezone.localdate()
    response = log_in("desk").get("/staff/classes/figures/")
    assert response.context["figures"].year == today.year - (today.month < 4)


@pytest.mark.parametrize("role", ["editor", "translator", "visitor"])
def test_the_figures_are_for_the_desk_and_managers(log_in, role):
    assert log_in(role).get("/staff/classes/figures/").status_code in (302, 403)
