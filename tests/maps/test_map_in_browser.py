"""The map itself, in Chromium: drawn from the files the server gives, names as typed."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from outreach.coverage.models import Batch
from outreach.places.models import BoundarySet
from tests.maps.conftest import COUNTS, FIRST, SECOND

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = "<img src=x onerror=alert(1)>{{ 7*7 }}"


@pytest.fixture
def page(
    live_server: LiveServer, staff: Callable[[str], User], log_in: Callable[[str], Client]
) -> Iterator[Page]:
    """A manager's browser; a fault in a script fails the test."""
    UserProfile.objects.create(user=staff("manager"), preferred_language="en")
    cookie = log_in("manager").cookies["sessionid"].value
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        browser.close()
    assert not faults


@pytest.fixture
def opened(page: Page, draw_town: Callable[..., BoundarySet], count: Callable[..., Batch]) -> Page:
    """The map of the first date, a district with a hostile name on it."""
    draw_town(name=HOSTILE)
    count(FIRST, COUNTS)
    count(SECOND, {**COUNTS, "0520900100": (1000, 900), "0520900300": (0, 0)})
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
    assert not [url for url in asked if "geojson" in url or url.endswith(f"?as_of={FIRST}")]
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

    plain.goto("/staff/coverage/")

    expect(plain.locator("#coverage-picture")).to_be_visible()
    context.close()
