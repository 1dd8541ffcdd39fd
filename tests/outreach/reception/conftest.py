"""A counter with two booths, days on which it opens, and people who come."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from outreach.people.models import Person
from outreach.places.models import Venue
from outreach.reception.actions import appointments
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint
from tests.cast import HARU, Character


@pytest.fixture
def point(venue: Venue) -> ReceptionPoint:
    """Applications take 25 minutes, certificates 10; five minutes lie between two people."""
    return ReceptionPoint.objects.create(
        kind="counter",
        venue=venue,
        name_ja="市役所 マイナンバーカード窓口",
        name_en="City Hall card counter",
        name_zh_hans="市政府 个人编号卡窗口",
        booths=2,
        apply_minutes=25,
        renew_certificate_minutes=10,
        payments=["cash", "qr"],
        fees_ja="再発行は1,000円です。",
    )


@pytest.fixture
def make_day(point: ReceptionPoint, now: datetime) -> Callable[..., OpeningDay]:
    """A day from nine to noon, three weeks ahead unless told otherwise."""

    def make(**changes: Any) -> OpeningDay:
        values = {
            "point": point,
            "venue": point.venue,
            "on": date(2026, 10, 22),
            "opens": time(9),
            "closes": time(12),
            "booths": point.booths,
            "planned_at": now,
        }
        return OpeningDay.objects.create(**{**values, **changes})

    return make


@pytest.fixture
def tomorrow() -> date:
    """For pages that ask the real clock."""
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def book(make_person: Callable[[Character], Person], now: datetime) -> Callable[..., Appointment]:
    """Haru's appointment for a certificate, at the first free time of a day."""

    def make(day: OpeningDay, character: Character = HARU, **changes: Any) -> Appointment:
        values = {
            "day": day,
            "service": "renew_certificate",
            "starts_at": day.opens_at,
            "submission": uuid4(),
            "how": "web",
            "now": now,
            **changes,
        }
        return appointments.book(person=make_person(character), **values)

    return make
