"""Li Na books a time at the counter in Chinese on her phone; an officer calls her to a booth."""

from collections.abc import Callable
from datetime import time

from django.utils import timezone
from playwright.sync_api import Page, expect

from outreach.classes.models import ClassSession
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint
from tests.cast import LI_NA
from tests.journeys.conftest import PHONE


def forward(page: Page) -> None:
    page.locator("main form .buttons button").first.click()


def test_a_chinese_resident_books_on_a_phone_and_is_called_to_a_booth(
    town: ClassSession,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given a counter that is open all day today, with two booths
    point = ReceptionPoint.objects.create(
        kind="counter",
        venue=town.venue,
        name_ja="マイナンバーカード窓口",
        name_zh_hans="个人编号卡窗口",
        booths=2,
        renew_certificate_minutes=10,
    )
    OpeningDay.objects.create(
        point=point,
        venue=town.venue,
        on=timezone.localdate(),
        opens=time(0),
        closes=time(23, 55),
        booths=2,
        planned_at=timezone.now(),
    )
    page = visit("/zh-hans/counters/", viewport=PHONE)
    accessible(page)
    page.locator(f"a[href$='/counters/{point.pk}/book/']").click()

    # When she says what for, forgets the day, and then answers page by page
    page.check("input[name=service]")
    forward(page)
    forward(page)
    expect(page.locator(".error-summary")).to_be_focused()
    accessible(page)
    page.check("input[name=day]")
    forward(page)
    page.locator("input[name=time]").last.check()
    accessible(page)
    forward(page)
    page.check("input[name=relation][value=self]")
    forward(page)
    page.fill("#id_name", LI_NA.name)
    forward(page)
    page.fill("#id_phone", LI_NA.phone)
    forward(page)
    expect(page.get_by_text(LI_NA.name)).to_be_visible()
    accessible(page)
    page.locator("button[value=send]").last.click()

    # Then she has a reference on a page she can keep
    appointment = Appointment.objects.get()
    expect(page.get_by_text(appointment.reference).first).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # And the officer at booth 2 takes her over and calls her, by keyboard
    desk = logged_in("desk", f"/staff/reception/{appointment.day_id}/?booth=2")
    desk.locator("form[action$='/take/'] button").press("Enter")
    call = desk.locator("form[action$='/call/'] button")
    accessible(desk)
    call.press("Enter")
    expect(desk.locator("form[action$='/finish/'] button")).to_be_visible()
    desk.goto(f"/staff/reception/{appointment.day_id}/waiting-room/")
    expect(desk.get_by_text(appointment.reference)).to_be_visible()
    accessible(desk)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.booth) == ("called", 2)
