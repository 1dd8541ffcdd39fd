"""Residents of the demo who asked to be told before an expiry date."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from mynumber.actions import reminders
from mynumber.models import Reminder
from outreach.people.models import Person

WORDING = "期限が近づいたら知らせてください。"
DAYS_AHEAD = (5, 25, 55, 85, 120, 300)


def ask(*, people: Sequence[Person], now: datetime) -> None:
    """One reminder each for the first people, spread so that every step of the ladder is used."""
    today = localtime(now).date()
    for number, person in enumerate(people[:12]):
        reminders.ask(
            contact=person.contact,
            kind=Reminder.Kind.CARD if number % 2 else Reminder.Kind.CERTIFICATE,
            expires_on=today + timedelta(days=DAYS_AHEAD[number % len(DAYS_AHEAD)]),
            how="in_person",
            wording=WORDING,
            now=now - timedelta(days=100),
        )
