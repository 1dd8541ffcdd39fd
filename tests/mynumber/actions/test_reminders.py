from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from mynumber.actions import reminders
from mynumber.models import Reminder
from notifications.actions import contacts
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from tests.cast import AKIKO, GRANDSON, LINH

EXPIRES_ON = date(2026, 12, 24)
WORDING = "I agree."


@pytest.fixture
def contact(db: None) -> Contact:
    return contacts.record(name=LINH.name, language="vi", phone=parse_phone(LINH.phone))


def ask(contact: Contact, now: datetime, kind: str = "card", expires_on: date = EXPIRES_ON):
    return reminders.ask(
        contact=contact, kind=kind, expires_on=expires_on, how="web", wording=WORDING, now=now
    )


def fill_in(now: datetime, **changes):
    answers = {
        "name": AKIKO.name,
        "language": "ja",
        "expiries": {"card": EXPIRES_ON},
        "how": "web",
        "wording": WORDING,
        "now": now,
        "phone": parse_phone(AKIKO.phone),
    }
    return reminders.ask_for_each(**{**answers, **changes})


def test_asking_notes_the_date_and_the_wording_agreed_to(contact, now):
    reminder = ask(contact, now)

    assert (reminder.expires_on, reminder.asked_at) == (EXPIRES_ON, now)
    consent = contact.consents.get(purpose="renewal-reminder", withdrawn_at=None)
    assert (consent.wording, consent.how, consent.given_at) == (WORDING, "web", now)


def test_asking_again_for_the_same_date_is_the_same_reminder(contact, now):
    assert ask(contact, now) == ask(contact, now)
    assert Reminder.objects.count() == 1


def test_a_new_date_ends_the_earlier_reminder_and_keeps_it_on_record(contact, now):
    earlier = ask(contact, now)
    later = ask(contact, now, expires_on=date(2036, 12, 24))

    earlier.refresh_from_db()
    assert earlier.cancelled_at == now
    assert list(contact.reminders.standing()) == [later]


def test_card_and_certificates_are_reminded_of_separately(contact, now):
    ask(contact, now)
    ask(contact, now, kind="certificate")

    assert contact.reminders.standing().count() == 2


def test_cancelling_the_last_reminder_ends_the_consent(contact, now):
    reminder = ask(contact, now)

    reminders.cancel(reminder=reminder, now=now)

    assert not contact.reminders.standing().exists()
    assert not contact.has_consent("renewal-reminder")


def test_cancelling_one_of_two_keeps_the_consent(contact, now):
    card = ask(contact, now)
    ask(contact, now, kind="certificate")

    reminders.cancel(reminder=card, now=now)

    assert contact.has_consent("renewal-reminder")


def test_cancelling_twice_keeps_the_first_time(contact, now):
    reminder = ask(contact, now)

    reminders.cancel(reminder=reminder, now=now)
    reminders.cancel(reminder=reminder, now=now.replace(hour=20))

    reminder.refresh_from_db()
    assert reminder.cancelled_at == now


def test_what_waits_to_be_sent_is_dropped_when_the_reminder_is_cancelled(contact, now):
    card = ask(contact, now.replace(month=9, day=1), expires_on=date(2026, 10, 31))
    other = ask(contact, now.replace(month=9, day=1), "certificate", date(2026, 10, 31))
    assert reminders.queue(today=now.date(), now=now) == 2

    reminders.cancel(reminder=card, now=now)

    states = dict(Message.objects.values_list("reference", "state"))
    assert states[f"renewal:{card.pk}:2026-10-31:T-30"] == Message.State.DROPPED
    assert states[f"renewal:{other.pk}:2026-10-31:T-30"] == Message.State.QUEUED
    dropped = Message.objects.get(state=Message.State.DROPPED)
    assert dropped.reason
    assert [event.state for event in dropped.events.order_by("pk")] == ["queued", "dropped"]


def test_the_same_form_sent_twice_is_one_contact_and_one_reminder(db, now):
    assert fill_in(now) == fill_in(now)
    assert Contact.objects.count() == 1


def test_a_name_written_with_other_spaces_and_widths_is_the_same_person(db, now):
    fill_in(now, name="TRAN THI LINH")
    fill_in(now, name="ＴＲＡＮ　ＴＨＩ Ｌｉｎｈ")

    assert Contact.objects.get().name == "TRAN THI LINH"


def test_two_people_who_share_a_phone_stay_two(db, now):
    fill_in(now)
    fill_in(now, name=GRANDSON.name)

    assert Reminder.objects.values("contact").distinct().count() == 2


def test_a_stranger_cannot_add_an_address_to_somebody_elses_record(db, now):
    fill_in(now)
    fill_in(now, email="stranger@example.com")

    first = Contact.objects.earliest("pk")
    assert not first.points.filter(value="stranger@example.com").exists()
    assert Contact.objects.count() == 2


def test_a_number_that_may_not_be_kept_refuses_everything(db, now):
    with pytest.raises(ValidationError):
        fill_in(now, name="山瀬 123456789018")

    assert not Contact.objects.exists()
    assert not Reminder.objects.exists()
