from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mynumber.models import Reminder
from notifications.models import Contact
from tests.cast import HARU


@pytest.fixture
def contact(db: None) -> Contact:
    return Contact.objects.create(name=HARU.name)


def test_a_person_has_one_standing_reminder_of_a_kind(contact, now):
    Reminder.objects.create(contact=contact, kind="card", expires_on=date(2027, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(contact=contact, kind="card", expires_on=date(2028, 1, 1))

    Reminder.objects.update(cancelled_at=now)
    Reminder.objects.create(contact=contact, kind="card", expires_on=date(2028, 1, 1))


def test_a_reminder_is_of_a_known_kind(contact):
    with pytest.raises(IntegrityError, match="reminder_kind_known"), transaction.atomic():
        Reminder.objects.create(contact=contact, kind="passport", expires_on=date(2027, 1, 1))


def test_the_renewal_period_opens_three_months_before(contact):
    reminder = Reminder(contact=contact, kind="card", expires_on=date(2027, 5, 31))

    assert reminder.opens_on == date(2027, 3, 1)


def test_only_steps_from_the_day_of_asking_lie_ahead(contact, now):
    reminder = Reminder(contact=contact, kind="card", expires_on=date(2026, 10, 31), asked_at=now)

    assert [step.code for step in reminder.steps_ahead] == ["T-30", "T-7", "T", "T+30", "T+75"]
