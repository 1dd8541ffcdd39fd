"""A season of classes: three held, nine to come, people registered for them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.timezone import localtime, make_aware

from config.demo_town import class_days
from config.demo_town.town import columns, town
from notifications.actions import consents
from outreach.classes.actions import registrations, sessions
from outreach.classes.models import ClassSession, Course, Registration
from outreach.people.models import Person
from outreach.places.models import Venue

WEEKS = range(-3, 9)
CAPACITY = 10
MINUTES = 90


def hold(*, people: Sequence[Person], users: dict[str, User], now: datetime, scale: int) -> None:
    """Announce the sessions, fill one to the last seat, mark who came, take news consents."""
    courses = [
        Course.objects.create(slug=table["slug"], **columns(table, "title", "summary", "bring"))
        for table in town()["courses"]
    ]
    season = [
        session
        for copy in range(scale)
        for session in _announce(courses, f"第{copy + 1}会議室", by=users["desk"], now=now)
    ]
    chance = Random(5)  # noqa: S311  (the same town every time)
    for number, session in enumerate(season):
        # One is full, one has two seats left, the others have room.
        wanted = {4: CAPACITY, 5: CAPACITY - 2}.get(number % len(WEEKS), 4)
        for person in chance.sample(people, wanted):
            _register(person, session, chance, now, users["desk"])
    class_days.hold(sessions=season, by=users["desk"], now=now)
    for person in people[: 20 * scale]:
        consents.give(
            contact=person.contact,
            purpose="class-news",
            how="in_person",
            wording="新しい教室のお知らせを受け取ります。",
            now=now - timedelta(days=40),
            by=users["desk"],
        )


def _announce(
    courses: Sequence[Course], room: str, *, by: User, now: datetime
) -> list[ClassSession]:
    venues = list(Venue.objects.order_by("pk"))
    monday = localtime(now).date() - timedelta(days=localtime(now).weekday())
    season = []
    for number, week in enumerate(WEEKS):
        day = monday + timedelta(weeks=week, days=1 + number % 3)
        if is_year_end(day):
            day += timedelta(weeks=len(WEEKS))
        starts_at = make_aware(datetime.combine(day, time(10 if number % 2 else 13, 30)))
        season.append(
            sessions.announce(
                course=courses[number % len(courses)],
                venue=venues[number % len(venues)],
                room=room,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=MINUTES),
                capacity=CAPACITY,
                # Those already held were announced in their time.
                now=min(now, starts_at - timedelta(days=30)),
                by=by,
            )
        )
    return season


def is_year_end(day: date) -> bool:
    """Whether the city hall is closed between the years (December 29 to January 3)."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


def _register(
    person: Person, session: ClassSession, chance: Random, now: datetime, desk: User
) -> None:
    by_phone = chance.random() < 0.6
    registrations.register(
        session=session,
        person=person,
        submission=UUID(int=chance.getrandbits(128), version=4),
        how=Registration.How.PHONE if by_phone else Registration.How.WEB,
        by=desk if by_phone else None,
        now=min(now, session.starts_at - timedelta(days=10)),
    )
