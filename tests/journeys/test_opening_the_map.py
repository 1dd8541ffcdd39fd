"""The manager opens the coverage map: each district with numerator, denominator and dates."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from outreach.classes.models import ClassSession
from outreach.places.models import BoundarySet

SQUARES = (("0520900100", "花輪", 140.78), ("0520900200", "{{ 7*7 }}", 140.80))
CARDS = {"0520900100": (800, 500), "0520900200": (150, 120)}


@pytest.fixture
def counted(town: ClassSession, tmp_path: Path) -> None:
    """Two square districts, one with a hostile name, and counts for both."""
    BoundarySet.objects.update(is_active=False)
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [west, 40.18],
                        [west + 0.02, 40.18],
                        [west + 0.02, 40.20],
                        [west, 40.20],
                        [west, 40.18],
                    ]
                ],
            },
        }
        for code, name, west in SQUARES
    ]
    areas = tmp_path / "areas.geojson"
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    call_command("import_boundaries", str(areas), verbosity=0)
    counts = tmp_path / "counts.csv"
    with counts.open("w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow(["地域コード", "人口", "保有枚数", "基準日", "人口基準日"])
        for code, (residents, cards) in CARDS.items():
            rows.writerow([code, residents, cards, "令和8年1月31日", "2026/1/1"])
    call_command("import_holdings", str(counts), verbosity=0)


def test_a_manager_sees_how_far_the_city_is(
    counted: None, logged_in: Callable[[str, str], Page], accessible: Callable[[Page], None]
) -> None:
    # Given a manager, when the coverage page is opened
    page = logged_in("manager", "/staff/coverage/")

    # Then the whole city has numerator, denominator and rate
    body = page.locator("main, body").first
    for words in ("620", "950", "65.3"):
        expect(body.get_by_text(words, exact=False).first).to_be_visible()

    # And each district has its row, a hostile name exactly as typed
    table = page.locator("table").first
    expect(table.get_by_text("62.5")).to_be_visible()
    expect(table.get_by_text("80.0")).to_be_visible()
    expect(table.get_by_text("{{ 7*7 }}")).to_be_visible()

    # And the map has drawn both
    expect(page.locator("#coverage-map")).to_have_attribute("data-drawn", str(len(SQUARES)))
    accessible(page)
