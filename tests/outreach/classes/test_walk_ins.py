"""Somebody comes to a class without a seat."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.actions import attendance, registrations, walk_ins
from outreach.classes.actions.attendance import Mark, NotYet
from outreach.classes.actions.places import SessionFull
from outreach.classes.models import Attendance, Registration
from outreach.people.models import Person
from tests.cast import AKIKO, HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(make_session):
    return make_session(capacity=2, handsets=1)


@pytest.fixture
def in_class(session):
    return session.starts_at + timedelta(minutes=10)


@pytest.fixture
def seat(session, make_person, now):
    def keep(character, **changes):
        return registrations.register(
            session=session,
            person=make_person(character),
            submission=uuid4(),
            how="phone",
            now=now,
            **changes,
        )

    return keep


@pytest.fixture
def admit(session, staff, in_class):
    def let_in(character, **changes):
        values = {
            "session": session,
            "submission": uuid4(),
            "name": character.name,
            "kana": character.kana,
            "phone": parse_phone(character.phone),
            "language": character.language,
            "now": in_class,
            "by": staff("desk"),
        }
        return walk_ins.admit(**{**values, **changes})

    return let_in


@pytest.fixture
def miss(session, staff, in_class):
    def mark(registration):
        marks = [Mark(registration.pk, "absent", uuid4(), in_class)]
        attendance.note(session=session, marks=marks, by=staff("desk"), now=in_class)

    return mark


def taken(session):
    session.refresh_from_db()
    return session.seats_taken, session.handsets_taken


def test_a_walk_in_gets_a_seat_although_the_class_has_begun(admit, session, staff):
    registration = admit(HARU, needs_handset=True)
    assert registration.how == Registration.How.DOOR
    assert registration.taken_by == staff("desk")
    assert registration.attendance.state == Attendance.State.PRESENT
    assert taken(session) == (1, 1)
    assert not Message.objects.exists()


def test_a_form_sent_twice_lets_one_person_in(admit, session):
    submission = uuid4()
    assert admit(HARU, submission=submission) == admit(HARU, submission=submission)
    assert taken(session) == (1, 0)
    assert Attendance.objects.count() == 1


def test_who_brings_no_telephone_is_let_in_too(admit):
    assert admit(LI_NA, phone=None).person.contact.points.count() == 0


def test_who_had_registered_already_is_marked_present(admit, seat, session):
    before = seat(HARU)
    assert admit(HARU) == before
    assert before.attendance.state == Attendance.State.PRESENT
    assert taken(session) == (1, 0)


def test_a_full_class_lets_nobody_in_and_writes_nothing(admit, seat, session):
    seat(HARU)
    seat(AKIKO)
    people = Person.objects.count()
    with pytest.raises(SessionFull):
        admit(LINH)
    assert taken(session) == (2, 0)
    assert Person.objects.count() == people


def test_the_seat_of_somebody_absent_is_given_once(admit, seat, miss, session):
    seat(AKIKO)
    absent = seat(HARU)
    miss(absent)
    assert admit(LINH).takes_over == absent
    with pytest.raises(SessionFull):
        admit(LI_NA)
    assert taken(session) == (2, 0)


def test_a_handset_comes_only_from_somebody_absent_who_was_to_borrow_one(admit, seat, miss):
    seat(AKIKO, needs_handset=True)
    own_phone = seat(HARU)
    miss(own_phone)
    with pytest.raises(SessionFull):
        admit(LINH, needs_handset=True)
    assert admit(LINH).takes_over == own_phone


def test_who_waited_in_line_gets_the_free_seat_and_no_second_registration(
    admit, seat, session, make_person, now
):
    seat(AKIKO, needs_handset=True)
    waiting = seat(HARU, needs_handset=True, or_wait=True)
    session.handsets = 2
    session.save(update_fields=["handsets"])
    assert admit(HARU) == waiting
    waiting.refresh_from_db()
    assert waiting.state == Registration.State.REGISTERED
    assert waiting.offers.get().reason
    assert taken(session) == (2, 2)


@pytest.mark.parametrize("absent_borrows", [True, False], ids=["with a handset", "own phone"])
def test_a_seat_passed_on_is_counted_once_whoever_is_taken_off_the_list(
    admit, seat, miss, session, now, absent_borrows
):
    seat(AKIKO)
    absent = seat(HARU, needs_handset=absent_borrows)
    miss(absent)
    heir = admit(LINH)
    registrations.cancel(registration=absent, now=now)
    assert taken(session) == (2, 0)
    heir.refresh_from_db()
    registrations.cancel(registration=heir, now=now)
    assert taken(session) == (1, 0)


def test_taking_the_heir_off_the_list_leaves_the_seat_with_who_was_absent(
    admit, seat, miss, session, now
):
    seat(AKIKO)
    absent = seat(HARU)
    miss(absent)
    registrations.cancel(registration=admit(LINH), now=now)
    assert taken(session) == (2, 0)
    registrations.cancel(registration=absent, now=now)
    assert taken(session) == (1, 0)


def test_nobody_walks_in_before_the_day_of_the_class(admit, session, now):
    with pytest.raises(NotYet):
        admit(HARU, now=now)
    assert taken(session) == (0, 0)
    assert not Registration.objects.exists()
