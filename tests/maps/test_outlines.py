import gzip
import json
from datetime import datetime

import pytest
from django.test import Client

from outreach.places.models import BoundarySet
from tests.maps.town import draw_town

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip, br"}


def test_anybody_gets_the_outlines_and_no_numbers(town: BoundarySet, client: Client) -> None:
    response = client.get("/maps/districts.geojson", headers=GZIP)

    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"] == f'"{town.drawing_hash}"'
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Accept-Encoding" in response["Vary"]
    collection = json.loads(gzip.decompress(response.content))
    assert [set(feature["properties"]) for feature in collection["features"]] == [
        {"code", "name"}
    ] * 3


def test_the_stored_bytes_travel_as_they_are(town: BoundarySet, client: Client) -> None:
    response = client.get("/maps/districts.geojson", headers=GZIP)

    assert response.content == bytes(BoundarySet.objects.get().drawing)


def test_a_client_without_gzip_gets_them_unpacked(town: BoundarySet, client: Client) -> None:
    response = client.get("/maps/districts.geojson")

    assert "Content-Encoding" not in response
    assert json.loads(response.content)["type"] == "FeatureCollection"


def test_a_browser_that_has_them_gets_304(town: BoundarySet, client: Client) -> None:
    known = {**GZIP, "if-none-match": f'"{town.drawing_hash}"'}

    response = client.get("/maps/districts.geojson", headers=known)

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == f'"{town.drawing_hash}"'


def test_a_version_is_kept_for_a_year(town: BoundarySet, client: Client) -> None:
    response = client.get(f"/maps/districts-{town.drawing_hash}.geojson", headers=GZIP)

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_former_version_is_still_there(town: BoundarySet, now: datetime, client: Client) -> None:
    draw_town(now=now, name="新しい花輪", title="新しい大字")

    response = client.get(f"/maps/districts-{town.drawing_hash}.geojson", headers=GZIP)

    assert response.content == bytes(BoundarySet.objects.get(pk=town.pk).drawing)


@pytest.mark.parametrize(
    "address", ["/maps/districts.geojson", f"/maps/districts-{'0' * 64}.geojson"]
)
def test_where_there_are_none_a_sentence_says_so(db: None, client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "import_boundaries" in response.content.decode()


def test_nothing_can_be_written_there(town: BoundarySet, client: Client) -> None:
    assert client.post("/maps/districts.geojson").status_code == 405
