"""A key pressed during an automatic call does what it says, in every room it concerns."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mynumber.actions import due_reminders, reminders
from notifications.actions import answers, consents
from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.actions import reminders as class_reminders
from outreach.people.models import Task
from outreach.visits.actions import reminders as visit_reminders
from outreach.visits.actions import requests, visits
from outreach.visits.models import Team, Visit
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db

CALL = "CA" + "1" * 32


@pytest.fixture
def haru(make_person, now):
    """82, with a landline, agreed at the desk that a machine may call."""
    person = make_person(HARU)
    consents.give(
        contact=person.contact, purpose="automatic-call", how="in_person", wording="…", now=now
    )
    return person


def called(reference):
    """The message of an occasion, its call answered."""
    message = Message.objects.select_related("contact", "point").get(reference=reference)
    assert message.channel == "voice"
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id=CALL)
    message.refresh_from_db()
    return message


def press(message, key, now):
    return answers.press(message=message, provider_id=CALL, key=key, now=now)


@pytest.fixture
def registration(haru, make_session, now):
    return registrations.register(
        session=make_session(), person=haru, submission=uuid4(), how="phone", now=now
    )


def test_two_gives_the_seat_back_and_says_so(registration, now):
    message = called(f"class-registration:{registration.pk}")

    words = press(message, "2", now)

    registration.refresh_from_db()
    registration.session.refresh_from_db()
    assert registration.state == "cancelled"
    assert registration.session.seats_taken == 0
    assert "10月22日、木曜日のスマートフォン教室の、お申し込みを取り消しました" in words


def test_who_cancelled_on_the_telephone_is_not_called_about_it_again(registration, now):
    press(called(f"class-registration:{registration.pk}"), "2", now)

    told = Message.objects.get(reference=f"class-cancelled:{registration.pk}")
    assert (told.channel, told.state) == ("voice", "sent")


def test_two_during_a_reminder_gives_the_seat_back_too(registration, now):
    later = registration.session.starts_at - timedelta(days=1)
    class_reminders.queue(now=later)

    press(called(f"class-reminder:{registration.pk}:1"), "2", later)

    registration.refresh_from_db()
    assert registration.state == "cancelled"


@pytest.mark.parametrize("key", ["1", "3", "9"])
def test_the_other_keys_leave_the_seat(registration, now, key):
    press(called(f"class-registration:{registration.pk}"), key, now)

    registration.refresh_from_db()
    assert registration.state == "registered"


def test_a_second_attempt_is_about_the_same_seat(registration, now):
    message = called(f"class-registration:{registration.pk}")
    Message.objects.filter(pk=message.pk).update(reference=f"{message.reference}~2")
    message.refresh_from_db()

    press(message, "2", now)

    registration.refresh_from_db()
    assert registration.state == "cancelled"


def test_three_is_a_task_for_the_desk(registration, haru, now):
    words = press(called(f"class-registration:{registration.pk}"), "3", now)

    assert Task.objects.get().kind == "wish"
    assert "お電話します" in words


@pytest.fixture
def visit_request(haru, now):
    return requests.ask(
        person=haru,
        relation="self",
        asked_by=None,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )


def test_two_takes_a_visit_back_and_says_so(visit_request, now):
    words = press(called(f"visit-asked:{visit_request.pk}"), "2", now)

    visit_request.refresh_from_db()
    assert visit_request.state == "cancelled"
    assert "訪問の申し込みを取り消しました" in words
    told = Message.objects.get(reference__startswith="visit-cancelled")
    assert (told.channel, told.state) == ("voice", "sent")


@pytest.fixture
def planned(visit_request, staff, now):
    return visits.schedule(
        request=visit_request,
        team=Team.objects.create(name="訪問1班"),
        on=timezone.localdate() + timedelta(days=5),
        time_slot=Visit.TimeSlot.MORNING,
        by=staff("desk"),
        now=now,
    )


def test_one_confirms_the_day_of_a_visit_also_by_its_reminder(planned, haru, now):
    visit_reminders.queue(now=timezone.now() + timedelta(days=4))
    message = called(f"visit-reminder:{planned.pk}:1:{haru.contact.pk}")

    words = press(message, "1", now)

    planned.refresh_from_db()
    assert planned.confirmation == "confirmed"
    assert "うかがいます" in words


def test_two_asks_for_another_day_and_cancels_nothing(planned, haru, now):
    words = press(called(f"visit-planned:{planned.pk}:{haru.contact.pk}"), "2", now)

    planned.refresh_from_db()
    assert (planned.outcome, planned.request.state) == ("called_off", "open")
    assert Task.objects.get(cause=f"visit-another-day:{planned.pk}").kind == "call_back"
    assert "別の日" in words
    # Who has just pressed the key is not told the same again.
    assert not Message.objects.filter(reference__startswith="visit-another-day").exists()


def test_a_visit_that_was_made_has_no_other_day(planned, haru, staff, now):
    later = timezone.now() + timedelta(days=5)
    visits.record_outcome(visit=planned, outcome="applied", note="", by=staff("desk"), now=later)

    words = press(called(f"visit-planned:{planned.pk}:{haru.contact.pk}"), "2", later)

    assert "終わっています" in words


def test_who_asked_for_the_visit_still_hears_that_the_day_is_off(haru, make_person, now):
    daughter = make_person(AKIKO)
    request = requests.ask(
        person=haru,
        relation="family",
        asked_by=daughter.contact,
        topic="first_card",
        submission=uuid4(),
        how="phone",
        now=now,
    )
    visit = visits.schedule(
        request=request,
        team=Team.objects.create(name="訪問1班"),
        on=timezone.localdate() + timedelta(days=5),
        time_slot=Visit.TimeSlot.MORNING,
        by=None,
        now=now,
    )

    press(called(f"visit-planned:{visit.pk}:{haru.contact.pk}"), "2", now)

    told = Message.objects.get(reference__startswith="visit-another-day")
    assert (told.contact, told.state) == (daughter.contact, "queued")


def test_two_ends_a_reminder_of_an_expiry_and_says_so(haru, now):
    expires_on = date(2026, 12, 20)
    reminder = reminders.ask(
        contact=haru.contact,
        kind="card",
        expires_on=expires_on,
        how="in_person",
        wording="…",
        now=now - timedelta(days=60),
    )
    due_reminders.queue(today=now.date(), now=now)
    (message,) = Message.objects.filter(reference__startswith=reminder.reference_stem)

    words = press(called(message.reference), "2", now)

    reminder.refresh_from_db()
    assert reminder.cancelled_at is not None
    assert "期限のお知らせをやめます" in words
