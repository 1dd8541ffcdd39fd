"""A shapefile, GeoJSON or GeoPackage read as districts."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as copy_with
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from outreach.places import boundary_shapes
from outreach.places.actions.boundaries import BadBoundaries, Feature
from outreach.places.boundary_formats import frame_of
from outreach.places.features import feature_faults
from outreach.places.rules.codes import code_text, with_lost_zero
from outreach.places.rules.layouts import WATER, Columns, columns_of

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

AREAS = frozenset({"Polygon", "MultiPolygon"})


@dataclass
class Reading:
    """The districts of a file, and what had to be done to its rows to get them."""

    features: list[Feature] = field(default_factory=list)
    rows: int = 0
    repaired: int = 0
    water: int = 0
    nobodys: int = 0
    zeros_restored: int = 0
    without_shape: int = 0


@dataclass(frozen=True)
class Row:
    """One row's words, and its place in the file (from 1) for sentences about it."""

    number: int
    words: Feature


def read(
    path: Path,
    *,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    roman: str | None = None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Reading:
    """Districts of the file, dissolved by code, repaired, simplified, in WGS 84.

    The columns are told by their names for files of e-Stat, N03 and our own; the arguments name
    others. Raises BadBoundaries with a sentence for each fault; says what it does to `tell`.
    """
    tell(_("Reading %(file)s …") % {"file": path.name})
    frame = frame_of(path)
    if frame.empty:
        raise BadBoundaries([_("There is no district in the file.")])
    columns = _chosen_columns(frame, code=code, name=name, parent=parent, roman=roman)
    reading = Reading(rows=len(frame))
    rows = _rows(frame, columns, reading)
    families = _by_code(rows, columns)
    tell(_("Repairing and joining the shapes of %(count)d districts …") % {"count": len(families)})
    shapes = _shapes(frame, families, reading)
    tell(_("Simplifying the boundaries …"))
    for family, shape in zip(families, boundary_shapes.simplified(shapes), strict=True):
        reading.features.append(_feature(family[0].words, shape))
    reading.without_shape = sum(shape is None for shape in shapes)
    return reading


def _chosen_columns(frame: "GeoDataFrame", **chosen: str | None) -> Columns:
    present = [str(column) for column in frame.columns if column != frame.geometry.name]
    columns = columns_of(present, **chosen)
    listed = {"columns": ", ".join(present)}
    faults = [
        _("There is no column %(column)s. The file has: %(columns)s.")
        % {"column": column, **listed}
        for column in columns.named()
        if column not in present
    ]
    if columns.code is None:
        faults.append(
            _("Which column holds the code? Say it with --code. The file has: %(columns)s.")
            % listed
        )
    if not columns.names:
        faults.append(
            _("Which column holds the name? Say it with --name. The file has: %(columns)s.")
            % listed
        )
    if faults:
        raise BadBoundaries(faults)
    return columns


def _rows(frame: "GeoDataFrame", columns: Columns, reading: Reading) -> list[Row]:
    """The words of every row that stands for a district; faults of all rows at once."""
    table = {column: list(frame[column]) for column in columns.named()}
    is_number = frame[columns.code].dtype.kind in "iuf"
    rows, faults = [], []
    for index in range(len(frame)):
        cells = {column: code_text(values[index]) for column, values in table.items()}
        if columns.area_kind and cells[columns.area_kind] == WATER:
            reading.water += 1
            continue
        if columns.blank_code_is_nobodys and not cells[columns.code or ""]:
            reading.nobodys += 1
            continue
        row = Row(index + 1, _words(cells, columns, is_number, reading))
        faults += _row_faults(row, columns)
        rows.append(row)
    if faults:
        raise BadBoundaries(faults)
    return rows


def _words(cells: dict[str, str], columns: Columns, is_number: bool, reading: Reading) -> Feature:
    written = cells[columns.code or ""]
    code = written
    if is_number:
        code = with_lost_zero(written, lengths=columns.code_lengths, city=settings.CITY_CODE)
        reading.zeros_restored += code != written
    names = ("".join(cells[column] for column in group) for group in columns.names)
    parent = cells[columns.parent] if columns.parent else ""
    return Feature(
        code=code,
        name=next(filter(None, names), ""),
        name_roman=cells[columns.roman] if columns.roman else "",
        parent_code=parent,
        parent_name=parent,
    )


def _row_faults(row: Row, columns: Columns) -> list[str]:
    headings = (
        columns.code,
        columns.names[0][0],
        columns.roman or "",
        columns.parent or "",
    )
    places = [
        _("Row %(row)d, column %(column)s") % {"row": row.number, "column": heading}
        for heading in headings
    ]
    faults = feature_faults(row.words, places=places)
    if columns.parent and not row.words.parent_code:
        faults.append(
            _("Row %(row)d, column %(column)s: this is empty. Every district needs a parent.")
            % {"row": row.number, "column": columns.parent}
        )
    return list(dict.fromkeys(faults))


def _by_code(rows: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """Rows of the same district together; they must agree on everything but their shape."""
    families: dict[str, list[Row]] = {}
    for row in rows:
        families.setdefault(row.words.code, []).append(row)
    faults = [
        _(
            "Rows %(first)d and %(second)d: the same code in column %(column)s, but different "
            "names or parents."
        )
        % {"first": family[0].number, "second": row.number, "column": columns.code}
        for family in families.values()
        for row in family[1:]
        if row.words != family[0].words
    ]
    if faults:
        raise BadBoundaries(faults)
    return list(families.values())


def _shapes(
    frame: "GeoDataFrame", families: Sequence[Sequence[Row]], reading: Reading
) -> list[Any]:
    """One valid shape per district, None where the file draws none."""
    numbers = [row.number - 1 for family in families for row in family]
    shapes = frame.geometry.to_numpy(copy=True)
    faults = [
        _("Row %(row)d: a district is an area, but this is a %(kind)s.")
        % {"row": number + 1, "kind": shapes[number].geom_type}
        for number in sorted(numbers)
        if shapes[number] is not None and shapes[number].geom_type not in AREAS
    ]
    if faults:
        raise BadBoundaries(faults)
    # Rows left out above are not counted as repaired.
    shapes[numbers], reading.repaired = boundary_shapes.repaired(shapes[numbers])
    return boundary_shapes.dissolved(
        shapes, [[row.number - 1 for row in family] for family in families]
    )


def _feature(words: Feature, shape: Any) -> Feature:
    # Imported here: shapely is needed on imports only, not at every start.
    import shapely

    geometry = json.loads(shapely.to_geojson(shape)) if shape is not None else None
    return copy_with(words, geometry=geometry)
