"""The map's shell, made by folium once per process and the same for every request.

folium and branca run the strings they are given through Jinja on the server, so a district
called `{{ 7*7 }}` would be evaluated. They get constants only; every name and number reaches the
map as JSON, through `static/maps/coverage.js`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from maps.rules.web_mercator import CLOSEST_ZOOM

MAP_ID = "coverage"  # folium makes the script variable `map_coverage` of it
# Somewhere in Japan; the script shows the districts as soon as it has them.
FIRST_VIEW = (38.0, 138.0)
FIRST_ZOOM = 5


@dataclass(frozen=True, slots=True)
class Shell:
    """Three pieces of a page: what belongs in its head, the map's place, and what starts it."""

    assets: SafeString
    place: SafeString
    script: SafeString


@cache
def shell() -> Shell:
    """The shell with Leaflet from our own static files and nothing from any other host."""
    # Imported here: folium costs 0.4 s and only the first map of a process needs it.
    import folium
    from branca.element import CssLink, Figure, JavascriptLink

    class OwnHostMap(folium.Map):
        default_js = [("leaflet", static("leaflet/leaflet.js"))]
        default_css = [("leaflet_css", static("leaflet/leaflet.css"))]

    figure = Figure()
    town = OwnHostMap(
        location=FIRST_VIEW,
        zoom_start=FIRST_ZOOM,
        tiles=None,
        # A wheel that turns over the map goes on scrolling the page.
        scroll_wheel_zoom=False,
        # Borders are drawn for every zoom; steps of a quarter let a city fill its frame.
        zoom_snap=0.25,
        max_zoom=CLOSEST_ZOOM,
        # The districts are one canvas, painted anew for every view.
        zoom_animation=False,
        attribution_control=True,
    )
    town._id = MAP_ID
    town.add_to(figure)
    town.render()
    # Of folium's head only the links are wanted: its styles would take over the whole page.
    links = [
        child
        for child in figure.header._children.values()
        if isinstance(child, (CssLink, JavascriptLink))
    ]
    return Shell(
        assets=_constant("\n".join(link.render() for link in links)),
        place=_constant(figure.html.render()),
        script=_constant(figure.script.render()),
    )


def _constant(markup: Any) -> SafeString:
    return mark_safe(str(markup))  # noqa: S308  (made of constants, see above)
