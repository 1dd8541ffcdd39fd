"""Each promise of the tables, broken on purpose: the database must refuse by name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from outreach.classes.models import ClassSession, Course, Registration
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db

# SQLite names the columns of a broken unique constraint, PostgreSQL names the constraint.
ON_SQLITE = {
    "course_slug_once": "classes_course.slug",
    "registration_reference_once": "classes_registration.reference",
    "registration_submission_once": "classes_registration.submission",
    "registration_one_seat_per_person": "session_id, classes_registration.person_id",
}


def refused_by(name):
    words = ON_SQLITE.get(name, name) if connection.vendor == "sqlite" else name
    return pytest.raises(IntegrityError, match=words)


@pytest.fixture
def session(make_session):
    return make_session(capacity=2)


@pytest.fixture
def registration(session, resident, now):
    return Registration.objects.create(
        session=session,
        person=resident(HARU),
        reference="C-777777",
        submission=uuid4(),
        how="phone",
        registered_at=now,
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("class_session_not_oversold", {"seats_taken": 3}),
        ("class_session_has_seats", {"capacity": 0}),
        ("class_session_state_known", {"state": "postponed"}),
    ],
)
def test_a_session_that_cannot_be_is_refused(session, name, change):
    with refused_by(name), transaction.atomic():
        ClassSession.objects.filter(pk=session.pk).update(**change)


def test_a_session_ends_after_it_begins(session):
    with refused_by("class_session_ends_after_start"), transaction.atomic():
        ClassSession.objects.filter(pk=session.pk).update(ends_at=session.starts_at)


def test_a_session_keeps_no_fewer_than_no_seats(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassSession.objects.filter(pk=session.pk).update(seats_taken=-1)


def test_two_courses_never_share_an_address(course):
    with refused_by("course_slug_once"), transaction.atomic():
        Course.objects.create(slug=course.slug, title_ja="写真", summary_ja="写真を撮ります。")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("registration_cancelled_is_dated", {"state": "cancelled"}),
        ("registration_cancelled_is_dated", {"state": "perhaps"}),
        ("registration_how_known", {"how": "fax"}),
    ],
)
def test_a_registration_that_cannot_be_is_refused(registration, name, change):
    with refused_by(name), transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(**change)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("registration_reference_once", {"reference": "C-777777"}),
        ("registration_submission_once", {"submission": True}),
        ("registration_one_seat_per_person", {"person": True}),
    ],
)
def test_what_is_unique_stands_once(registration, resident, now, name, same):
    row = Registration(
        session=registration.session,
        person=registration.person if "person" in same else resident(AKIKO),
        reference=same.get("reference", "C-888888"),
        submission=registration.submission if "submission" in same else uuid4(),
        how="web",
        registered_at=now,
    )
    with refused_by(name), transaction.atomic():
        row.save()


def test_a_person_who_cancelled_may_register_again(registration, now):
    Registration.objects.filter(pk=registration.pk).update(
        state="cancelled", cancelled_at=now + timedelta(hours=1)
    )
    Registration.objects.create(
        session=registration.session,
        person=registration.person,
        reference="C-999999",
        submission=uuid4(),
        how="web",
        registered_at=now,
    )
    assert Registration.objects.count() == 2
