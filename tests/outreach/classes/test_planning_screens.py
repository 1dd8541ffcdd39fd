"""The desk's screens: the list and its filters, a plan by a rule, a move, a snow day."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Course, Tutor
from outreach.classes.planning_forms.filters import FilterForm
from outreach.places.models import Venue
from tests.cast import HARU
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db

LIST, NEW, PLAN = "/staff/classes/", "/staff/classes/new/", "/staff/classes/plan/"
# What every page of the staff site asks: the log-in, the officer, their permissions, the site.
MOST_QUERIES = 5


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
    )


def at(session, name):
    return f"/staff/classes/{session.pk}/{name}/"


def shown(client, **asked) -> set[int]:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return {row.pk for row, _few in response.context["rows"]}


@pytest.fixture
def many(course, venue, in_ten_days):
    tutors = [Tutor.objects.create(name=f"講師 {number}") for number in range(3)]
    sessions = ClassSession.objects.bulk_create(
        ClassSession(
            course=course,
            venue=venue,
            starts_at=in_ten_days + timedelta(hours=2 * number),
            ends_at=in_ten_days + timedelta(hours=2 * number + 1),
            capacity=10,
        )
        for number in range(500)
    )
    teaching = ClassSession.tutors.through
    teaching.objects.bulk_create(
        teaching(classsession_id=one.pk, tutor_id=tutors[one.pk % 3].pk) for one in sessions
    )
    return sessions


def test_500_classes_cost_no_more_queries_than_none(desk, many):
    desk.get(LIST)  # what is asked once and kept
    with CaptureQueriesContext(
        connection,
    ) as with_many:
        response = desk.get(LIST)
    assert len(response.context["rows"]) == 500
    ClassSession.tutors.through.objects.all().delete()
    ClassSession.objects.all().delete()
    with CaptureQueriesContext(connection) as with_none:
        desk.get(LIST)
    # One more: the tutors of all classes together.
    assert len(with_many) <= len(with_none) + 1
    own = [query for query in with_many if "classes_" in query["sql"]]
    assert len(own) <= MOST_QUERIES


def test_filters_show_what_an_officer_looks_for(desk, open_session, in_ten_days):
    other_course = Course.objects.create(slug="photos", title_ja="写真")
    tutor = Tutor.objects.create(name="講師 黒土")
    plain = open_session(seats_taken=5)
    plain.tutors.add(tutor)
    few = open_session(starts_at=in_ten_days - timedelta(days=3), seats_taken=1)
    photos = open_session(course=other_course, seats_taken=5)
    full = open_session(capacity=5, seats_taken=5)
    off = open_session(state="called_off", seats_taken=0)
    over = open_session(starts_at=in_ten_days - timedelta(days=15))
    moved = open_session(seats_taken=5, moved_at=timezone.now())
    everything = {one.pk for one in (plain, few, photos, full, off, over, moved)}
    assert shown(desk) == everything
    assert shown(desk, course=other_course.pk) == {photos.pk}
    assert shown(desk, state="full") == {full.pk}
    assert shown(desk, state="called_off") == {off.pk}
    assert shown(desk, state="over") == {over.pk}
    assert shown(desk, state="open") == everything - {full.pk, off.pk, over.pk}
    assert shown(desk, flag="too_few") == {few.pk}
    assert shown(desk, flag="moved") == {moved.pk}
    assert shown(desk, flag="no_tutor") == everything - {plain.pk, off.pk, over.pk}
    assert shown(desk, flag="too_few", course=other_course.pk) == set()
    assert shown(desk, state="nonsense", month="soon") == everything


def test_a_month_is_a_month_of_the_town(desk, open_session, in_ten_days):
    first = timezone.localtime(in_ten_days).replace(day=1, hour=0, minute=30)
    inside, before = (
        open_session(starts_at=first),
        open_session(starts_at=first - timedelta(hours=1)),
    )
    assert shown(desk, month=f"{first:%Y-%m}") == {inside.pk}
    assert before.pk in shown(desk, month=f"{first - timedelta(days=1):%Y-%m}")


def test_a_class_with_too_few_people_is_marked_on_the_list_and_on_its_page(desk, open_session):
    soon = timezone.now() + timedelta(days=5)
    few, enough = open_session(starts_at=soon), open_session(starts_at=soon, seats_taken=3)
    rows = dict(desk.get(LIST).context["rows"])
    assert (rows[few], rows[enough]) == (True, False)
    assert desk.get(f"/staff/classes/{few.pk}/").context["too_few"]
    assert not desk.get(f"/staff/classes/{enough.pk}/").context["too_few"]


def test_the_first_page_says_how_many_classes_need_a_decision(desk, log_in, open_session):
    assert "flag=too_few" not in desk.get("/staff/").content.decode()
    open_session(starts_at=timezone.now() + timedelta(days=5))
    assert "flag=too_few" in desk.get("/staff/").content.decode()
    assert "flag=too_few" not in log_in("manager").get("/staff/").content.decode()


def rule(course, venue, /, **changes):
    year = timezone.localdate().year + 1
    typed = {
        "course": course.pk,
        "venue": venue.pk,
        "room": "和室",
        "weekdays": ["1"],
        "first": f"{year}-10-01",
        "last": f"{year}年10月31日",
        "start": "10時",
        "end": "午前11時半",
        "capacity": "８",
        "handsets": "4",
        "bus_seats": "",
        "min_people": "3",
    }
    return {**typed, **changes}


def test_a_rule_shows_its_days_then_plans_them_with_one_click(desk, course, venue):
    tutor = Tutor.objects.create(name="講師 黒土")
    answers = rule(course, venue, tutors=[tutor.pk])
    page = desk.post(PLAN, answers)
    days = page.context["planned"]
    assert len(days) in (4, 5)
    assert not ClassSession.objects.exists()
    expected = [f"{day.starts_at.isoformat()}" for day in days]
    assert all(f'value="{one}"' in page.content.decode() for one in expected)

    travelled = {}
    for name, value in page.context["typed"]:
        travelled.setdefault(name, []).append(value)
    response = desk.post(PLAN, {**travelled, "expected": expected, "step": "confirm"})

    assert response["Location"] == LIST
    rows = list(ClassSession.objects.order_by("starts_at"))
    assert [row.starts_at for row in rows] == [day.starts_at for day in days]
    assert {(row.room, row.capacity, row.handsets, row.bus_seats) for row in rows} == {
        ("和室", 8, 4, 0)
    }
    assert {tuple(row.tutors.all()) for row in rows} == {(tutor,)}


def test_a_day_that_was_taken_meanwhile_is_shown_before_anything_is_planned(
    desk, course, venue, make_session
):
    days = desk.post(PLAN, rule(course, venue)).context["planned"]
    make_session(room="和室", starts_at=days[0].starts_at, ends_at=days[0].ends_at)
    expected = [day.starts_at.isoformat() for day in days]
    page = desk.post(PLAN, rule(course, venue, step="confirm", expected=expected))
    assert page.status_code == 200
    assert len(page.context["planned"]) == len(days) - 1
    assert ClassSession.objects.count() == 1


def test_days_nobody_saw_are_not_planned(desk, course, venue):
    page = desk.post(PLAN, rule(course, venue, step="confirm", expected=["tomorrow"]))
    assert page.status_code == 200
    assert not ClassSession.objects.exists()


def test_a_holiday_is_left_out_and_the_page_says_why(desk, course, venue, settings):
    settings.FESTIVAL_DAYS = "10-01..10-31"
    page = desk.post(PLAN, rule(course, venue))
    assert page.context["planned"] == []
    assert page.content.decode().count("<strong>") == len(page.context["days"])
    assert 'value="confirm"' not in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"weekdays": []}, "weekdays", id="no day of the week"),
        pytest.param({"weekdays": ["8"]}, "weekdays", id="an eighth day"),
        pytest.param({"last": "2020-01-01"}, "last", id="ends before it begins"),
        pytest.param({"last": "2099-01-01"}, "last", id="for decades"),
        pytest.param({"handsets": "-1"}, "handsets", id="a negative number"),
        pytest.param({"min_people": "9"}, "min_people", id="more people than seats"),
        pytest.param({"end": "9:00"}, "__all__", id="hours the wrong way round"),
        pytest.param({"room": "123456789018"}, "room", id="a number that may not be kept"),
    ],
)
def test_a_rule_with_a_fault_comes_back_as_typed(desk, course, venue, change, field):
    response = desk.post(PLAN, rule(course, venue, **change))
    assert response.status_code == 200
    text = response.content.decode()
    assert 'class="error-summary"' in text
    assert list(response.context["form"].errors) == [field]
    assert 'value="10時"' in text
    assert "123456789018" not in text


def test_a_room_the_venue_does_not_have_is_named_with_those_it_has(desk, course, venue):
    Venue.objects.filter(pk=venue.pk).update(rooms="和室\n 大会議室 \n")
    response = desk.post(PLAN, rule(course, venue, room="体育館"))
    assert "和室、大会議室" in response.content.decode()
    assert not desk.post(PLAN, rule(course, venue)).context["form"].errors


def new(course, venue, /, **changes):
    typed = {
        "course": course.pk,
        "venue": venue.pk,
        "room": "和室",
        "on": "令和12年4月2日",
        "start": "10:00",
        "end": "11:30",
        "capacity": "8",
    }
    return {**typed, **changes}


def test_a_class_in_a_taken_room_is_refused_with_the_hours(desk, course, venue):
    desk.post(NEW, new(course, venue))
    response = desk.post(NEW, new(course, venue, start="11:45", end="13:00"))
    assert "10:00" in response.context["form"].non_field_errors()[0]
    assert ClassSession.objects.count() == 1


def test_a_class_is_moved_and_the_page_says_how_many_are_told(desk, session, registered):
    page = desk.get(at(session, "move"))
    assert page.context["people"] == 1
    answers = {
        "on": "2030年4月2日",
        "start": "10:00",
        "end": "11:30",
        "venue": session.venue_id,
        "room": "和室",
    }
    response = desk.post(at(session, "move"), answers)
    assert response["Location"] == f"/staff/classes/{session.pk}/"
    session.refresh_from_db()
    assert session.starts_at == datetime(2030, 4, 2, 10, tzinfo=TOKYO)
    assert Message.objects.filter(reference__startswith="class-moved:").count() == 1


def test_a_move_into_the_past_comes_back_with_a_sentence(desk, session, registered):
    answers = {"on": "2020-04-02", "start": "10:00", "end": "11:30", "venue": session.venue_id}
    response = desk.post(at(session, "move"), answers)
    assert response.context["form"].non_field_errors()
    session.refresh_from_db()
    assert session.sequence == 0


def test_tutors_and_numbers_are_changed(desk, session):
    tutor = Tutor.objects.create(name="講師 黒土", is_active=False)
    session.tutors.add(tutor)
    other = Tutor.objects.create(name="講師 花田")
    answers = {"tutors": [tutor.pk, other.pk], "capacity": "5", "handsets": "2"}
    response = desk.post(at(session, "change"), answers)
    assert response.status_code == 302
    session.refresh_from_db()
    assert (session.capacity, session.handsets, session.min_people) == (5, 2, 3)
    assert session.tutors.count() == 2


def test_fewer_seats_than_people_come_back_with_a_sentence(desk, session, registered):
    ClassSession.objects.filter(pk=session.pk).update(seats_taken=3)
    response = desk.post(at(session, "change"), {"capacity": "2", "min_people": "1"})
    assert response.context["form"].non_field_errors()
    session.refresh_from_db()
    assert session.capacity == 3


def test_a_month_to_choose_is_named_as_a_month():
    with translation.override("ja"):
        choices = dict(FilterForm(today=date(2026, 11, 26)).fields["month"].choices)
    assert choices["2027-02"] == "2027年2月"


def test_a_snow_day_is_called_off_and_its_people_offered_another(
    desk, session, registered, open_session, in_ten_days
):
    day = open_session(starts_at=in_ten_days + timedelta(days=7))
    assert desk.get(at(session, "call-off")).context["people"] == 1
    assert desk.post(at(session, "call-off"), {"reason": " "}).context["form"].errors

    response = desk.post(at(session, "call-off"), {"reason": "大雪のため"})

    assert response["Location"] == at(session, "elsewhere")
    page = desk.get(at(session, "elsewhere"))
    assert page.context["people"] == 1
    assert desk.post(at(session, "elsewhere"), {}).context["form"].errors
    response = desk.post(at(session, "elsewhere"), {"elsewhere": [day.pk]})
    assert response.status_code == 302
    said = str(list(get_messages(response.wsgi_request))[-1])
    to_call = "To be called, because no smartphone is lent there: %(left)d."
    assert gettext(to_call) % {"left": 0} not in said
    assert day.registrations.get().state == "offered"
    assert desk.get(at(session, "elsewhere")).context["people"] == 0
    registered.refresh_from_db()
    assert registered.state == "cancelled"


def test_a_called_off_class_offers_no_more_changes(desk, session):
    desk.post(at(session, "call-off"), {"reason": "大雪のため"})
    text = desk.get(f"/staff/classes/{session.pk}/").content.decode()
    assert at(session, "move") not in text
    assert at(session, "call-off") not in text
    assert at(session, "elsewhere") in text
    assert "大雪のため" in text


def test_what_was_called_off_is_gone_from_the_public_pages(desk, client, session):
    assert client.get(f"/ja/classes/{session.pk}/register/").status_code == 200
    desk.post(at(session, "call-off"), {"reason": "大雪のため"})
    assert client.get(f"/ja/classes/{session.pk}/register/").status_code == 410


@pytest.mark.parametrize("role", ["editor", "translator", "visitor", "manager"])
def test_only_the_desk_changes_classes(log_in, role, session):
    client = log_in(role)
    for name, answers in (("call-off", {"reason": "大雪"}), ("change", {"capacity": "9"})):
        assert client.post(at(session, name), answers).status_code in (302, 403)
    session.refresh_from_db()
    assert (session.state, session.capacity) == ("announced", 3)


def test_the_desk_keeps_the_list_of_tutors(desk, log_in):
    path = "/staff/snippets/classes/tutor/add/"
    answers = {"name": "講師 黒土", "phone": "0186 00 0114", "languages": ["ja", "vi"]}
    response = desk.post(path, {**answers, "learners_per_tutor": "3", "is_active": "on"})
    assert response.status_code == 302
    tutor = Tutor.objects.get()
    assert (tutor.languages, tutor.learners_per_tutor) == (["ja", "vi"], 3)
    assert tutor.phone == "0186-00-0114"
    assert log_in("visitor").get(path).status_code in (302, 403)


def test_an_editor_says_what_a_course_teaches_and_for_whom(log_in, course):
    path = f"/staff/snippets/classes/course/edit/{course.pk}/"
    editor = log_in("editor")
    page = editor.get(path)
    answers = {
        name: getattr(course, name) or ""
        for name in page.context["form"].fields
        if name not in ("topics", "level", "audience")
    }
    answers |= {"topics": ["maps", "safety"], "level": "next_step", "audience": "staff"}
    response = editor.post(path, answers)
    assert response.status_code == 302, response.context["form"].errors
    course.refresh_from_db()
    assert (course.topics, course.level, course.audience) == (
        ["maps", "safety"],
        "next_step",
        "staff",
    )
    refused = editor.post(path, {**answers, "topics": ["cooking"]})
    assert refused.context["form"].errors.keys() == {"topics"}
