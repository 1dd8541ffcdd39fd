"""Akiko waits in a full class, is offered the seat that comes free, and takes it."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from tests.cast import AKIKO, LINH
from tests.journeys.conftest import PHONE
from tests.journeys.test_registering_for_a_class import forward


def test_a_full_class_a_place_in_line_an_offer_and_a_seat(
    town: ClassSession, visit: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    # Given a class whose last seat has gone
    ClassSession.objects.update(capacity=1)
    linh = people.identify(name=LINH.name, phone=parse_phone(LINH.phone), language="vi")
    seated = registrations.register(
        session=town, person=linh, submission=uuid4(), how="web", now=timezone.now()
    )

    # When Akiko registers all the same
    page = visit("/ja/classes/", viewport=PHONE)
    page.locator(f"a[href$='/ja/classes/{town.pk}/register/']").first.click()
    accessible(page)
    page.check("input[name=relation][value=self]")
    forward(page)
    page.fill("#id_name", AKIKO.name)
    forward(page)
    page.fill("#id_phone", AKIKO.phone)
    forward(page)
    forward(page)
    forward(page)
    accessible(page)
    page.locator("button[value=wait]").last.click()

    # Then she is the first in line and knows it
    waiting = Registration.objects.get(state="waiting")
    assert waiting.place_in_line == 1
    expect(page.get_by_text(waiting.reference).first).to_be_visible()
    accessible(page)

    # When the seat comes free, she gets an SMS and opens its link
    registrations.cancel(registration=seated, now=timezone.now())
    call_command("deliver_messages", once=True, verbosity=0)
    sms = Message.objects.get(purpose="class-offer")
    assert (sms.channel, sms.state) == ("sms", "sent")
    link = re.search(r"https?://[^/]+(/o/[^ ]+)", sms.body)
    assert link is not None
    path = link[1]
    page = visit(own_page_behind(page, path), viewport=PHONE)
    accessible(page)
    page.locator("form[action$='/accept/'] button").click()

    # Then the seat is hers
    expect(page.get_by_role("status")).to_be_visible()
    accessible(page)
    waiting.refresh_from_db()
    assert waiting.state == "registered"


def own_page_behind(page: Page, path: str) -> str:
    """Where the short link leads; SITE_URL is another host than this test's server."""
    answer = page.request.get(path, max_redirects=0)
    assert answer.status == 302
    return re.sub(r"^https?://[^/]+", "", answer.headers["location"])
