"""Linh registers for a class in Vietnamese; the message about it stands in the staff's outbox."""

from collections.abc import Callable

from django.core.management import call_command
from playwright.sync_api import Page, expect

from notifications.models import Message
from outreach.classes.models import ClassSession, Registration
from tests.cast import LINH
from tests.journeys.conftest import PHONE


def test_a_resident_registers_and_the_message_goes_out(
    town: ClassSession,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given the class list in Vietnamese
    page = visit("/vi/classes/", viewport=PHONE)
    accessible(page)
    page.locator(f"a[href$='/vi/classes/{town.pk}/register/']").first.click()
    accessible(page)

    # When she forgets her number, she is told; her name stays
    page.fill("#id_name", LINH.name)
    page.get_by_role("button").last.click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value(LINH.name)
    accessible(page)

    # And when she gives it, checks her answers and confirms
    page.fill("#id_phone", LINH.phone)
    page.get_by_role("button").last.click()
    expect(page.get_by_text(LINH.name)).to_be_visible()
    accessible(page)
    page.locator("button[value=confirm]").click()

    # Then she has a reference on a page she can keep
    registration = Registration.objects.get()
    expect(page.get_by_text(registration.reference).first).to_be_visible()
    accessible(page)
    page.reload()
    expect(page.get_by_text(registration.reference).first).to_be_visible()

    # And the message is delivered in Vietnamese, to be read on the outbox page
    call_command("deliver_messages", once=True, verbosity=0)
    message = Message.objects.get(purpose="class-registration")
    assert (message.language, message.channel, message.state) == ("vi", "sms", "sent")
    outbox = logged_in("desk", "/staff/outbox/")
    expect(outbox.get_by_text(message.body.splitlines()[0]).first).to_be_visible()
    expect(outbox.locator("[lang=vi]").first).to_be_visible()
