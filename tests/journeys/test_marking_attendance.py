"""Marking who came at a venue where the network comes and goes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.rules.phones import parse_phone
from outreach.classes.actions import registrations
from outreach.classes.models import Attendance, AttendanceMark, ClassSession, Registration
from outreach.people.actions import people
from tests.cast import AKIKO, HARU, LINH, Character
from tests.journeys.conftest import DESKTOP, PHONE


@pytest.fixture
def class_today(town: ClassSession) -> ClassSession:
    """The class of the town, begun ten minutes ago."""
    town.starts_at = timezone.now() - timedelta(minutes=10)
    town.ends_at = town.starts_at + timedelta(minutes=90)
    town.save(update_fields=["starts_at", "ends_at"])
    return town


def registered(session: ClassSession, character: Character) -> Registration:
    return registrations.register(
        session=session,
        person=people.identify(
            name=character.name,
            kana=character.kana,
            phone=parse_phone(character.phone),
            language=character.language,
        ),
        submission=uuid4(),
        how="phone",
        now=session.starts_at - timedelta(days=7),
    )


def tap(page: Page, registration: Registration, state: str) -> None:
    page.locator(f"button[value='{registration.pk}:{state}']").click()


def pressed(page: Page, registration: Registration, state: str) -> None:
    button = page.locator(f"button[value='{registration.pk}:{state}']")
    expect(button).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["telephone", "desktop"])
def test_marks_made_without_network_are_sent_once_when_it_is_back(
    class_today: ClassSession,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
    viewport: dict[str, int],
) -> None:
    # Given three people with a seat, and the page open by the door
    haru, akiko, linh = (registered(class_today, one) for one in (HARU, AKIKO, LINH))
    address = reverse("classes_staff:attendance", args=[class_today.pk])
    page = logged_in("desk", address)
    page.set_viewport_size(viewport)
    accessible(page)

    # When the network drops and the officer marks everybody, one of them twice
    page.context.set_offline(True)
    tap(page, haru, "present")
    tap(page, akiko, "present")
    tap(page, linh, "present")
    tap(page, linh, "absent")

    # Then the page shows it all and says that three marks wait
    pressed(page, haru, "present")
    pressed(page, linh, "absent")
    expect(page.locator("[data-count=present]")).to_have_text("2")
    expect(page.locator("#door-network")).to_contain_text("3")
    accessible(page)
    assert not AttendanceMark.objects.exists()

    # And what the browser keeps names nobody
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert str(haru.pk) in kept
    for character in (HARU, AKIKO, LINH):
        assert character.name not in kept
        assert character.phone not in kept

    # When the network is back
    with page.expect_response("**/attendance/marks/"):
        page.context.set_offline(False)
    expect(page.locator(".door__waits")).to_have_count(0)

    # Then each is on record once, with the last press, and nothing is left in the browser
    states = dict(Attendance.objects.values_list("registration", "state"))
    assert states == {haru.pk: "present", akiko.pk: "present", linh.pk: "absent"}
    assert AttendanceMark.objects.count() == 3
    assert (
        page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('todoke')).length") == 0
    )

    # And the page says the same when it is opened anew
    page.reload()
    pressed(page, linh, "absent")


def test_an_answer_that_gets_lost_leaves_one_mark(
    class_today: ClassSession, logged_in: Callable[[str, str], Page]
) -> None:
    # Given a network that takes the marks and loses the first answer
    haru = registered(class_today, HARU)
    page = logged_in("desk", reverse("classes_staff:attendance", args=[class_today.pk]))
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/attendance/marks/", lose_the_first)

    # When somebody is marked
    tap(page, haru, "present")
    expect(page.locator("#door-network")).to_contain_text("1")
    assert lost == [200]

    # Then the page sends the mark again when it is opened the next time, and it stays one
    with page.expect_response("**/attendance/marks/"):
        page.reload()
    expect(page.locator(".door__waits")).to_have_count(0)
    assert AttendanceMark.objects.count() == 1
    assert Attendance.objects.get().state == "present"

    # And where the browser stores nothing more, the open page sends what it holds itself
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    with page.expect_response("**/attendance/marks/"):
        tap(page, haru, "absent")
    expect(page.locator(".door__waits")).to_have_count(0)
    assert Attendance.objects.get().state == "absent"


def test_marks_survive_a_page_that_was_closed_and_a_log_in_that_ran_out(
    class_today: ClassSession, logged_in: Callable[[str, str], Page]
) -> None:
    # Given a mark made without network
    haru = registered(class_today, HARU)
    address = reverse("classes_staff:attendance", args=[class_today.pk])
    page = logged_in("desk", address)
    page.context.set_offline(True)
    tap(page, haru, "absent")
    pressed(page, haru, "absent")

    # When the log-in is gone by the time the network is back
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)

    # Then the page says so and keeps the mark
    expect(page.locator("#door-network")).to_have_text(
        page.locator("#door-network").get_attribute("data-log-in") or "?"
    )
    assert not AttendanceMark.objects.exists()

    # When the officer logs in again and opens the page
    page.context.add_cookies(cookies)
    with page.expect_response("**/attendance/marks/"):
        page.goto(address)

    # Then it is sent
    expect(page.locator(".door__waits")).to_have_count(0)
    assert Attendance.objects.get().state == "absent"


def test_without_script_the_buttons_are_a_plain_form(
    class_today: ClassSession,
    logged_in: Callable[[str, str], Page],
    visit: Callable[..., Page],
) -> None:
    # Given a browser that runs no script, logged in
    haru = registered(class_today, HARU)
    address = reverse("classes_staff:attendance", args=[class_today.pk])
    cookies = logged_in("desk", address).context.cookies()
    page = visit("/healthz", viewport=PHONE, script=False)
    page.context.add_cookies(cookies)
    page.goto(address)

    # When somebody is marked
    tap(page, haru, "present")

    # Then it is on record and shown
    pressed(page, haru, "present")
    assert Attendance.objects.get().state == "present"
