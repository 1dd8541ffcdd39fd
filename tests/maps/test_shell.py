import re
import subprocess
import sys

from maps.shell import shell


def test_the_shell_asks_nothing_of_any_other_host() -> None:
    pieces = shell()
    markup = f"{pieces.assets}{pieces.place}{pieces.script}"

    assert not re.findall(r"https?://", markup)
    assert sorted(re.findall(r'(?:src|href)="([^"]+)"', markup)) == [
        "/static/leaflet/leaflet.css",
        "/static/leaflet/leaflet.js",
    ]


def test_the_shell_is_made_once() -> None:
    assert shell() is shell()


def test_the_script_starts_a_map_under_the_name_ours_looks_for() -> None:
    assert "var map_coverage = L.map(" in shell().script
    assert 'id="map_coverage"' in shell().place


def test_folium_and_geopandas_are_not_imported_at_start() -> None:
    code = (
        "import django, sys; django.setup(); import config.urls;"
        "print([m for m in ('folium', 'pandas', 'geopandas', 'shapely') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
