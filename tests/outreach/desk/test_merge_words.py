"""Why two records cannot be joined yet: the colleague reads what to settle first."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from notifications.actions import contacts
from outreach.desk.merge_words import refusal_words
from outreach.people.actions import merges
from outreach.people.actions.merges import CannotMerge
from outreach.people.models import Person
from outreach.places.models import Venue
from outreach.reception.actions import appointments
from outreach.reception.models import OpeningDay, ReceptionPoint
from outreach.visits.actions import requests, visits
from outreach.visits.models import Team

Twins = tuple[Person, Person]


@pytest.fixture
def twins(db: None) -> Twins:
    one, other = (contacts.record(name="雪沢ハル", language="ja") for _ in range(2))
    return (
        Person.objects.create(name=one.name, contact=one),
        Person.objects.create(name=other.name, contact=other),
    )


def words(twins: Twins, by: User, now: datetime) -> str:
    with pytest.raises(CannotMerge) as refusal, translation.override("en"):
        merges.merge(kept=twins[0], gone=twins[1], by=by, now=now)
    with translation.override("en"):
        return refusal_words(refusal.value)


def test_a_visit_to_each_is_called_off_first(
    twins: Twins, staff: Callable[[str], User], present: datetime
) -> None:
    by = staff("desk")
    for person in twins:
        visits.schedule(
            request=requests.ask(
                person=person,
                relation="self",
                asked_by=None,
                topic="first_card",
                submission=uuid4(),
                how="phone",
                now=present,
            ),
            team=Team.objects.create(name=f"第{person.pk}班"),
            on=(present + timedelta(days=7)).date(),
            time_slot="am",
            by=by,
            now=present,
        )
    assert "Call one of the visits off" in words(twins, by, present)


def test_two_times_at_a_counter_are_settled_first(
    twins: Twins, venue: Venue, staff: Callable[[str], User], present: datetime
) -> None:
    point = ReceptionPoint.objects.create(
        kind="counter", venue=venue, name_ja="窓口", booths=2, apply_minutes=25, payments=["cash"]
    )
    day = OpeningDay.objects.create(
        point=point,
        venue=venue,
        on=(present + timedelta(days=7)).date(),
        opens=time(9),
        closes=time(12),
        booths=2,
        planned_at=present,
    )
    for person in twins:
        appointments.book(
            day=day,
            service="apply",
            starts_at=day.opens_at,
            person=person,
            submission=uuid4(),
            how="web",
            now=present,
        )
    assert "appointment for the same service" in words(twins, staff("desk"), present)
