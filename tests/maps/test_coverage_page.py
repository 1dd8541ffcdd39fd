import json
import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.users.models import UserProfile

from outreach.places.actions import boundaries
from outreach.places.features import Feature
from outreach.places.models import BoundarySet, Venue
from tests.maps.town import FIRST, SECOND, count, draw_town

pytestmark = pytest.mark.django_db
PAGE = "/staff/coverage/"
ADDRESSES = [PAGE, f"{PAGE}table/", f"{PAGE}numbers.json", f"{PAGE}map.svg"]
TRICKS = ["{{ 7*7 }}", "{% raw %}", "<script>alert(1)</script>", "</script><b>", "'\"&"]


class Rows(HTMLParser):
    """The cells of every table row of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr":
            self.rows.append([])
        self._in_cell = tag in ("td", "th") or (self._in_cell and tag == "a")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data


def rows_of(page: str) -> list[list[str]]:
    parser = Rows()
    parser.feed(re.search(r'<table class="coverage-table".*?</table>', page, re.DOTALL).group())
    return parser.rows[1:]


@pytest.fixture
def manager(log_in: Callable[[str], Client], staff: Callable[[str], User]) -> Client:
    """A manager who reads English, so that the sentences here are the ones in the code."""
    UserProfile.objects.create(user=staff("manager"), preferred_language="en")
    return log_in("manager")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["desk", "visitor", "editor", "translator"])
def test_others_on_the_staff_may_not_see_the_numbers(
    town: BoundarySet, log_in: Callable[[str], Client], role: str, address: str
) -> None:
    assert log_in(role).get(address).status_code in (302, 403)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_is_sent_to_log_in(town: BoundarySet, client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_newest_date_is_shown_first(town: BoundarySet, manager: Client) -> None:
    page = manager.get(PAGE).content.decode()

    assert "1,350 cards" in page
    assert "/ 1,500 residents" in page
    assert "= 90.0 %" in page


def test_the_table_holds_every_number_of_the_date_asked_for(
    town: BoundarySet, manager: Client
) -> None:
    page = manager.get(PAGE, {"as_of": FIRST}).content.decode()

    assert rows_of(page) == [
        ["鹿角市", "1,500", "1,214", "80.9", "9.1", "136"],
        ["花輪町", "1,500", "1,214", "80.9", "9.1", "136"],
        ["花輪", "1,000", "764", "76.4", "13.6", "136"],
        ["尾去沢", "500", "450", "90.0", "0.0", "0"],
        ["大湯", "not counted", "–", "–", "–", "–"],
    ]


def test_a_district_that_was_not_counted_is_named(town: BoundarySet, manager: Client) -> None:
    assert (
        "Not counted, and not in the sums: 大湯."
        in manager.get(PAGE, {"as_of": FIRST}).content.decode()
    )


def test_a_district_where_nobody_lives_is_not_missing(town: BoundarySet, manager: Client) -> None:
    page = manager.get(PAGE, {"as_of": SECOND}).content.decode()

    assert ["大湯", "0", "0", "–", "–", "0"] in rows_of(page)
    assert "Not counted" not in page


@pytest.mark.parametrize("asked", ["2020-01-01", "yesterday", "{{ 7*7 }}"])
def test_a_date_without_counts_is_refused_in_words_and_the_newest_is_shown(
    town: BoundarySet, manager: Client, asked: str
) -> None:
    response = manager.get(PAGE, {"as_of": asked})

    assert response.status_code == 400
    page = response.content.decode()
    assert "There are no counts of this date." in page
    assert "= 90.0 %" in page


@pytest.mark.parametrize("name", ["numbers.json", "map.svg", "table/"])
def test_other_views_of_a_date_without_counts_are_not_there(
    town: BoundarySet, manager: Client, name: str
) -> None:
    response = manager.get(f"{PAGE}{name}", {"as_of": "2020-01-01"})

    assert response.status_code == 404
    assert "There are no counts of this date." in response.content.decode()


def test_before_the_first_boundaries_the_page_says_what_to_do(db: None, manager: Client) -> None:
    page = manager.get(PAGE).content.decode()

    assert "There are no district boundaries yet." in page
    assert "There are no counts yet." in page
    assert manager.get(f"{PAGE}map.svg").status_code == 404


def test_before_the_first_counts_every_district_is_missing(now: datetime, manager: Client) -> None:
    draw_town(now=now)

    page = manager.get(PAGE).content.decode()

    assert len([row for row in rows_of(page) if row[1] == "not counted"]) == 5
    numbers = json.loads(manager.get(f"{PAGE}numbers.json").content)
    assert numbers["residents"] == [None] * 5


def test_a_schematic_set_says_so(town: BoundarySet, manager: Client) -> None:
    BoundarySet.objects.update(is_schematic=True)

    assert "schematic" in manager.get(PAGE).content.decode()


def test_numbers_stand_in_the_order_of_the_table(town: BoundarySet, manager: Client) -> None:
    numbers = json.loads(manager.get(f"{PAGE}numbers.json", {"as_of": FIRST}).content)

    assert numbers["residents"] == [1000, 500, None, 1500, 1500]
    assert numbers["cards"] == [764, 450, None, 1214, 1214]
    assert numbers["drawing"] == town.drawing_hash
    assert "80.9 %" in numbers["sentences"]["summary"]


def test_numbers_may_be_differences_to_another_date(town: BoundarySet, manager: Client) -> None:
    asked = {"as_of": SECOND, "from": FIRST}

    numbers = json.loads(manager.get(f"{PAGE}numbers.json", asked).content)

    # The third district was not counted on the first date: its difference is to nothing.
    assert numbers["residents"] == [0, 0, 0, 0, 0]
    assert numbers["cards"] == [136, 0, 0, 136, 136]


def test_a_district_not_counted_is_no_difference(town: BoundarySet, manager: Client) -> None:
    asked = {"as_of": FIRST, "from": SECOND}

    numbers = json.loads(manager.get(f"{PAGE}numbers.json", asked).content)

    assert numbers["residents"][2] is None


def test_a_difference_to_a_date_without_counts_is_refused(
    town: BoundarySet, manager: Client
) -> None:
    asked = {"as_of": FIRST, "from": "2020-01-01"}

    assert manager.get(f"{PAGE}numbers.json", asked).status_code == 404


def test_known_numbers_are_not_sent_again(town: BoundarySet, manager: Client) -> None:
    address = f"{PAGE}numbers.json?as_of={FIRST}"
    tag = manager.get(address)["ETag"]

    assert manager.get(address, headers={"if-none-match": tag}).status_code == 304
    assert manager.get(address).status_code == 200
    assert manager.get(f"{PAGE}numbers.json?as_of={SECOND}")["ETag"] != tag


def test_the_picture_has_the_same_classes_as_the_numbers(
    town: BoundarySet, manager: Client
) -> None:
    picture = manager.get(f"{PAGE}map.svg", {"as_of": FIRST})

    assert picture["Content-Type"] == "image/svg+xml"
    found = re.findall(
        r'fill="url\(#coverage-pattern-(\w+)\)"><title>(\S+)', picture.content.decode()
    )
    assert found == [("1", "花輪"), ("7", "尾去沢"), ("missing", "大湯</title></path>")]


def test_the_pictures_legend_names_every_pattern_there_is(
    town: BoundarySet, manager: Client
) -> None:
    picture = manager.get(f"{PAGE}map.svg").content.decode()

    patterns = set(re.findall(r'<pattern id="([\w-]+)"', picture))
    assert patterns == set(
        re.findall(r'<rect width="36" height="22" fill="url\(#([\w-]+)\)"', picture)
    )


def test_a_page_takes_few_queries_however_many_dates(town: BoundarySet, manager: Client) -> None:
    manager.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        manager.get(PAGE)

    ours = [query for query in queries if "places_" in query["sql"] or "coverage_" in query["sql"]]
    assert len([query for query in ours if "auth_" not in query["sql"]]) <= 6


@pytest.mark.parametrize("typed", TRICKS)
def test_names_come_out_as_typed_on_every_page(
    now: datetime,
    manager: Client,
    typed: str,
) -> None:
    boundary_set = draw_town(
        now=now, name=typed, parent=f"上{typed}", credit=f"出{typed}", title=f"組{typed}"
    )
    count(FIRST, {"0520900100": (1000, 700)})

    page = manager.get(PAGE).content.decode()
    picture = manager.get(f"{PAGE}map.svg").content.decode()
    outlines = manager.get(f"/maps/districts-{boundary_set.drawing_hash}.geojson").content

    assert json.loads(outlines)["features"][0]["properties"]["name"] == typed
    for words in (typed, f"上{typed}"):
        assert words in [row[0] for row in rows_of(page)]
    for words in (f"出{typed}", f"組{typed}"):
        assert escape(words) in page
        assert escape(words) in picture
    assert escape(typed) in picture
    assert "<script>alert" not in page + picture


@pytest.mark.parametrize("typed", TRICKS)
def test_names_in_the_pages_data_cannot_end_their_script(
    now: datetime, manager: Client, typed: str
) -> None:
    draw_town(now=now, credit=typed)

    page = manager.get(PAGE).content.decode()
    [data] = re.findall(r'<script id="coverage-data" type="application/json">(.*?)</script>', page)

    assert json.loads(data)["credit"] == typed


@pytest.mark.parametrize("typed", TRICKS)
def test_a_venues_name_comes_out_as_typed_where_staff_list_venues(
    log_in: Callable[[str], Client], db: None, typed: str
) -> None:
    Venue.objects.create(name_ja=typed)

    page = log_in("admin").get("/staff/snippets/places/venue/").content.decode()

    assert escape(typed) in page


def test_tiles_come_only_from_the_host_the_city_names(
    town: BoundarySet, manager: Client, settings: Any
) -> None:
    assert "tiles.example" not in manager.get(PAGE)["Content-Security-Policy"]

    settings.TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    response = manager.get(PAGE)

    assert "https://tiles.example.org" in response["Content-Security-Policy"]
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in response.content.decode()


def test_a_prefecture_shows_the_districts_in_most_need_beside_the_map(
    db: None, manager: Client, now: datetime
) -> None:
    features = [Feature(f"{n:04d}", f"第{n}地区") for n in range(401)]
    boundaries.replace(name="県", features=features, file_name="a", sha256="b", now=now)
    count(FIRST, {f"{n:04d}": (1000, 900 - n) for n in range(401)})

    beside = rows_of(manager.get(PAGE).content.decode())
    full = rows_of(manager.get(f"{PAGE}table/").content.decode())

    assert [row[0] for row in beside[1:4]] == ["第400地区", "第399地区", "第398地区"]
    assert len(beside) == 1 + 50
    assert len(full) == 1 + 401
