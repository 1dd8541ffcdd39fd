"""What can never be true about the day of a class, held by the database."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from outreach.classes.actions import registrations
from outreach.classes.models import Attendance, AttendanceMark, Feedback, Question, Registration
from tests.cast import HARU

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration(make_session, resident, now):
    return registrations.register(
        session=make_session(), person=resident(HARU), submission=uuid4(), how="phone", now=now
    )


@pytest.fixture
def desk(staff):
    return staff("desk")


def refused(model, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**values)


def test_somebody_came_or_did_not_and_nothing_else(registration, desk, now):
    refused(Attendance, registration=registration, state="late", marked_at=now, marked_by=desk)


def test_a_registration_has_one_attendance(registration, desk, now):
    values = {"registration": registration, "marked_at": now, "marked_by": desk}
    Attendance.objects.create(state="present", **values)
    refused(Attendance, state="absent", **values)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "late"}, id="unknown state"),
        pytest.param({"received_at": "2026-01-01T00:00+09:00"}, id="received before it was made"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(registration, desk, now, change):
    values = {
        "registration": registration,
        "client_key": uuid4(),
        "state": "present",
        "marked_at": now,
        "received_at": now,
        "marked_by": desk,
    }
    refused(AttendanceMark, **{**values, **change})
    AttendanceMark.objects.create(**values)
    refused(AttendanceMark, **values)


def test_a_page_of_the_tablet_counts_once(registration, now):
    values = {
        "session": registration.session,
        "submission": uuid4(),
        "answer": "easy",
        "given_on": now.date(),
    }
    Feedback.objects.create(**values)
    refused(Feedback, **values)


def test_there_are_three_faces(registration, now):
    values = {"session": registration.session, "submission": uuid4(), "given_on": now.date()}
    refused(Feedback, answer="great", **values)


def test_a_question_says_something(registration, desk, now):
    refused(Question, session=registration.session, text="", noted_at=now, noted_by=desk)


def test_only_who_came_to_the_door_sits_on_anothers_seat(registration, resident, now):
    values = {
        "session": registration.session,
        "person": resident(HARU),
        "submission": uuid4(),
        "registered_at": now,
        "takes_over": registration,
        "state": "cancelled",
        "cancelled_at": now,
    }
    refused(Registration, reference="C-333333", how="phone", **values)
    Registration.objects.create(reference="C-333333", how="door", **values)
    refused(Registration, reference="C-444444", how="door", **{**values, "submission": uuid4()})
