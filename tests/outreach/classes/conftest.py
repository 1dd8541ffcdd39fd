"""Residents who come to classes, and a session that lies ahead by the real clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from outreach.classes.models import ClassSession, Course, Series
from outreach.people.models import Person
from tests.cast import Character


@pytest.fixture
def resident(make_person: Callable[[Character], Person]) -> Callable[[Character], Person]:
    """Somebody of the cast, on record."""
    return make_person


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


@pytest.fixture
def series_days(
    make_session: Callable[..., ClassSession], course: Course, now: datetime
) -> Callable[..., list[ClassSession]]:
    """The days of a whole series, a week apart, from the day of `make_session` on."""

    def make(number: int, *, starts_at: datetime | None = None, **changes: object) -> list:
        series = Series.objects.create(course=course, is_whole=True, planned_at=now)
        first = starts_at or now.replace(month=10, day=22)
        return [
            make_session(
                series=series,
                starts_at=first + timedelta(weeks=week),
                ends_at=first + timedelta(weeks=week, minutes=90),
                **changes,
            )
            for week in range(number)
        ]

    return make
