"""The page by the door: taps as plain forms, marks sent later, walk-ins, questions, outcomes."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.models import Attendance, AttendanceMark, Question, Registration
from outreach.people.models import AccessRecord, Task
from outreach.visits.models import VisitRequest
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db

PERSONAL_NUMBER = "123456789018"


@pytest.fixture
def session(open_session):
    """A class that began ten minutes ago; people registered last week."""
    return open_session(starts_at=timezone.now() - timedelta(minutes=10))


@pytest.fixture
def seat(session, resident):
    def keep(character, **changes):
        return registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=session.starts_at - timedelta(days=7),
            **changes,
        )

    return keep


@pytest.fixture
def desk(log_in):
    return log_in("desk")


def door(session, below=""):
    return f"/staff/classes/{session.pk}/attendance/{below}"


def send(client, session, *marks):
    return client.post(
        door(session, "marks/"), json.dumps({"marks": marks}), content_type="application/json"
    )


def one_mark(registration, /, **changes):
    mark = {
        "registration": registration.pk,
        "state": "present",
        "key": str(uuid4()),
        "pressed_at": timezone.now().isoformat(),
    }
    return {**mark, **changes}


def test_before_the_day_the_page_says_so_and_asks_for_no_marks(desk, open_session, resident):
    ahead = open_session(starts_at=timezone.now() + timedelta(days=3))
    registrations.register(
        session=ahead, person=resident(HARU), submission=uuid4(), how="phone", now=timezone.now()
    )
    page = desk.get(door(ahead))
    assert page.context["closed_because"]
    text = page.content.decode()
    assert HARU.name in text
    assert 'name="mark"' not in text
    assert 'id="walk-in"' not in text


def test_everybody_with_a_seat_is_there_and_the_look_is_on_record(desk, session, seat):
    seat(HARU, needs_handset=False)
    text = desk.get(door(session)).content.decode()
    assert HARU.name in text
    assert HARU.kana in text
    assert HARU.phone not in text
    assert AccessRecord.objects.get().screen == "classes/attendance"


def test_the_page_runs_no_inline_script(desk, session, seat):
    seat(HARU)
    policy = desk.get(door(session))["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_tap_without_script_comes_back_to_the_same_person(desk, session, seat, state):
    haru = seat(HARU)
    response = desk.post(door(session, "mark/"), {"mark": f"{haru.pk}:{state}"})
    assert response["Location"] == f"{door(session)}#person-{haru.pk}"
    assert Attendance.objects.get().state == state


@pytest.mark.parametrize("value", ["", "x:present", "0:present", "²:present"])
def test_a_tap_on_nobody_is_not_found(desk, session, seat, value):
    seat(HARU)
    assert desk.post(door(session, "mark/"), {"mark": value}).status_code == 404
    assert not Attendance.objects.exists()


def test_a_tap_for_somebody_in_another_class_is_not_found(desk, session, seat, open_session):
    haru = seat(HARU)
    other = open_session()
    assert desk.post(door(other, "mark/"), {"mark": f"{haru.pk}:present"}).status_code == 404
    assert desk.post(door(other, "outcome/"), {"outcome": f"{haru.pk}:visit"}).status_code == 404
    assert not VisitRequest.objects.exists()


def test_before_the_day_the_page_says_that_it_is_too_early(desk, open_session, resident):
    ahead = open_session()
    haru = registrations.register(
        session=ahead,
        person=resident(HARU),
        submission=uuid4(),
        how="phone",
        now=timezone.now(),
    )
    response = desk.post(door(ahead, "mark/"), {"mark": f"{haru.pk}:present"}, follow=True)
    assert "door__said error" in response.content.decode()
    assert send(desk, ahead, one_mark(haru)).status_code == 409
    assert not AttendanceMark.objects.exists()


def test_marks_kept_without_network_are_answered_key_by_key(desk, session, seat):
    haru, linh = seat(HARU), seat(LINH)
    marks = [one_mark(haru), one_mark(linh, state="absent"), one_mark(haru, registration=0)]
    for _again in range(2):
        answer = send(desk, session, *marks).json()
        assert set(answer["kept"]) == {marks[0]["key"], marks[1]["key"]}
        assert answer["refused"] == [marks[2]["key"]]
    assert AttendanceMark.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "late"}, id="unknown state"),
        pytest.param({"key": "12"}, id="no key"),
        pytest.param({"pressed_at": "noon"}, id="no time"),
        pytest.param({"pressed_at": "2026-10-22T10:00:00"}, id="time without zone"),
        pytest.param({"registration": "1"}, id="number as text"),
        pytest.param({"registration": True}, id="truth as number"),
        pytest.param({"registration": 10**30}, id="number beyond the database"),
    ],
)
def test_marks_that_cannot_be_read_change_nothing(desk, session, seat, change):
    haru, linh = seat(HARU), seat(LINH)
    response = send(desk, session, one_mark(linh), one_mark(haru, **change))
    assert response.status_code == 400
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "null", "{}", '{"marks": 5}', "[" * 100_000])
def test_a_body_that_is_no_list_of_marks_is_refused(desk, session, body):
    response = desk.post(door(session, "marks/"), body, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("role", ["editor", "translator", "visitor", "manager"])
def test_nobody_but_the_desk_marks(log_in, session, seat, role):
    haru = seat(HARU)
    client = log_in(role)
    assert send(client, session, one_mark(haru)).status_code in (302, 403)
    assert client.post(door(session, "walk-in/"), {"name": "x"}).status_code in (302, 403)
    assert not AttendanceMark.objects.exists()


def stranger(**changes):
    typed = {"name": AKIKO.name, "kana": "やませあきこ", "phone": AKIKO.phone, "language": "ja"}
    return {**typed, "submission": uuid4(), **changes}


def test_somebody_without_a_seat_is_let_in(desk, session):
    response = desk.post(door(session, "walk-in/"), stranger(), follow=True)
    assert AKIKO.name in response.content.decode()
    registration = Registration.objects.get()
    assert (registration.how, registration.person.kana) == ("door", AKIKO.kana)
    assert registration.attendance.state == "present"
    assert AccessRecord.objects.filter(action="change").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"name": PERSONAL_NUMBER}, "name", id="a personal number"),
        pytest.param({"phone": "12"}, "phone", id="no telephone number"),
    ],
)
def test_a_faulty_entry_at_the_door_comes_back_as_typed(desk, session, change, field):
    typed = stranger(**change)
    response = desk.post(door(session, "walk-in/"), typed)
    text = response.content.decode()
    assert list(response.context["walk_in"].errors) == [field]
    assert 'class="error-summary"' in text
    assert str(typed["submission"]) in text
    assert PERSONAL_NUMBER not in text
    assert not Registration.objects.exists()


def test_a_full_class_tells_the_door_what_to_do(desk, session, seat):
    seat(HARU)
    session.capacity = 1
    session.save(update_fields=["capacity"])
    response = desk.post(door(session, "walk-in/"), stranger())
    assert response.context["walk_in"].non_field_errors()
    assert Registration.objects.count() == 1


def test_who_wants_a_card_gets_a_visit_request_with_one_click(desk, session, seat):
    haru = seat(HARU)
    for _twice in range(2):
        desk.post(door(session, "outcome/"), {"outcome": f"{haru.pk}:visit"})
    request = VisitRequest.objects.get()
    assert (request.person, request.topic, request.how) == (haru.person, "first_card", "class")
    assert request.taken_by.username == "madoguchi"
    assert Message.objects.filter(purpose="visit-request").count() == 1
    assert request.reference in desk.get(door(session)).content.decode()


def test_who_prefers_the_counter_stands_on_the_desks_list(desk, session, seat):
    haru = seat(HARU)
    for _twice in range(2):
        desk.post(door(session, "outcome/"), {"outcome": f"{haru.pk}:counter"})
    task = Task.objects.get()
    assert (task.kind, task.person) == (Task.Kind.WISH, haru.person)
    assert not VisitRequest.objects.exists()


def test_a_question_is_kept_for_the_next_tutor(desk, session):
    desk.post(door(session, "question/"), {"text": "迷惑電話を止めるには？"})
    assert "迷惑電話を止めるには？" in desk.get(door(session)).content.decode()


def test_a_question_with_a_personal_number_is_not_kept(desk, session):
    response = desk.post(door(session, "question/"), {"text": f"番号は{PERSONAL_NUMBER}"})
    assert list(response.context["question"].errors) == ["text"]
    assert PERSONAL_NUMBER not in response.content.decode()
    assert not Question.objects.exists()


def test_the_page_asks_the_database_as_often_for_ten_people_as_for_one(
    desk, session, seat, resident, django_assert_max_num_queries
):
    from outreach.classes.door_page import door_lines
    from outreach.people.actions import people

    for number in range(10):
        person = people.identify(
            name=f"参加 {number}", email=f"p{number}@example.com", language="ja"
        )
        registrations.register(
            session=session,
            person=person,
            submission=uuid4(),
            how="phone",
            now=session.starts_at - timedelta(days=1),
        )
    with django_assert_max_num_queries(4):
        assert len(door_lines(session)) == 10
