"""Cells around settlements, for a map before official boundaries are loaded."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

KM_PER_DEGREE = 111.2


def cells(
    settlements: Mapping[str, tuple[float, float]], *, radius_km: float
) -> dict[str, dict[str, Any]]:
    """A GeoJSON geometry per settlement code: what lies nearer to it than to any other.

    ``settlements`` maps a code to (latitude, longitude) in degrees. No cell reaches farther than
    ``radius_km`` from its settlement, so that the outline does not pretend to be the city's.
    Neighbours share their edges exactly.
    """
    # Shapely costs a third of a second to import and is needed here alone.
    import shapely

    north = sum(lat for lat, _ in settlements.values()) / len(settlements)
    width = KM_PER_DEGREE * cos(radians(north))
    points = {
        code: shapely.Point(lon * width, lat * KM_PER_DEGREE)
        for code, (lat, lon) in settlements.items()
    }
    reach = shapely.union_all([point.buffer(radius_km) for point in points.values()])
    voronoi = shapely.voronoi_polygons(
        shapely.MultiPoint(list(points.values())), extend_to=reach.envelope
    )
    found = {}
    for code, point in points.items():
        cell = next(cell for cell in voronoi.geoms if cell.intersects(point))
        in_degrees = shapely.transform(
            cell.intersection(reach), lambda xy: xy / [width, KM_PER_DEGREE]
        )
        found[code] = shapely.geometry.mapping(in_degrees)
    return found
