"""Two ways to a coverage map of the same outlines and counts: plain folium, and the house's."""

import gzip
import json
from collections.abc import Callable
from typing import Any

from tests.bench.map_areas import SECOND

BINS = [0, 75, 77.5, 80, 82.5, 85, 87.5, 90, 101]


def plain_build() -> Callable[[], bytes]:
    """A folium Choropleth with tooltips and all data embedded, as its docs make one.

    Its colour scale is left out, in its favour: it needs a further library from another host.
    """
    import folium
    import pandas

    shown, outlines = _counts(), _outlines()
    rows = {row.code: row for row in shown.districts}
    for feature in outlines["features"]:
        row = rows[feature["id"]]
        feature["properties"].update(residents=row.residents, cards=row.cards, rate=str(row.rate))

    def build() -> bytes:
        table = pandas.DataFrame(
            {"code": list(rows), "rate": [float(row.rate) for row in rows.values()]}
        )
        town = folium.Map(location=[38, 138], zoom_start=5, tiles=None)
        layer = folium.Choropleth(
            geo_data=outlines,
            data=table,
            columns=["code", "rate"],
            key_on="feature.properties.code",
            bins=BINS,
            fill_color="Blues",
        )
        for name in [name for name in layer._children if name.startswith("color_map")]:
            del layer._children[name]
        layer.add_to(town)
        folium.GeoJsonTooltip(["name", "residents", "cards", "rate"]).add_to(layer.geojson)
        town.fit_bounds(layer.geojson.get_bounds())
        return town.get_root().render().encode()

    return build


def our_build() -> Callable[[], bytes]:
    """The constant shell and the numbers of one date."""
    from maps.numbers import numbers
    from maps.shell import shell
    from outreach.places.models import BoundarySet

    shown = _counts()
    drawing_hash = BoundarySet.objects.get().drawing_hash

    def build() -> bytes:
        pieces = shell()
        body = json.dumps(numbers(shown, drawing_hash=drawing_hash), ensure_ascii=False)
        return f"{pieces.assets}{pieces.place}{pieces.script}{body}".encode()

    return build


def _counts() -> Any:
    from outreach.coverage.coverage import coverage

    return coverage(as_of=SECOND)


def _outlines() -> dict[str, Any]:
    from outreach.places.models import BoundarySet

    return json.loads(gzip.decompress(bytes(BoundarySet.objects.get().drawing)))
