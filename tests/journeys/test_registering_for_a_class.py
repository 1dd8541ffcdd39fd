"""Linh books a class in Vietnamese on her phone; the message stands in the staff's outbox."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from notifications.models import Message
from outreach.classes.models import ClassSession, Registration
from tests.cast import LINH
from tests.journeys.conftest import PHONE


def forward(page: Page) -> None:
    page.locator("main form .buttons button").first.click()


@pytest.mark.every_database
def test_a_vietnamese_worker_books_in_vietnamese_on_a_phone(
    town: ClassSession,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given the class list in Vietnamese, and a class that lends smartphones
    ClassSession.objects.update(handsets=2)
    page = visit("/vi/classes/", viewport=PHONE)
    accessible(page)
    page.locator(f"a[href$='/vi/classes/{town.pk}/register/']").first.click()
    accessible(page)
    page.check("input[name=relation][value=self]")
    forward(page)
    page.fill("#id_name", LINH.name)
    accessible(page)
    forward(page)

    # When she forgets her number, she is told
    forward(page)
    expect(page.locator(".error-summary")).to_be_focused()
    accessible(page)

    # And when she gives it, says what she brings and checks her answers
    page.fill("#id_phone", LINH.phone)
    forward(page)
    page.check("input[name=needs_handset][value=loan]")
    page.fill("#id_wish", "Gọi video cho mẹ")
    accessible(page)
    forward(page)
    page.check("#id_wants_ride")
    accessible(page)
    forward(page)
    expect(page.get_by_text(LINH.name)).to_be_visible()
    expect(page.get_by_text("Gọi video cho mẹ")).to_be_visible()
    accessible(page)
    page.locator("button[value=send]").last.click()

    # Then she has a reference on a page she can keep, and that prints
    registration = Registration.objects.get()
    expect(page.get_by_text(registration.reference).first).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.emulate_media(media="print")
    expect(page.get_by_text(registration.reference).first).to_be_visible()
    page.emulate_media(media="screen")
    page.reload()
    expect(page.get_by_text(registration.reference).first).to_be_visible()
    assert (registration.needs_handset, registration.wants_ride) == (True, True)

    # And the message is delivered in Vietnamese, to be read on the outbox page
    call_command("deliver_messages", once=True, verbosity=0)
    message = Message.objects.get(purpose="class-registration")
    assert (message.language, message.channel, message.state) == ("vi", "sms", "sent")
    outbox = logged_in("desk", "/staff/outbox/")
    expect(outbox.get_by_text(message.body.splitlines()[0]).first).to_be_visible()
    expect(outbox.locator("[lang=vi]").first).to_be_visible()
