"""What `tests.bench.announcements` times. Needs Django to be set up."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from notifications.actions import messages
from notifications.models import Announcement, Consent, Contact, ContactPoint, Message, MessageEvent
from outreach.classes.models import ClassSession, Course
from outreach.desk.actions import announcements
from outreach.desk.actions.announcement_queue import queue_scheduled
from outreach.desk.actions.announcements import Written, fingerprint
from outreach.desk.audiences import reached
from outreach.people.models import Person
from outreach.places.models import Venue

PURPOSE = "class-news"
LANGUAGES = ("ja",) * 14 + ("ja-easy", "en", "zh-hans", "vi", "id", "tl")
SHORT = "【{city_name}】新しい教室が始まります。配信停止は{city_phone}"
BATCH = 5000


def fill(people: int) -> None:
    """People numbered up to `people`: mobiles, landlines, families, some who agreed to nothing."""
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    already = Contact.objects.count()
    for first in range(already, people, BATCH):
        _move_in(range(first, min(first + BATCH, people)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _move_in(numbers: range) -> None:
    contacts = Contact.objects.bulk_create(
        Contact(name=f"見本 {number}", language=LANGUAGES[number % len(LANGUAGES)])
        for number in numbers
    )
    Person.objects.bulk_create(
        Person(name=one.name, contact=one, birth_year=1930 + one.pk % 80) for one in contacts
    )
    Consent.objects.bulk_create(
        Consent(contact=one, purpose=PURPOSE, how="web", wording="はい。")
        for number, one in zip(numbers, contacts, strict=True)
        if number % 50
    )
    points, attached = [], []
    for number, contact in zip(numbers, contacts, strict=True):
        for point in _points(number):
            points.append(point)
            attached.append(contact)
    ContactPoint.objects.bulk_create(points)
    through = Contact.points.through
    rows = [
        through(contact=contact, contactpoint=point)
        for contact, point in zip(attached, points, strict=True)
    ]
    # One in twenty-five shares the telephone of the neighbour before.
    rows += [
        through(contact=contacts[place], contactpoint_id=points[place - 1].pk)
        for place in range(25, len(contacts), 25)
    ]
    through.objects.bulk_create(rows)


def _points(number: int) -> list[ContactPoint]:
    mobile = ContactPoint(kind="phone", value=f"+8190{number:08d}", takes_sms=True)
    landline = ContactPoint(kind="phone", value=f"+81186{number:06d}")
    email = ContactPoint(kind="email", value=f"person{number}@example.com")
    post = ContactPoint(kind="post", value=f"鹿角市（見本）{number}番地")
    mixes = [[mobile], [landline], [mobile, post], [landline, mobile], [email, landline], [post]]
    return mixes[number % len(mixes)]


def announcement(*, with_links: bool) -> Announcement:
    """A planned announcement in Japanese and Vietnamese, allowed by a second person."""
    now = timezone.now()
    author, _ = User.objects.get_or_create(username="bench-author")
    colleague, _ = User.objects.get_or_create(username="bench-colleague")
    short = SHORT + (" {my_url}" if with_links else "")
    long = "新しい教室が始まります。\n\nお問い合わせ {city_phone}" + (
        "\n{my_url}" if with_links else ""
    )
    made = announcements.create(
        title="bench",
        purpose=PURPOSE,
        texts=[Written(code, short, "お知らせ", long) for code in ("ja", "vi")],
        by=author,
        now=now,
    )
    announcements.submit(announcement=made, seen=fingerprint(made), now=now)
    return announcements.approve(announcement=made, seen=fingerprint(made), by=colleague, now=now)


def preview(announcement: Announcement) -> None:
    assert reached(announcement, now=timezone.now()).people


def queue(announcement: Announcement) -> None:
    queue_scheduled(now=timezone.now())
    announcement.refresh_from_db()
    assert announcement.state == Announcement.State.QUEUED


def check_and_empty(announcement: Announcement) -> int:
    """How many messages there were; each with its event, and none twice to a number."""
    queued = Message.objects.count()
    assert queued == announcement.expected
    assert Message.objects.values("point").distinct().count() == queued
    assert MessageEvent.objects.count() == queued
    MessageEvent.objects.all()._raw_delete("default")
    Message.objects.all()._raw_delete("default")
    return queued


def queue_one_by_one(people: int) -> None:
    """The call every other message goes through, for each person."""
    now = timezone.now()
    session = ClassSession.objects.create(
        course=Course.objects.create(slug="bench", title_ja="教室", summary_ja="教室"),
        venue=Venue.objects.create(name_ja="会場"),
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=9, hours=1),
        capacity=10,
    )
    for contact in Contact.objects.order_by("pk")[:people]:
        messages.enqueue(
            contact=contact,
            purpose=PURPOSE,
            reference=f"bench:{contact.pk}",
            template="classes/messages/news",
            context={"session": session},
            now=now,
        )
