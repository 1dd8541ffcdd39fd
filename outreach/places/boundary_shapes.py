"""Shapes of a boundary file made fit to draw: valid, one per code, simplified once, WGS 84.

All functions take and give arrays of shapely geometries, index by index.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

DECIMALS = 5  # of a degree: about one metre
# A triangle smaller than (one part in 2,000 of the whole extent)² cannot be seen on a map that
# fills a screen; nor may a line move by more than a fiftieth of a usual district's width, so
# that small quarters beside large mountain areas keep their form.
PARTS_OF_EXTENT = 2000
PARTS_OF_DISTRICT = 50


def repaired(shapes: "numpy.ndarray[Any, Any]") -> "tuple[numpy.ndarray[Any, Any], int]":
    """Valid polygons (two dimensions) and how many had to be repaired.

    What collapses to a line or a point has no area and is dropped; a shape of nothing else
    comes back empty.
    """
    # Imported here: shapely is needed on imports only, not at every start.
    import shapely

    flat = shapely.force_2d(shapes)
    broken = ~shapely.is_valid(flat)
    flat[broken] = shapely.make_valid(flat[broken], method="structure", keep_collapsed=False)
    return flat, int(broken.sum())


def dissolved(shapes: "numpy.ndarray[Any, Any]", groups: Sequence[Sequence[int]]) -> list[Any]:
    """The union of each group of indices; None for a group without any area."""
    # Imported here for the same reason as above.
    import shapely

    unions = []
    for group in groups:
        parts = [
            shape
            for index in group
            if (shape := shapes[index]) is not None and not shapely.is_empty(shape)
        ]
        union = parts[0] if len(parts) == 1 else shapely.union_all(parts)
        unions.append(None if shapely.is_empty(union) else _polygons_of(union))
    return unions


def simplified(shapes: Sequence[Any]) -> list[Any]:
    """Fewer corners, the borders of neighbours still the same line; coordinates rounded."""
    # Imported here for the same reason as above.
    import numpy
    import shapely

    areas = numpy.array(shapes, dtype=object)
    drawn = numpy.array([shape is not None for shape in shapes], dtype=bool)
    if not drawn.any():
        return list(areas)
    plain = shapely.coverage_simplify(areas[drawn], _tolerance(areas[drawn]))
    rounded = shapely.transform(plain, lambda corners: numpy.round(corners, DECIMALS))
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.make_valid(rounded[broken], method="structure", keep_collapsed=False)
    # An area of a metre or two would vanish when rounded; it keeps its full coordinates.
    lost = shapely.is_empty(rounded)
    rounded[lost] = areas[drawn][lost]
    areas[drawn] = shapely.orient_polygons(rounded)  # as RFC 7946 asks
    return list(areas)


def _tolerance(shapes: "numpy.ndarray[Any, Any]") -> float:
    # Imported here for the same reason as above.
    import numpy
    import shapely

    west, south, east, north = shapely.total_bounds(shapes)
    district = float(numpy.median(numpy.sqrt(shapely.area(shapes))))
    return min(max(east - west, north - south) / PARTS_OF_EXTENT, district / PARTS_OF_DISTRICT)


def _polygons_of(shape: Any) -> Any:
    # Imported here for the same reason as above.
    import shapely

    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)
