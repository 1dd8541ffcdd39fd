"""A real browser on a real server: the distribution's Chromium, and the town."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from config.roles import create_roles
from outreach.classes.models import ClassSession, Course
from outreach.places.models import BoundarySet, District, Venue
from tests.cast import STAFF
from tests.conftest import NOTHING_DRAWN
from tests.planted_site import Planting

PASSWORD = "journey-password-2026"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# WCAG 2.2 AA is the aim; "best-practice" rules are not part of it.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium is missing; `make test` installs it where it may.")
    # The sandbox does not start for root; nothing but our own pages is loaded.
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    opened = playwright.chromium.launch(executable_path=chromium, args=quiet)
    yield opened
    opened.close()


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open a path of the site in a fresh browser; the page refuses to speak to any other host."""
    contexts = []

    def go(path: str, *, viewport: dict[str, int] = DESKTOP, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=viewport, java_script_enabled=script, base_url=live_server.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: _refuse_strangers(request.url, live_server.url))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()


def _refuse_strangers(url: str, own: str) -> None:
    assert url.startswith((own, "data:", "blob:")), f"asked another host: {url}"


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fail when axe finds anything against WCAG 2.2 AA on the page."""
    axe = Axe()

    def check(page: Page) -> None:
        # What is still fading in has less contrast than what will stand there.
        page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
        found = axe.run(page, options=AXE_OPTIONS)
        assert not found.response["violations"], found.generate_report()

    return check


@pytest.fixture
def town(transactional_db: None, planting: Planting) -> ClassSession:
    """Guides published, one district, one venue, and a class in three weeks; returns the class."""
    planting.again()
    create_roles()
    boundaries = BoundarySet.objects.create(
        name="試験用",
        is_active=True,
        file_name="areas.geojson",
        drawing=NOTHING_DRAWN,
        drawing_hash="0",
    )
    hanawa = District.objects.create(
        boundary_set=boundaries, code="01", name="花輪", name_roman="Hanawa"
    )
    venue = Venue.objects.create(
        name_ja="花輪市民センター",
        name_vi="Trung tâm Công dân Hanawa",
        address_ja="花輪字八正寺13",
        district=hanawa,
    )
    course = Course.objects.create(
        slug="smartphone-basics",
        title_ja="はじめてのスマホ教室",
        title_vi="Lớp điện thoại thông minh cho người mới",
        summary_ja="ゆっくり学びます。",
        summary_vi="Học thong thả từng bước.",
    )
    starts_at = timezone.now() + timedelta(days=21)
    return ClassSession.objects.create(
        course=course,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        capacity=10,
    )


@pytest.fixture
def logged_in(visit: Callable[..., Page]) -> Callable[[str, str], Page]:
    """A staff member's browser: types name and password at the log-in page, then opens a path."""

    def go(role: str, path: str) -> Page:
        user, created = User.objects.get_or_create(username=STAFF[role])
        if created:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=role))
        page = visit("/staff/login/")
        page.fill("input[name=username]", STAFF[role])
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/staff/")
        page.goto(path)
        return page

    return go
