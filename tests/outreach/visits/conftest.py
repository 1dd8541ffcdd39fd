"""A team that goes out, and people who asked for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from notifications.actions import contacts
from notifications.models import Contact
from notifications.rules.phones import parse_phone
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.places.models import District
from outreach.visits.actions import requests
from outreach.visits.models import Team, VisitRequest
from tests.cast import AKIKO, HARU


@pytest.fixture
def haru(db: None) -> Person:
    return people.identify(
        name=HARU.name,
        kana=HARU.kana,
        birth_year=HARU.birth_year,
        phone=parse_phone(HARU.phone),
        language=HARU.language,
    )


@pytest.fixture
def akiko(db: None) -> Contact:
    return contacts.record(name=AKIKO.name, language=AKIKO.language, phone=parse_phone(AKIKO.phone))


@pytest.fixture
def ask(haru: Person, now: datetime) -> Callable[..., VisitRequest]:
    """A request of Haru's for her first card, by phone; changed as told."""

    def asking(**changes: Any) -> VisitRequest:
        values: dict[str, Any] = {
            "person": haru,
            "relation": VisitRequest.Relation.SELF,
            "asked_by": None,
            "topic": VisitRequest.Topic.FIRST_CARD,
            "submission": uuid4(),
            "how": VisitRequest.How.PHONE,
            "now": now,
        }
        return requests.ask(**{**values, **changes})

    return asking


@pytest.fixture
def ask_for_another(
    ask: Callable[..., VisitRequest], district: District
) -> Callable[..., VisitRequest]:
    """Each time a request of somebody else, all of Hanawa."""

    def asking(**changes: Any) -> VisitRequest:
        number = Person.objects.count() + 1
        contact = contacts.record(name=f"鹿角{number}", language=changes.pop("language", "ja"))
        person = Person.objects.create(name=contact.name, contact=contact, district=district)
        return ask(person=person, **changes)

    return asking


@pytest.fixture
def officer(staff: Callable[[str], User]) -> User:
    return staff("desk")


@pytest.fixture
def visitor(staff: Callable[[str], User]) -> User:
    return staff("visitor")


@pytest.fixture
def team(visitor: User) -> Team:
    """The visitor's own team."""
    ours = Team.objects.create(name="第1班")
    ours.members.add(visitor)
    return ours


@pytest.fixture
def other_team(db: None) -> Team:
    return Team.objects.create(name="第2班")
