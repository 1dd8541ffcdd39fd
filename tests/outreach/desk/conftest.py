"""People who have asked the city for something."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from mynumber.actions import reminders
from mynumber.models import Reminder
from notifications.actions import consents
from notifications.models import Announcement
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.desk.actions import announcements
from outreach.desk.actions.announcement_queue import queue_scheduled
from outreach.desk.actions.announcements import Written, fingerprint
from outreach.desk.rules.audiences import Audience
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


@pytest.fixture
def subscriber(
    person_of: Callable[[Character], Person], present: datetime
) -> Callable[[Character], Person]:
    """Somebody of the cast who agreed to news of classes."""

    def agree(character: Character) -> Person:
        person = person_of(character)
        consents.give(
            contact=person.contact,
            purpose="class-news",
            how="web",
            wording="Tell me about new classes.",
            now=present,
        )
        return person

    return agree


SHORT = "【{city_name}】教室が始まります。配信停止は{city_phone}"


@pytest.fixture
def draft(staff: Callable[[str], User], present: datetime) -> Callable[..., Announcement]:
    """An announcement the desk has written, in Japanese alone unless told otherwise."""

    def make(audience: Audience | None = None, **changes: Any) -> Announcement:
        values: dict[str, Any] = {
            "title": "教室",
            "purpose": "class-news",
            "texts": [Written("ja", SHORT, "お知らせ", "教室が始まります。{city_phone}")],
            "by": staff("desk"),
            "now": present,
        }
        return announcements.create(audience=audience, **{**values, **changes})

    return make


@pytest.fixture
def send(present: datetime) -> Callable[..., int]:
    """Send a draft at once, as the worker does; returns for how many it was queued."""

    def submit_and_queue(announcement: Announcement, now: datetime = present) -> int:
        announcements.submit(announcement=announcement, seen=fingerprint(announcement), now=now)
        queued = queue_scheduled(now=now)
        announcement.refresh_from_db()
        return queued

    return submit_and_queue
