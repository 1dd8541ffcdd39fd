"""People who have asked the city for something."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from mynumber.actions import reminders
from mynumber.models import Reminder
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.visits.actions import requests
from outreach.visits.models import VisitRequest
from tests.cast import AKIKO, HARU, LINH, Character


@pytest.fixture
def person_of(db: None) -> Callable[[Character], Person]:
    def person(character: Character) -> Person:
        return people.identify(
            name=character.name,
            kana=character.kana,
            phone=parse_phone(character.phone),
            email=character.email,
            language=character.language,
        )

    return person


@pytest.fixture
def present() -> datetime:
    """The moment the views will take for now."""
    return timezone.now()


@pytest.fixture
def session(make_session: Callable[..., ClassSession], present: datetime) -> ClassSession:
    starts_at = present + timedelta(days=21)
    return make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


@pytest.fixture
def registration(
    person_of: Callable[[Character], Person], session: ClassSession, present: datetime
) -> Registration:
    """Linh's seat in a class three weeks ahead."""
    return registrations.register(
        session=session, person=person_of(LINH), submission=uuid4(), how="web", now=present
    )


@pytest.fixture
def visit_request(person_of: Callable[[Character], Person], present: datetime) -> VisitRequest:
    """A visit to Haru, asked for by her daughter Akiko."""
    return requests.ask(
        person=person_of(HARU),
        relation="family",
        asked_by=person_of(AKIKO).contact,
        topic="card_renewal",
        submission=uuid4(),
        how="web",
        now=present,
    )


@pytest.fixture
def reminder(person_of: Callable[[Character], Person], present: datetime) -> Reminder:
    """Linh's reminder of a card that expires in 200 days."""
    return reminders.ask(
        contact=person_of(LINH).contact,
        kind="card",
        expires_on=timezone.localdate(present) + timedelta(days=200),
        how="web",
        wording="I agree.",
        now=present,
    )
