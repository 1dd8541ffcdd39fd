"""The manager works with the map: finds a district, changes the date, prints it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from config.roles import create_roles
from tests.maps.town import COUNTS, COUNTS_LATER, FIRST, SECOND, count, draw_town

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<img src=x onerror=alert(1)>{{ 7*7 }}"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A manager's page, in English; a fault in a script fails the test."""
    create_roles()
    manager = User.objects.create_user("kacho")
    manager.groups.add(Group.objects.get(name="manager"))
    UserProfile.objects.create(user=manager, preferred_language="en")
    client = Client()
    client.force_login(manager)
    cookie = client.cookies["sessionid"].value
    faults: list[str] = []
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    # Nothing may still be under way on the server when its database goes.
    page.wait_for_load_state("networkidle")
    context.close()
    assert not faults


@pytest.fixture
def opened(page: Page, now: datetime) -> Page:
    """The map of the first date, a district with a hostile name on it."""
    draw_town(now=now, name=HOSTILE)
    count(FIRST, COUNTS)
    count(SECOND, COUNTS_LATER)
    page.goto(f"/staff/coverage/?as_of={FIRST}")
    expect(page.locator("#coverage-map")).to_have_attribute("data-drawn", "3")
    return page


def test_every_district_is_drawn_in_the_colour_of_its_class(opened: Page) -> None:
    colours = opened.evaluate(
        """() => {
          const canvas = document.querySelector("#map_coverage canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] === 255) seen.add([data[at], data[at + 1], data[at + 2]].join());
          }
          return [...seen];
        }"""
    )

    # 76.4 % and 90.0 %: the ground of patterns 1 and 7; the third was not counted: white.
    assert {"222,235,247", "8,48,107", "255,255,255"} <= set(colours)


def test_a_districts_name_is_text_on_the_map(opened: Page) -> None:
    opened.get_by_role("link", name=HOSTILE).press("Enter")

    tooltip = opened.locator(".leaflet-tooltip")
    expect(tooltip.locator("strong")).to_have_text(HOSTILE)
    expect(tooltip).to_contain_text("76.4 % (764 cards / 1,000 residents)")
    expect(tooltip.locator("img")).to_have_count(0)
    expect(opened.locator("#coverage-news")).to_contain_text(HOSTILE)


def test_a_district_that_was_not_counted_says_so_on_the_map(opened: Page) -> None:
    opened.get_by_role("link", name="大湯").click()

    expect(opened.locator(".leaflet-tooltip")).to_contain_text("not counted")


def test_another_date_brings_only_its_numbers(opened: Page) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))

    opened.locator("[name=as_of]").select_option(str(SECOND))
    opened.get_by_role("button", name="Show this date").click()

    expect(opened.locator("[data-sentence=summary]")).to_contain_text("1,350 cards")
    expect(opened.locator("[data-sentence=missing]")).to_be_hidden()
    rows = opened.locator("#coverage-table tbody tr")
    expect(rows.nth(2).locator("td")).to_have_text(["1,000", "900", "90.0", "0.0", "0"])
    expect(rows.nth(4).locator("td")).to_have_text(["0", "0", "–", "–", "0"])
    assert not [url for url in asked if "/maps/" in url or url.endswith(f"?as_of={FIRST}")]
    assert opened.url.endswith(f"?as_of={SECOND}")


def test_back_returns_to_the_date_before(opened: Page) -> None:
    opened.locator("[name=as_of]").select_option(str(SECOND))
    opened.get_by_role("button", name="Show this date").click()
    expect(opened.locator("[data-sentence=summary]")).to_contain_text("1,350 cards")

    opened.go_back()

    expect(opened.locator("[data-sentence=summary]")).to_contain_text("1,214 cards")
    expect(opened.locator("[name=as_of]")).to_have_value(str(FIRST))


def test_the_browser_writes_the_table_as_the_server_does(opened: Page) -> None:
    def cells() -> list[str]:
        return opened.locator("#coverage-table td").all_inner_texts()

    from_server = cells()
    for day in (SECOND, FIRST):
        opened.locator("[name=as_of]").select_option(str(day))
        opened.get_by_role("button", name="Show this date").click()
        expect(opened.locator("#coverage-map")).to_have_attribute("data-shown", str(day))

    assert cells() == from_server


def test_odd_counts_come_out_as_the_server_rounds_them(page: Page, now: datetime) -> None:
    # Halves, thirds, one card more than residents, a target that falls between two cards.
    odd = {"0520900100": (2000, 1001), "0520900200": (3, 4), "0520900300": (7, 6)}
    draw_town(now=now)
    count(FIRST, odd)
    count(SECOND, COUNTS)
    page.goto(f"/staff/coverage/?as_of={FIRST}")
    from_server = page.locator("#coverage-table td").all_inner_texts()
    page.goto(f"/staff/coverage/?as_of={SECOND}")
    expect(page.locator("#coverage-map")).to_have_attribute("data-drawn", "3")

    page.locator("[name=as_of]").select_option(str(FIRST))
    page.get_by_role("button", name="Show this date").click()
    expect(page.locator("#coverage-map")).to_have_attribute("data-shown", str(FIRST))

    assert page.locator("#coverage-table td").all_inner_texts() == from_server


def test_the_way_back_leads_to_the_first_page_of_the_staff(opened: Page) -> None:
    opened.get_by_role("link", name="First page").click()

    opened.wait_for_url("**/staff/")


def test_paper_gets_the_servers_picture_instead_of_the_map(opened: Page) -> None:
    opened.emulate_media(media="print")

    expect(opened.locator("#coverage-picture")).to_be_visible()
    expect(opened.locator("#coverage-map")).to_be_hidden()
    opened.wait_for_timeout(200)
    assert opened.locator("#coverage-picture").evaluate("picture => picture.naturalWidth") > 0


def test_without_scripts_the_picture_stands_in(opened: Page, live_server: LiveServer) -> None:
    context = opened.context.browser.new_context(
        java_script_enabled=False, base_url=live_server.url
    )
    context.add_cookies(opened.context.cookies())
    plain = context.new_page()

    plain.goto("/staff/coverage/", wait_until="networkidle")

    expect(plain.locator("#coverage-picture")).to_be_visible()
    context.close()
