"""Haru has a landline: she waits in a full class, is rung up when a seat comes free, presses 1."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.actions import consents
from notifications.links import resident_token
from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Offer, Registration
from outreach.people.actions import people
from outreach.people.models import Person
from tests.cast import HARU, LINH, Character
from tests.journeys.conftest import PHONE
from tests.journeys.test_booking_by_telephone import Keyboard
from tests.notifications.exchange import Exchange, running_exchange
from tests.notifications.twilio_calls_us import SITE, TOKEN, signature


@pytest.fixture
def exchange(settings: object) -> Iterator[Exchange]:
    """The telephone exchange the city calls through."""
    with running_exchange() as running:
        for name, value in {
            "SITE_URL": SITE,
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_VOICE_FROM": "+815000000000",
            "TWILIO_API_BASE": running.url,
        }.items():
            setattr(settings, name, value)
        yield running


class Telephone:
    """What the exchange does once somebody picks up: it asks our server what to say."""

    def __init__(self, page: Page, call: dict[str, str]) -> None:
        self._page = page
        self._sid = "CA" + "1" * 32
        self._ask(call["Url"], CallStatus="in-progress", AnsweredBy="human")

    def press(self, key: str) -> None:
        """A key, at the address that the words before have named."""
        gather = self._document.find("Gather")
        assert gather is not None
        self._ask(gather.attrib["action"], Digits=key)

    @property
    def said(self) -> str:
        return "\n".join(part.text or "" for part in self._document.iter("Say"))

    def _ask(self, address: str, **told: str) -> None:
        form = {"CallSid": self._sid, **told}
        parts = urlsplit(address)
        answer = self._page.request.post(
            f"{parts.path}?{parts.query}",
            form=form,
            headers={"X-Twilio-Signature": signature(address, form)},
        )
        assert answer.status == 200
        self._document = ElementTree.fromstring(answer.text())  # noqa: S314  (our own words)


def on_record(character: Character) -> Person:
    return people.identify(
        name=character.name,
        kana=character.kana,
        birth_year=character.birth_year,
        phone=parse_phone(character.phone),
        language=character.language,
    )


def test_a_full_class_the_line_an_offer_and_a_seat_taken_by_key(
    town: ClassSession,
    exchange: Exchange,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given a class whose only seat has gone, and Haru, who agreed that a machine may call
    now = timezone.now()
    ClassSession.objects.update(capacity=1)
    linh, haru = on_record(LINH), on_record(HARU)
    seated = registrations.register(
        session=town, person=linh, submission=uuid4(), how="web", now=now
    )
    consents.give(
        contact=haru.contact, purpose="automatic-call", how="in_person", wording="…", now=now
    )

    # When she calls the desk, and the officer books her by keyboard
    desk = logged_in("desk", reverse("desk_staff:phone_desk"))
    keys = Keyboard(desk)
    keys.type(HARU.phone)
    keys.enter()
    keys.enter()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    keys.enter()
    accessible(desk)
    keys.enter()

    # Then she is the first in line
    expect(desk.get_by_role("status")).to_contain_text("1")
    waiting = Registration.objects.get(person=haru)
    assert (waiting.state, waiting.place_in_line) == ("waiting", 1)
    call_command("deliver_messages", once=True, verbosity=0)

    # When Linh gives her seat back on her own page
    page = visit(f"/vi/my/{resident_token(linh.contact)}/", viewport=PHONE)
    page.locator("details summary").click()
    page.locator(f"form[action$='/registrations/{seated.pk}/cancel/'] button").click()
    expect(page.get_by_role("status")).to_be_visible()

    # Then a machine calls Haru and says until when the seat is kept
    call_command("deliver_messages", once=True, verbosity=0)
    offer = Offer.objects.get()
    message = Message.objects.get(reference=f"class-offer:{offer.pk}")
    assert (message.channel, message.state) == ("voice", "sent")
    call = exchange.posts[-1]
    assert call["To"] == "+81186000111"
    telephone = Telephone(page, call)
    until = timezone.localtime(offer.ends_at)
    assert f"{until.month}月{until.day}日" in telephone.said
    assert "いちを押してください" in telephone.said

    # When she presses 1
    telephone.press("1")

    # Then the seat is hers: on the telephone, on her own page, and on the list of the class
    assert "お席が決まりました" in telephone.said
    waiting.refresh_from_db()
    assert waiting.state == "registered"
    page = visit(f"/ja/my/{resident_token(haru.contact)}/", viewport=PHONE)
    expect(page.locator("main")).to_contain_text(waiting.reference)
    expect(page.locator("form[action$='/accept/']")).to_have_count(0)
    expect(page.locator("a[href$='/class.ics']")).to_be_visible()
    accessible(page)
    desk.goto(reverse("classes_staff:roster", args=[town.pk]))
    expect(desk.locator("main")).to_contain_text(re.compile(HARU.name))
