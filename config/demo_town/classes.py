"""A season of classes: three held, nine to come, and a series; people registered for them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.timezone import localtime, make_aware

from config.demo_town import class_days
from config.demo_town.town import columns, town
from notifications.actions import consents
from outreach.classes.actions import registrations, sessions
from outreach.classes.actions.sessions import Season
from outreach.classes.models import ClassSession, Course, Registration, Tutor
from outreach.classes.rules.session_days import Rule
from outreach.people.models import Person
from outreach.places.models import Venue

WEEKS = range(-3, 9)
CAPACITY = 10
MINUTES = 90
HANDSETS = 4
FIRST_ROOM = "第1会議室"
# The series of the demo: afternoons, so that it meets none of the season's rooms.
SERIES_DAYS = 4
SERIES_HOURS = (time(14, 0), time(15, 30))
SERIES_CAPACITY = 6


def hold(*, people: Sequence[Person], users: dict[str, User], now: datetime, scale: int) -> None:
    """Announce the sessions, fill one to the last seat, mark who came, take news consents."""
    courses = [
        Course.objects.create(slug=table["slug"], **columns(table, "title", "summary", "bring"))
        for table in town()["courses"]
    ]
    tutors = [Tutor.objects.create(**table) for table in town()["tutors"]]
    season = [
        session
        for copy in range(scale)
        for session in _announce(courses, tutors, f"第{copy + 1}会議室", by=users["desk"], now=now)
    ]
    chance = Random(5)  # noqa: S311  (the same town every time)
    for number, session in enumerate(season):
        # One is full, one has two seats left, the others have room.
        wanted = {4: CAPACITY, 5: CAPACITY - 2}.get(number % len(WEEKS), 4)
        for person in chance.sample(people, wanted):
            _register(person, session, chance, now, users["desk"])
    series = _plan_series(courses[0], tutors[-1], by=users["desk"], now=now)
    # More people than the series has seats: the last of them wait for it as a whole.
    for person in chance.sample(people, SERIES_CAPACITY + 2):
        _register(person, series[0], chance, now, users["desk"])
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
    courses: Sequence[Course], tutors: Sequence[Tutor], room: str, *, by: User, now: datetime
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
                tutors=[tutors[number % (len(tutors) - 1)]] if room == FIRST_ROOM else (),
                capacity=CAPACITY,
                handsets=HANDSETS,
                # Those already held were announced in their time.
                now=min(now, starts_at - timedelta(days=30)),
                by=by,
            )
        )
    return season


def _plan_series(course: Course, tutor: Tutor, *, by: User, now: datetime) -> list[ClassSession]:
    """Four Thursdays from the week after next on, for which one registers once."""
    today = localtime(now).date()
    first = today + timedelta(days=14 - today.weekday() + 3)
    starts, ends = SERIES_HOURS
    season = Season(
        rule=Rule(
            weekdays=frozenset({3}),
            first=first,
            # As many weeks more as holidays and the turn of the year can take.
            last=first + timedelta(weeks=SERIES_DAYS + 2),
            start=starts,
            end=ends,
        ),
        course=course,
        venue=Venue.objects.order_by("pk")[1],
        room="和室",
        tutors=[tutor],
        capacity=SERIES_CAPACITY,
        handsets=HANDSETS,
        is_whole=True,
    )
    days = [day for day in sessions.preview(season, now=now) if day.left_out is None]
    last = days[:SERIES_DAYS][-1].starts_at.date()
    season = replace(season, rule=replace(season.rule, last=last))
    expected = [day.starts_at for day in days[:SERIES_DAYS]]
    return sessions.plan(season, expected=expected, now=now, by=by)


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
        or_wait=True,
        now=min(now, session.starts_at - timedelta(days=10)),
    )
