"""Li Na asks for a visit in Chinese on her phone; her period of stay ends soon."""

from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from notifications.models import Message
from outreach.classes.models import ClassSession
from outreach.visits.models import VisitRequest
from tests.cast import LI_NA
from tests.journeys.conftest import PHONE


def forward(page: Page) -> None:
    page.locator("main form .buttons button").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_chinese_resident_asks_on_a_phone(
    town: ClassSession,
    visit: Callable[..., Page],
) -> None:
    # When she asks for herself, page by page, in Chinese
    page = visit("/zh-hans/visits/request/", viewport=PHONE, script=False)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.check("input[name=relation][value=self]")
    forward(page)
    page.fill("#id_name", LI_NA.name)
    page.fill("#id_birth_year", str(LI_NA.birth_year))
    page.fill("#id_phone", LI_NA.phone)
    forward(page)
    page.check("input[name=topic][value=card_renewal]")
    ends = localdate() + timedelta(days=20)
    page.fill("#id_stay_until", ends.isoformat())
    forward(page)
    for _living_and_papers in range(2):
        forward(page)
    page.fill("#id_wishes", "请在下午来。")
    forward(page)
    expect(page.get_by_text(LI_NA.name).first).to_be_visible()
    forward(page)

    # Then the city has it in her language, and answers in it
    asked = VisitRequest.objects.get()
    expect(page.get_by_text(asked.reference).first).to_be_visible()
    assert (asked.stay_until, asked.how) == (ends, "web")
    assert asked.person.contact.language == "zh-hans"
    call_command("deliver_messages", once=True, verbosity=0)
    told = Message.objects.get(contact=asked.person.contact)
    assert (told.channel, told.state, told.language) == ("sms", "sent", "zh-hans")
