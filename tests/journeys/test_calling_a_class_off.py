"""A morning of snow: the officer calls the class off, and its people are offered another day."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from notifications.links import resident_token
from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from outreach.people.models import Person
from tests.cast import AKIKO, HARU, LINH, Character
from tests.journeys.conftest import PHONE


def seated(session: ClassSession, character: Character) -> Person:
    person = people.identify(
        name=character.name,
        kana=character.kana,
        phone=parse_phone(character.phone),
        language=character.language,
    )
    registrations.register(
        session=session, person=person, submission=uuid4(), how="phone", now=timezone.now()
    )
    return person


def entries(page: Page) -> dict[str, str]:
    """What a calendar that subscribes is told: each class and how it stands."""
    calendar = Calendar.from_ical(page.request.get("/feeds/classes.ics").body())
    return {str(one["UID"]).partition("@")[0]: str(one["STATUS"]) for one in calendar.events}


def test_snow_calls_a_class_off_and_its_people_are_offered_another_day(
    town: ClassSession,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given three people with a seat, and the same course a week later with two free seats
    haru, linh, akiko = (seated(town, one) for one in (HARU, LINH, AKIKO))
    week = timedelta(days=7)
    later = ClassSession.objects.create(
        course=town.course,
        venue=town.venue,
        starts_at=town.starts_at + week,
        ends_at=town.ends_at + week,
        capacity=2,
    )

    # When the officer calls the class off and offers the other day
    desk = logged_in("desk", reverse("classes_staff:call_off", args=[town.pk]))
    accessible(desk)
    desk.fill("input[name=reason]", "大雪のため")
    desk.locator("main form button[type=submit]").click()
    desk.wait_for_url(f"**{reverse('classes_staff:offer_elsewhere', args=[town.pk])}")
    accessible(desk)
    desk.locator(f"main input[value='{later.pk}']").check()
    desk.locator("main form button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text("大雪のため")

    # Then everybody is told by their own channel and in their language, as the outbox shows
    call_command("deliver_messages", once=True, verbosity=0)
    told = Message.objects.filter(reference__startswith="class-called-off:")
    assert {(one.contact_id, one.channel, one.language) for one in told} == {
        (haru.contact_id, "call", "ja"),
        (linh.contact_id, "sms", "vi"),
        (akiko.contact_id, "sms", "ja"),
    }
    desk.goto(reverse("desk_staff:outbox"))
    for message in told:
        expect(desk.locator("main")).to_contain_text(message.body.splitlines()[0])

    # And the list of classes and the feed say that it is off
    page = visit("/vi/classes/", viewport=PHONE)
    expect(page.locator(".seats--off")).to_have_count(1)
    accessible(page)
    assert entries(page) == {
        f"class-session-{town.pk}": "CANCELLED",
        f"class-session-{later.pk}": "CONFIRMED",
    }

    # And the first two are offered the other day, while the third waits
    states = Registration.objects.filter(session=later).order_by("line_number")
    assert [(one.person, one.state) for one in states] == [
        (haru, "offered"),
        (linh, "offered"),
        (akiko, "waiting"),
    ]

    # When Linh says yes on her telephone
    page.goto(f"/vi/my/{resident_token(linh.contact)}/")
    page.locator("form[action$='/accept/'] button").click()

    # Then the seat is hers, and both days stand on her page
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("section.card")).to_have_count(2)
    assert states.get(person=linh).state == "registered"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    accessible(page)
