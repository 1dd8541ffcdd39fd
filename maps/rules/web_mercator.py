"""Where places stand on a web map: its pixels at the closest zoom, as whole numbers."""

from math import log, pi, radians, sin

CLOSEST_ZOOM = 17
WORLD = 256 * 2**CLOSEST_ZOOM  # pixels around the equator; one is about a metre in Japan


def spot(longitude: float, latitude: float) -> tuple[int, int]:
    """Pixels east of the 180th meridian and south of the map's upper edge, from degrees."""
    sine = sin(radians(latitude))
    x = WORLD * (longitude / 360 + 0.5)
    y = WORLD * (0.5 - log((1 + sine) / (1 - sine)) / (4 * pi))
    return round(x), round(y)
