"""Outlines as the path strings that SVG and a browser's canvas both read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Ring = Sequence[Sequence[float]]


def rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Every closed line of a GeoJSON Polygon or MultiPolygon, holes included."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        yield from polygon


def svg_path(corners: Sequence[tuple[int, int]]) -> str:
    """A closed line through the corners; those that fall on the same spot are drawn once.

    Empty where fewer than three spots are left.
    """
    apart = [corners[0]]
    for corner in corners[1:]:
        if corner != apart[-1]:
            apart.append(corner)
    if len(apart) < 3:
        return ""
    (x, y), *others = apart
    steps = []
    for next_x, next_y in others:
        steps.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return f"M{apart[0][0]} {apart[0][1]}l{' '.join(steps)}z"
