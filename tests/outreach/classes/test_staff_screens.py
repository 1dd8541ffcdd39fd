"""The desk plans a class, reads and prints its list, cancels a seat."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Course, Registration
from outreach.people.models import AccessRecord
from tests.cast import HARU

pytestmark = pytest.mark.django_db

PERSONAL_NUMBER = "123456789018"


@pytest.fixture
def desk(log_in):
    return log_in("desk")


@pytest.fixture
def session(open_session):
    return open_session(capacity=3)


@pytest.fixture
def registered(session, resident):
    return registrations.register(
        session=session,
        person=resident(HARU),
        submission=uuid4(),
        how="phone",
        now=timezone.now(),
        note="耳が遠いので前の席",
    )


def roster(session):
    return f"/staff/classes/{session.pk}/"


@pytest.mark.parametrize("role", ["editor", "translator", "visitor", "manager"])
def test_only_the_desk_sees_who_comes(log_in, role, session, registered):
    client = log_in(role)
    for path in ("/staff/classes/", "/staff/classes/new/", roster(session)):
        response = client.get(path)
        assert response.status_code in (302, 403)
        assert HARU.name not in response.content.decode()
    assert not AccessRecord.objects.exists()


def test_without_a_log_in_the_way_leads_to_it(client, session):
    assert "/staff/login/" in client.get(roster(session))["Location"]


def test_the_list_shows_seats_taken_of_all(desk, session, registered):
    text = desk.get("/staff/classes/").content.decode()
    assert "1 / 3" in text
    assert roster(session) in text
    assert HARU.name not in text


def test_the_menu_leads_there(desk, log_in):
    assert '"/staff/classes/"' in desk.get("/staff/").content.decode()
    assert '"/staff/classes/"' not in log_in("manager").get("/staff/").content.decode()


def plan(course, venue, /, **changes):
    typed = {
        "course": course.pk,
        "venue": venue.pk,
        "on": "令和12年4月1日",
        "start": "午後1時半",
        "end": "15:00",
        "capacity": "８",
    }
    return {**typed, **changes}


def test_a_class_is_planned_with_a_japanese_date(desk, course, venue):
    assert desk.get("/staff/classes/new/").status_code == 200
    response = desk.post("/staff/classes/new/", plan(course, venue))
    session = ClassSession.objects.get()
    assert response["Location"] == roster(session)
    local = timezone.localtime(session.starts_at)
    assert (local.year, local.month, local.day, local.hour, local.minute) == (2030, 4, 1, 13, 30)
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    assert session.capacity == 8
    assert session.announced_by.username == "madoguchi"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"on": "きのう"}, "on", id="no date"),
        pytest.param({"on": "令和12年2月30日"}, "on", id="no such day"),
        pytest.param({"start": "昼ごろ"}, "start", id="no time"),
        pytest.param({"end": ""}, "end", id="no end"),
        pytest.param({"capacity": "0"}, "capacity", id="no seats"),
        pytest.param({"capacity": "たくさん"}, "capacity", id="no number"),
        pytest.param({"course": "999"}, "course", id="unknown course"),
        pytest.param({"on": "2020-01-01"}, None, id="long past"),
        pytest.param({"end": "13:00"}, None, id="ends before it begins"),
    ],
)
def test_a_plan_with_a_fault_comes_back_as_typed(desk, course, venue, change, field):
    response = desk.post("/staff/classes/new/", plan(course, venue, **change))
    assert response.status_code == 200
    text = response.content.decode()
    assert 'class="error-summary"' in text
    assert list(response.context["form"].errors) == [field or "__all__"]
    assert 'value="午後1時半"' in text or "start" in change
    assert not ClassSession.objects.exists()


def test_the_roster_names_who_comes_and_leaves_a_record(desk, session, registered):
    text = desk.get(roster(session)).content.decode()
    for expected in (HARU.name, HARU.kana, HARU.phone, "耳が遠いので前の席", registered.reference):
        assert expected in text
    record = AccessRecord.objects.get()
    assert (record.person, record.action) == (registered.person, AccessRecord.Action.VIEW)
    assert record.by.username == "madoguchi"


def test_the_printed_list_has_everybody_and_nothing_to_press(desk, session, registered):
    text = desk.get(roster(session), {"print": "1"}).content.decode()
    assert HARU.name in text
    assert HARU.phone in text
    assert "<form" not in text
    assert "/cancel/" not in text
    assert AccessRecord.objects.count() == 1


def test_the_list_leads_to_the_phone_desk_with_the_class_chosen(desk, session):
    address = f"/staff/phone-desk/?session={session.pk}"
    assert address in desk.get(roster(session)).content.decode()
    page = desk.get(address).content.decode()
    assert f'name="chosen" value="{session.pk}"' in page


def test_a_seat_is_cancelled_after_being_asked_once_more(desk, session, registered):
    path = f"{roster(session)}cancel/{registered.pk}/"
    assert HARU.name in desk.get(path).content.decode()
    registered.refresh_from_db()
    assert registered.state == Registration.State.REGISTERED

    response = desk.post(path)
    assert response["Location"] == roster(session)
    registered.refresh_from_db()
    session.refresh_from_db()
    assert registered.state == Registration.State.CANCELLED
    assert registered.cancelled_by.username == "madoguchi"
    assert session.seats_taken == 0
    actions = AccessRecord.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["view", "change"]


def test_a_registration_of_another_class_is_not_found(desk, open_session, registered):
    elsewhere = open_session()
    path = f"{roster(elsewhere)}cancel/{registered.pk}/"
    assert desk.get(path, follow=True).status_code == 404
    assert desk.post(path, follow=True).status_code == 404
    registered.refresh_from_db()
    assert registered.state == Registration.State.REGISTERED


def test_an_editor_writes_a_course_in_explicit_columns(log_in):
    editor = log_in("editor")
    assert editor.get("/staff/snippets/classes/course/add/").status_code == 200
    response = editor.post(
        "/staff/snippets/classes/course/add/",
        {
            "title_ja": "写真教室",
            "summary_ja": "写真を撮ります。",
            "slug": "photos",
            "title_vi": "Chụp ảnh",
            "level": "beginner",
            "audience": "residents",
        },
    )
    assert response.status_code == 302
    course = Course.objects.get(slug="photos")
    assert (course.title_ja, course.title_vi) == ("写真教室", "Chụp ảnh")


def test_a_course_may_not_hold_a_personal_number(log_in):
    response = log_in("editor").post(
        "/staff/snippets/classes/course/add/",
        {"title_ja": "写真教室", "summary_ja": PERSONAL_NUMBER, "slug": "photos"},
    )
    assert response.status_code == 200
    assert not Course.objects.exists()
