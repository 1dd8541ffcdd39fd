"""An officer plans Tuesday with two teams; a manager sees what came of it, and no names."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from notifications.actions import contacts
from outreach.classes.models import ClassSession
from outreach.people.models import Person
from outreach.places.models import District
from outreach.visits.actions import requests
from outreach.visits.models import Team, Visit, VisitRequest
from tests.journeys.conftest import PHONE

NAMES = ("雪沢ハル", "黒土健", "山瀬明子", "柴内スミ")
OTHERS = 8
TUESDAY = 1
Asked = list[VisitRequest]


@pytest.fixture
def asked(town: ClassSession) -> Asked:
    """Four people of the town who have asked for a visit."""
    District.objects.update(latitude=40.19, longitude=140.79)
    return [ask(name, town) for name in NAMES]


def ask(name: str, town: ClassSession) -> VisitRequest:
    contact = contacts.record(name=name, language="ja")
    return requests.ask(
        person=Person.objects.create(name=name, contact=contact, district=town.venue.district),
        relation="self",
        asked_by=None,
        topic="first_card",
        submission=uuid4(),
        how="paper",
        now=timezone.now(),
    )


def next_tuesday() -> date:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return tomorrow + timedelta(days=(TUESDAY - tomorrow.weekday()) % 7)


def test_an_officer_plans_tuesday_with_two_teams(
    asked: Asked,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
    settings: Any,
) -> None:
    # Given two teams, neither of which has the time for all four
    settings.PLANNING_SECONDS = "0.2"
    Team.objects.create(name="第1班", longest_minutes=150)
    Team.objects.create(name="第2班", longest_minutes=150)
    tuesday = next_tuesday()

    # When the officer has the day proposed, keeps one visit and plans the others again
    page = logged_in("desk", f"/staff/visits/plan/{tuesday.isoformat()}/")
    page.locator("button:has(~ input[name=step][value=propose])").last.click()
    expect(page.locator("input[name=keep]")).to_have_count(len(NAMES))
    expect(page.locator("svg.day-plan__timeline")).to_be_visible()
    assert not Visit.objects.exists()
    row = page.locator("tr:has(input[name=keep])").first
    name, at = row.locator("a").inner_text(), row.locator("td").nth(1).inner_text()
    row.locator("input[name=keep]").check()
    page.locator("button[value=replan]").click()
    kept = page.locator("tr", has=page.get_by_role("link", name=name))
    expect(kept.locator("input[name=keep]")).to_be_checked()
    expect(kept.locator("td").nth(1)).to_have_text(at)
    accessible(page)
    page.locator("button[value=save]").click()

    # Then everybody has a time with one of the two teams, and the one that was kept is fixed
    expect(page.locator("input[name=proposal]")).to_have_count(0)
    planned = Visit.objects.filter(visit_on=tuesday, starts_at__isnull=False)
    assert {visit.request for visit in planned} == set(asked)
    assert planned.values("team").distinct().count() == 2
    assert planned.get(pinned=True).request.person.name == name


def test_a_manager_sees_figures_and_no_names(
    town: ClassSession,
    asked: Asked,
    logged_in: Callable[[str, str], Page],
    accessible: Callable[[Page], None],
) -> None:
    # Given twelve requests, two of which came by the website
    everybody = [*asked, *(ask(f"住民{number}号", town) for number in range(OTHERS))]
    VisitRequest.objects.filter(pk__in=[one.pk for one in asked[:2]]).update(how="web")

    # When the manager opens the figures from the menu
    page = logged_in("manager", "/staff/")
    page.locator("main a[href='/staff/visits/figures/']").first.click()

    # Then the whole is told, the two who came by the website are not, and nobody is named
    how = page.locator("section[aria-labelledby=table-how] tbody tr")
    expect(how.last.locator("td")).to_have_text(str(len(everybody)))
    expect(how.first.locator("td [aria-hidden]")).to_have_text("…")
    expect(page.locator("svg.month-chart rect")).to_have_count(1)
    accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with page.expect_download() as download:
        page.locator("a[href*='figures/file']").click()
    told = page.content() + Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert str(len(everybody)) in told
    for request in everybody:
        assert request.person.name not in told
        assert request.reference not in told
