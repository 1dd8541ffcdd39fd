"""Fixtures of the whole suite: the town as the tests know it. Other hosts are out of reach."""

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from config.roles import create_roles
from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession, Course
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.places.models import BoundarySet, District, Venue
from tests import fresh_databases, second_database
from tests.cast import STAFF, Character
from tests.planted_site import Planting

TOKYO = ZoneInfo("Asia/Tokyo")
NOTHING_DRAWN = gzip.compress(b'{"type":"FeatureCollection","features":[]}')


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only what a second database could answer differently: see tests/second_database.py",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database-only"):
        kept = list(second_database.repeated(items))
        config.hook.pytest_deselected(items=list(set(items) - set(kept)))
        items[:] = kept
    # What commits lasts longest: begun first, none of it is left for the end.
    items.sort(key=lambda item: not second_database.commits(item))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """In the place of pytest-django's own, which migrates a database in every process."""
    with django_db_blocker.unblock():
        copy = fresh_databases.copied()
        copy.__enter__()
    yield
    with django_db_blocker.unblock():
        copy.__exit__(None, None, None)


@pytest.fixture(scope="session")
def planting(django_db_setup: None, django_db_blocker: Any) -> Planting:
    """Plants the site in the tests' database, as often as is asked for."""
    with django_db_blocker.unblock():
        return Planting()


@pytest.fixture(autouse=True)
def _nothing_kept_between_tests() -> None:
    cache.clear()
    # A request leaves its reader's language active in the thread.
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    """A Thursday morning in autumn, in town."""
    return datetime(2026, 10, 1, 10, 0, tzinfo=TOKYO)


@pytest.fixture
def boundary_set(db: None) -> BoundarySet:
    return BoundarySet.objects.create(
        name="試験用",
        is_active=True,
        file_name="areas.geojson",
        drawing=NOTHING_DRAWN,
        drawing_hash="0",
    )


@pytest.fixture
def district(boundary_set: BoundarySet) -> District:
    return District.objects.create(
        boundary_set=boundary_set,
        code="0520900100",
        name="花輪",
        name_roman="Hanawa",
        latitude=40.19,
        longitude=140.79,
    )


@pytest.fixture
def venue(district: District) -> Venue:
    return Venue.objects.create(
        name_ja="花輪市民センター",
        name_en="Hanawa Civic Center",
        name_vi="Trung tâm cộng đồng Hanawa",
        address_ja="花輪字八正寺13",
        district=district,
        has_parking=True,
        is_step_free=True,
    )


@pytest.fixture
def course(db: None) -> Course:
    return Course.objects.create(
        slug="smartphone-basics",
        title_ja="はじめてのスマホ教室",
        title_en="Smartphone basics",
        title_vi="Lớp học điện thoại thông minh cơ bản",
        summary_ja="電話のかけ方から、ゆっくり学びます。",
        summary_en="From making a call, at an easy pace.",
        summary_vi="Học từ cách gọi điện, thong thả.",
        bring_ja="お持ちのスマートフォン（なくても参加できます）",
        bring_en="Your smartphone, if you have one",
        bring_vi="Điện thoại thông minh của bạn (nếu có)",
    )


@pytest.fixture
def make_session(course: Course, venue: Venue, now: datetime) -> Callable[..., ClassSession]:
    """A session of the basics course; three weeks ahead at ten o'clock unless told otherwise."""

    def make(**changes: Any) -> ClassSession:
        values = {
            "course": course,
            "venue": venue,
            "starts_at": now.replace(month=10, day=22),
            "ends_at": now.replace(month=10, day=22, hour=11, minute=30),
            "capacity": 10,
        }
        return ClassSession.objects.create(**{**values, **changes})

    return make


@pytest.fixture
def make_person(db: None) -> Callable[[Character], Person]:
    """A member of the cast as the desk would write them down."""

    def make(character: Character) -> Person:
        return people.identify(
            name=character.name,
            kana=character.kana,
            birth_year=character.birth_year,
            phone=parse_phone(character.phone),
            email=character.email,
            language=character.language,
        )

    return make


@pytest.fixture
def roles(db: None) -> None:
    create_roles()


@pytest.fixture
def staff(roles: None) -> Callable[[str], User]:
    """A staff member by role."""

    def member(role: str) -> User:
        user, created = User.objects.get_or_create(username=STAFF[role])
        if created:
            user.groups.add(Group.objects.get(name=role))
        return user

    return member


@pytest.fixture
def log_in(staff: Callable[[str], User]) -> Callable[[str], Client]:
    """A client logged in under a role."""

    def client_of(role: str) -> Client:
        client = Client()
        client.force_login(staff(role))
        return client

    return client_of
