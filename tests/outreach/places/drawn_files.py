"""Small boundary files drawn for the tests: squares of a hundredth of a degree, side by side."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIDE = 0.01
WEST, SOUTH = 140.78, 40.18
# A bow tie: crosses itself, and make_valid gives two triangles.
BOW_TIE = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def polygon(column: int, *, corners: Sequence[Sequence[float]] = SQUARE) -> dict[str, Any]:
    """A GeoJSON polygon in the given column of the row of squares."""
    ring = [[WEST + (column + x) * SIDE, SOUTH + y * SIDE] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson(
    path: Path,
    rows: Sequence[dict[str, Any]],
    shapes: Sequence[dict[str, Any] | None] | None = None,
) -> Path:
    """A GeoJSON file of these properties, in squares unless shapes are given."""
    drawn = [polygon(n) for n in range(len(rows))] if shapes is None else shapes
    features = [
        {"type": "Feature", "properties": row, "geometry": shape}
        for row, shape in zip(rows, drawn, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def shapefile(
    path: Path, rows: Sequence[dict[str, Any]], *, encoding: str = "cp932", crs: str | None
) -> Path:
    """A shapefile without a .cpg file, as e-Stat gives them; in WGS 84 squares moved to `crs`."""
    import geopandas
    from shapely.geometry import shape

    frame = geopandas.GeoDataFrame(
        rows, geometry=[shape(polygon(n)) for n in range(len(rows))], crs="EPSG:4326"
    )
    if crs is not None:
        frame = frame.to_crs(crs)
    frame.to_file(path, encoding=encoding, engine="pyogrio")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if crs is None:
        path.with_suffix(".prj").unlink()
    return path


def zipped(path: Path, members: Sequence[Path], *, folder: str = "") -> Path:
    """An archive of the files, each under its own name within `folder`."""
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.write(member, f"{folder}{member.name}")
    return path
