"""The staff site as a whole: each role finds its work on the first page, in Japanese."""

import re
from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.staff_tasks import TASKS

LogIn = Callable[[str], Client]

OPENED = {
    "desk": {
        "desk_staff:phone_desk",
        "desk_staff:tasks",
        "desk_staff:people",
        "desk_staff:not_reached",
        "classes_staff:sessions",
        "reception_staff:days",
        "reception_staff:where_next",
        "visits_staff:new",
        "visits_staff:requests",
        "visits_staff:today",
        "desk_staff:outbox",
        "desk_staff:announcements",
        "desk_staff:sending",
        "desk_staff:hand_overs",
        "classes_staff:figures",
        "visits_staff:figures",
    },
    "visitor": {"visits_staff:today"},
    "manager": {
        "maps_staff:coverage",
        "desk_staff:sending",
        "classes_staff:figures",
        "visits_staff:figures",
        "reception_staff:where_next",
    },
    "editor": {"wagtailadmin_explore_root"},
    "translator": {"wagtailadmin_explore_root"},
    "admin": {task.view for task in TASKS},
}


@pytest.mark.parametrize("role", OPENED)
def test_the_first_page_offers_what_a_role_may_open_and_nothing_else(
    log_in: LogIn, role: str
) -> None:
    client = log_in(role)
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    section = shown.split('<ul class="tasks">')[1].split("</ul>")[0]
    links = set(re.findall(r'<a href="([^"]+)"', section))
    assert links == {reverse(view) for view in OPENED[role]}
    for link in links:
        assert client.get(link, follow=True).status_code == 200


def test_the_help_menu_does_not_lead_to_the_makers_of_the_tool(log_in: LogIn) -> None:
    shown = log_in("desk").get(reverse("wagtailadmin_home")).content.decode()
    assert "whats-new-in-wagtail" not in shown
    assert "editor-guide" not in shown


def test_wagtails_own_words_are_japanese(log_in: LogIn) -> None:
    shown = log_in("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert "すべてのページから検索" in shown
    assert "Search all pages" not in shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        pytest.param("{{ at|day }}", "2026年10月1日（木）", id="day"),
        pytest.param("{{ at|moment }}", "2026年10月1日（木） 10:00", id="moment"),
        pytest.param("{{ nothing|day }}{{ nothing|moment }}", "", id="nothing"),
    ],
)
def test_days_carry_their_weekday(now: object, template: str, shown: str) -> None:
    source = "{% load staff_dates %}" + template
    # Whichever language the last request left active in this thread.
    with translation.override("ja"):
        assert Template(source).render(Context({"at": now, "nothing": None})) == shown
