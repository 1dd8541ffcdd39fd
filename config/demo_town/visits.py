"""Home visits of the demo: some waiting, some planned, some made."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.timezone import localtime

from notifications.actions import contacts
from notifications.rules.phones import parse_phone
from outreach.people.models import Person
from outreach.visits.actions import requests, visits
from outreach.visits.models import Team, Visit, VisitRequest

DAUGHTER = ("柳沢 直子", "090-0000-0021")
WAITING, PLANNED, MADE = 6, 5, 5


def ask(*, people: Sequence[Person], users: dict[str, User], now: datetime, scale: int) -> None:
    """Requests in every state, one of them by a daughter in another town."""
    chance = Random(3)  # noqa: S311  (the same town every time)
    elderly = [person for person in people if (person.birth_year or 9999) < 1955]
    chosen = chance.sample(elderly, (WAITING + PLANNED + MADE) * scale)
    teams = list(Team.objects.order_by("name"))
    for number, person in enumerate(chosen):
        fate = number % (WAITING + PLANNED + MADE)
        request = _request(person, fate, chance, now, users["desk"])
        if fate < WAITING:
            continue
        made = fate >= WAITING + PLANNED
        day = localtime(now).date() + timedelta(days=-4 if made else 2 + number % 3)
        visit = visits.schedule(
            request=request,
            team=teams[number % len(teams)],
            on=day,
            time_slot=Visit.TimeSlot.MORNING if number % 2 else Visit.TimeSlot.AFTERNOON,
            by=users["desk"],
            now=now - timedelta(days=6),
        )
        if made:
            outcome = (Visit.Outcome.APPLIED, Visit.Outcome.APPLIED, Visit.Outcome.ABSENT)
            visits.record_outcome(
                visit=visit,
                outcome=outcome[number % 3],
                note="",
                by=users["visitor"],
                now=now - timedelta(days=4),
            )


def _request(
    person: Person, number: int, chance: Random, now: datetime, desk: User
) -> VisitRequest:
    by_daughter = number == 0
    daughter = (
        contacts.record(name=DAUGHTER[0], language="ja", phone=parse_phone(DAUGHTER[1]))
        if by_daughter
        else None
    )
    return requests.ask(
        person=person,
        relation="family" if by_daughter else "self",
        asked_by=daughter,
        topic=chance.choice(list(VisitRequest.Topic)),
        submission=UUID(int=chance.getrandbits(128), version=4),
        how="web" if by_daughter else "phone",
        by=None if by_daughter else desk,
        expires_on=localtime(now).date() + timedelta(days=chance.randint(10, 80))
        if number % 2
        else None,
        parking=chance.choice([True, True, False, None]),
        wishes="午前中を希望します。" if number % 3 == 0 else "",
        now=now - timedelta(days=8 + chance.randint(0, 20)),
    )
