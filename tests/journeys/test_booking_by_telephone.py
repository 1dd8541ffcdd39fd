"""An 82-year-old with a landline calls the city and is booked in one screen, by keyboard alone.

The keys are counted. At an unhurried 2 keys a second, and with the time a caller needs to answer,
the screen has to stay far below 60 seconds.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from outreach.people.models import AccessRecord, Person
from tests.cast import HARU

KEYS_FOR_SOMEBODY_KNOWN = 20
KEYS_FOR_SOMEBODY_NEW = 75


class Keyboard:
    """The officer's hands: nothing but keys, each counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0
        self.wait_for_focus()

    def wait_for_focus(self) -> None:
        """The page puts the focus where the next answer goes."""
        expect(self.page.locator("[autofocus]").first).to_be_focused()

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.pressed += 1

    def enter(self) -> None:
        """Press Enter and wait for the page it brings."""
        with self.page.expect_navigation():
            self.press("Enter")
        self.wait_for_focus()

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.pressed += len(words)


@pytest.fixture
def haru(town: ClassSession) -> Person:
    return people.identify(
        name=HARU.name,
        kana=HARU.kana,
        birth_year=HARU.birth_year,
        phone=parse_phone(HARU.phone),
        language=HARU.language,
    )


def test_an_82_year_old_with_a_landline_is_booked_by_the_desk_in_one_screen(
    town: ClassSession,
    haru: Person,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given somebody on record who calls, with a namesake in town
    people.identify(name="雪沢ハル", kana="ユキサワハル", birth_year=1951, language="ja", email="")
    screen = reverse("desk_staff:phone_desk")
    page = logged_in("desk", screen)
    keys = Keyboard(page)
    accessible(page)

    # When the officer types how the name begins
    keys.type("ゆきさわ")
    keys.enter()

    # Then both stand there with the year of birth, and the first of them has the focus
    expect(page.locator(".phone-desk__people")).to_contain_text("1944")
    expect(page.locator(".phone-desk__people")).to_contain_text("1951")
    expect(page.locator(f"button[value='{haru.pk}']")).to_be_focused()
    accessible(page)

    # When she is chosen, and the class, and that she borrows no handset
    keys.enter()
    expect(page.locator("input[name=session]").first).to_be_focused()
    accessible(page)
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    keys.enter()

    # Then there is a sentence to say aloud
    said = page.locator(".phone-desk__say")
    expect(said).to_contain_text(HARU.name)
    expect(said).to_contain_text("はじめてのスマホ教室")
    expect(said).to_contain_text("職員から0186-00-0111へのお電話で")
    accessible(page)

    # When she says yes
    keys.enter()

    # Then the reference stands there to be read out, and the next caller can be typed
    registration = Registration.objects.get()
    assert (registration.person, registration.how) == (haru, "phone")
    expect(page.locator(".phone-desk__reference")).to_have_text(registration.reference)
    expect(page.locator("input[name=said]")).to_be_focused()
    assert page.url.endswith(reverse("desk_staff:booked", args=[registration.pk]))
    accessible(page)

    # And it took few keys, no e-mail, no call back, and left a trace
    assert keys.pressed <= KEYS_FOR_SOMEBODY_KNOWN
    assert Message.objects.get().state == Message.State.SENT
    seen = AccessRecord.objects.filter(person=haru).values_list("action", flat=True)
    assert {"search", "view", "change"} <= set(seen)


def test_somebody_the_city_has_never_heard_of_is_booked_without_a_mouse_or_script(
    town: ClassSession,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given nobody on record
    page = logged_in("desk", reverse("desk_staff:phone_desk"))
    keys = Keyboard(page)

    # When a name is looked up in vain, the person is new, and tells name, year and number
    keys.type("ゆきさわはる")
    keys.enter()
    expect(page.locator("button[value=new]")).to_be_focused()
    keys.enter()
    expect(page.locator("input[name=name]")).to_be_focused()
    accessible(page)
    keys.type(HARU.name)
    keys.press("Tab", 2)
    keys.type("0186000111")
    keys.press("Tab")
    keys.type("S19")
    keys.enter()

    # And chooses the class and a number to be called by a machine
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    while not page.evaluate("document.activeElement.name === 'takes_calls'"):
        keys.press("Tab")
    keys.press("Space")
    accessible(page)
    keys.enter()
    expect(page.locator(".phone-desk__say")).to_contain_text("自動音声のお電話で")
    keys.enter()

    # Then the seat is kept, with the reading from the search and the spoken yes
    person = Person.objects.get()
    assert (person.kana, person.birth_year) == ("ユキサワハル", 1944)
    assert HARU.phone in person.contact.consents.get().wording
    expect(page.locator(".phone-desk__reference")).to_have_text(
        Registration.objects.get().reference
    )
    assert keys.pressed <= KEYS_FOR_SOMEBODY_NEW
