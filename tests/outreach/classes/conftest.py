"""Residents who come to classes, and a session that lies ahead by the real clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession
from outreach.people.actions import people
from outreach.people.models import Person
from tests.cast import Character


@pytest.fixture
def resident(db: None) -> Callable[[Character], Person]:
    """Somebody of the cast, on record."""

    def known(character: Character) -> Person:
        return people.identify(
            name=character.name,
            kana=character.kana,
            birth_year=character.birth_year,
            phone=parse_phone(character.phone),
            email=character.email,
            language=character.language,
        )

    return known


@pytest.fixture
def in_ten_days() -> datetime:
    """Ten o'clock ten days from today, for pages that ask the real clock."""
    day = timezone.localtime() + timedelta(days=10)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def open_session(
    make_session: Callable[..., ClassSession], in_ten_days: datetime
) -> Callable[..., ClassSession]:
    """A session a resident can register for today."""

    def make(**changes: object) -> ClassSession:
        starts_at = changes.pop("starts_at", in_ten_days)
        return make_session(
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), **changes
        )

    return make
