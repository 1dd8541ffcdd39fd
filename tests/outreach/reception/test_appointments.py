"""A time is booked, changed and taken back; everybody concerned is told."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from notifications.actions import contacts
from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.reception.actions import appointments
from outreach.reception.actions.appointments import AlreadyBooked, AppointmentEnded, TimeTaken
from outreach.reception.openings import days_with_room, points_and_days, slots_of
from outreach.reception.signals import openings_changed
from tests.cast import AKIKO, HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(make_day):
    return make_day()


def messages():
    return sorted(Message.objects.values_list("reference", "state"))


def test_a_booking_keeps_a_booth_and_is_confirmed(day, book, django_capture_on_commit_callbacks):
    heard = []
    openings_changed.connect(receiver := lambda **_: heard.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        appointment = book(day)
    openings_changed.disconnect(receiver)

    assert (appointment.booth, appointment.ends_at - appointment.starts_at) == (
        1,
        timedelta(minutes=10),
    )
    assert appointment.booth_steps.count() == 3  # ten minutes and the buffer
    assert messages() == [(f"appointment-booked:{appointment.pk}:0", "queued")]
    assert heard == [1]


def test_the_same_form_twice_is_one_appointment(day, book):
    submission = uuid4()
    assert book(day, submission=submission) == book(day, submission=submission)
    assert Message.objects.count() == 1


def test_two_booths_take_two_people_at_a_time_and_no_third(day, book):
    assert [book(day, one).booth for one in (HARU, LI_NA)] == [1, 2]
    with pytest.raises(TimeTaken):
        book(day, LINH)
    assert Message.objects.count() == 2


def test_a_second_appointment_for_the_same_thing_is_refused_with_its_reference(day, book):
    first = book(day)
    with pytest.raises(AlreadyBooked, match=first.reference):
        book(day, starts_at=day.opens_at + timedelta(minutes=15))
    assert book(day, service="apply", starts_at=day.opens_at)


def test_what_nobody_marked_does_not_keep_somebody_from_coming_again(day, make_day, book):
    forgotten = book(day)
    later = make_day(on=day.on + timedelta(days=30))
    assert book(later, now=day.closes_at + timedelta(days=1))
    forgotten.refresh_from_db()
    assert forgotten.state == "absent"


@pytest.mark.parametrize("moment", [-5, 7, 180])
def test_a_time_nobody_offers_is_refused(day, book, moment):
    with pytest.raises(TimeTaken):
        book(day, starts_at=day.opens_at + timedelta(minutes=moment))


def test_a_change_frees_the_old_time_and_tells_the_new_one(day, make_day, book, now):
    appointment = book(day, LI_NA)
    other = make_day(on=date(2026, 10, 23))

    appointments.change(appointment=appointment, day=other, starts_at=other.opens_at, now=now)

    appointment.refresh_from_db()
    assert (appointment.day, appointment.starts_at) == (other, other.opens_at)
    assert len(slots_of(day, "apply", now=now)) == 6
    assert messages() == [
        (f"appointment-booked:{appointment.pk}:0", "dropped"),
        (f"appointment-changed:{appointment.pk}:1", "queued"),
    ]
    assert "10月23日" in Message.objects.get(state="queued").body


def test_a_change_may_overlap_the_own_old_time(day, book, now):
    appointment = book(day, service="apply")
    book(day, LI_NA, service="apply")
    later = day.opens_at + timedelta(minutes=30)
    assert later in {slot.starts_at for slot in slots_of(day, "apply", now=now)}
    appointments.change(appointment=appointment, day=day, starts_at=later, now=now)
    appointments.change(appointment=appointment, day=day, starts_at=day.opens_at, now=now)
    appointment.refresh_from_db()
    assert appointment.booth_steps.count() == 6


def test_a_change_to_a_time_that_is_taken_leaves_the_old_one(day, book, now):
    appointment = book(day)
    for one in (LI_NA, LINH):
        book(day, one, starts_at=day.opens_at + timedelta(minutes=15))
    with pytest.raises(TimeTaken):
        appointments.change(
            appointment=appointment,
            day=day,
            starts_at=day.opens_at + timedelta(minutes=15),
            now=now,
        )
    appointment.refresh_from_db()
    assert appointment.starts_at == day.opens_at
    assert appointment.booth_steps.count() == 3


def test_a_time_taken_back_is_free_at_once(day, book, now):
    appointment = book(day, LI_NA)
    appointments.cancel(appointment=appointment, now=now)
    appointments.cancel(appointment=appointment, now=now)

    assert book(day, LINH).booth == 1
    assert (f"appointment-cancelled:{appointment.pk}:1", "queued") in messages()
    with pytest.raises(AppointmentEnded):
        appointments.change(appointment=appointment, day=day, starts_at=day.closes_at, now=now)


def test_a_daughter_who_books_for_her_mother_is_told_too(day, book, make_person):
    akiko = contacts.record(
        name=AKIKO.name, language="ja", phone=parse_phone(AKIKO.phone), email=AKIKO.email
    )
    appointment = book(day, asked_by=akiko, relation="family")
    assert [reference for reference, _ in messages()] == [
        f"appointment-booked:{appointment.pk}:0",
        f"appointment-booked:{appointment.pk}:0:{akiko.pk}",
    ]
    assert f"来る方：{HARU.name}" in Message.objects.get(contact=akiko).other_forms["long"]["body"]


def test_residents_see_days_as_words(day, book, make_day, now, django_assert_num_queries):
    make_day(
        on=date(2026, 10, 23), closes=day.moment(day.opens).time().replace(minute=10), booths=1
    )
    book(make_day(on=date(2026, 10, 24), opens=day.opens, closes=day.opens.replace(minute=10)))
    with django_assert_num_queries(3):
        (found,) = points_and_days(now=now)
    assert [choice.word.value for choice in found.days] == ["free", "few", "few"]
    assert found.next_free.day == day


def test_a_day_that_has_filled_up_is_not_offered(make_day, book, now):
    day = make_day(closes=make_day(on=date(2026, 10, 23)).opens.replace(minute=10), booths=1)
    book(day)
    assert [choice.day.on.day for choice in days_with_room(day.point, "apply", now=now)] == [23]
    full, open_ = points_and_days(now=now)[0].days
    assert (full.word.value, open_.word.value) == ("full", "free")
