"""A daughter in another town asks for her mother; the desk plans the visit; the team goes out."""

from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from notifications.models import Message
from outreach.classes.models import ClassSession
from outreach.visits.models import Team, Visit, VisitRequest
from tests.cast import AKIKO, HARU
from tests.journeys.conftest import PHONE


def forward(page: Page) -> None:
    page.locator("main form .buttons button").first.click()


def test_a_daughter_asks_and_staff_plan_the_visit(
    town: ClassSession,
    visit: Callable[..., Page],
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given the daughter opens the form on her phone, and nothing is filled in
    page = visit("/ja/visits/request/", viewport=PHONE)
    accessible(page)
    forward(page)
    expect(page.locator(".error-summary")).to_be_focused()

    # When she answers page by page
    page.check("input[name=relation][value=family]")
    forward(page)
    page.fill("#id_asker_name", AKIKO.name)
    page.fill("#id_asker_phone", AKIKO.phone)
    accessible(page)
    forward(page)
    page.fill("#id_name", HARU.name)
    page.fill("#id_kana", HARU.kana)
    page.fill("#id_phone", HARU.phone)
    page.fill("#id_birth_year", "昭和19年")
    accessible(page)
    forward(page)
    page.check("input[name=topic][value=first_card]")
    accessible(page)
    forward(page)
    page.check("input[name=moved_recently][value=no]")
    forward(page)
    page.check("input[name=identity][value=b]")
    forward(page)
    page.fill("#id_companion", "山瀬明子（娘）")
    page.fill("#id_wishes", "午前中に来てほしいです。")
    accessible(page)
    forward(page)
    expect(page.get_by_text(HARU.name).first).to_be_visible()
    accessible(page)
    forward(page)

    # Then she has a reference, and both are on record
    asked = VisitRequest.objects.get()
    expect(page.get_by_text(asked.reference).first).to_be_visible()
    accessible(page)
    assert (asked.person.name, asked.person.birth_year) == (HARU.name, 1944)
    assert asked.asked_by is not None
    assert asked.asked_by.name == AKIKO.name

    # When the desk puts it on a day and a team
    team = Team.objects.create(name="訪問1班")
    day = localdate() + timedelta(days=7)
    desk = logged_in("desk", "/staff/visits/")
    desk.get_by_role("link", name=asked.reference).click()
    desk.select_option("select[name=team]", str(team.pk))
    desk.fill("input[name=visit_on]", f"令和{day.year - 2018}年{day.month}月{day.day}日")
    desk.check("input[name=time_slot][value=am]")
    desk.locator("form:has(select[name=team]) button[type=submit]").first.click()

    # Then the day list holds it, the daughter is told, and a colleague is to call the mother
    planned = Visit.objects.get()
    assert planned.visit_on == day
    desk.goto(f"/staff/visits/days/{day.isoformat()}/")
    expect(desk.get_by_text(HARU.name).first).to_be_visible()
    call_command("deliver_messages", once=True, verbosity=0)
    told = set(Message.objects.values_list("contact__name", "channel", "state"))
    assert (HARU.name, "call", "held") in told
    assert (AKIKO.name, "sms", "sent") in told
