"""The outlines as the map's script draws them."""

import gzip
import json
from datetime import datetime

import pytest
from django.test import Client

from maps.rules.svg_paths import rings, svg_path
from maps.rules.web_mercator import WORLD, spot
from outreach.places.actions import boundaries
from outreach.places.features import Feature
from outreach.places.models import BoundarySet
from tests.maps.town import square

GZIP = {"accept-encoding": "gzip, br"}


def address(boundary_set: BoundarySet) -> str:
    return f"/maps/paths-1-{boundary_set.drawing_hash}.json"


def test_the_middle_of_the_map_is_where_the_equator_meets_greenwich() -> None:
    assert spot(0, 0) == (WORLD // 2, WORLD // 2)


def test_the_corners_of_the_map_are_where_web_mercator_ends() -> None:
    assert spot(-180, 85.0511287798066) == (0, 0)
    assert spot(180, -85.0511287798066) == (WORLD, WORLD)


def test_a_path_goes_from_corner_to_corner_in_steps_and_closes() -> None:
    assert svg_path([(5, 5), (9, 5), (9, 5), (9, 8), (5, 5)]) == "M5 5l4 0 0 3 -4 -3z"


def test_a_line_too_small_to_see_has_no_path() -> None:
    assert svg_path([(5, 5), (5, 5), (6, 5), (6, 5)]) == ""


def test_holes_and_islands_are_lines_of_their_own() -> None:
    outer, hole, island = [[0, 0]], [[1, 1]], [[2, 2]]

    assert list(rings({"type": "Polygon", "coordinates": [outer, hole]})) == [outer, hole]
    parts = {"type": "MultiPolygon", "coordinates": [[outer, hole], [island]]}
    assert list(rings(parts)) == [outer, hole, island]


@pytest.mark.django_db
def test_every_district_comes_with_its_place_on_a_web_map(
    town: BoundarySet, client: Client
) -> None:
    response = client.get(address(town), headers=GZIP)

    assert response["Content-Type"] == "application/json"
    body = json.loads(gzip.decompress(response.content))
    left, top = spot(140.78, 40.20)
    right, bottom = spot(140.80, 40.18)
    across, down = right - left, bottom - top
    assert body["zoom"] == 17
    assert body["origin"] == [left, top]
    code, name, box, path = body["districts"][0]
    assert (code, name, box) == ("0520900100", "花輪", [0, 0, across, down])
    assert path == f"M0 {down}l{across} 0 0 {-down} {-across} 0 0 {down}z"
    assert [name for _, name, *_ in body["districts"]] == ["花輪", "尾去沢", "大湯"]


@pytest.mark.django_db
def test_a_district_without_an_outline_is_left_out(now: datetime, client: Client) -> None:
    drawn = boundaries.replace(
        name="大字",
        features=[Feature("1", "花輪", geometry=square(0)), Feature("2", "尾去沢")],
        file_name="areas.geojson",
        sha256="1",
        now=now,
    )

    body = client.get(address(drawn)).json()

    assert [code for code, *_ in body["districts"]] == ["1"]


@pytest.mark.django_db
def test_where_no_district_has_an_outline_nothing_is_drawn(now: datetime, client: Client) -> None:
    bare = boundaries.replace(
        name="大字",
        features=[Feature("1", "花輪")],
        file_name="areas.geojson",
        sha256="1",
        now=now,
    )

    assert client.get(address(bare)).json()["districts"] == []


@pytest.mark.django_db
def test_paths_are_kept_for_a_year_and_known_by_their_tag(
    town: BoundarySet, client: Client
) -> None:
    response = client.get(address(town), headers=GZIP)

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address(town), headers={**GZIP, "if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
def test_paths_of_an_unknown_set_are_not_there(client: Client) -> None:
    response = client.get(f"/maps/paths-1-{'0' * 64}.json")

    assert response.status_code == 404
    assert "import_boundaries" in response.content.decode()
