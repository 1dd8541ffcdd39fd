"""Open a file of boundaries, whatever of its formats it has, as one table in WGS 84."""

import hashlib
import tempfile
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from outreach.places.actions.boundaries import BadBoundaries

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

WGS84 = "EPSG:4326"
SHAPEFILE = ".shp"
# A shapefile is several files of one name; without these two it cannot be read.
NEEDED_PARTS = (".shx", ".dbf")
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj")
GEOJSON = frozenset({".geojson", ".json"})
READABLE = (SHAPEFILE, ".geojson", ".json", ".gpkg")
LARGEST_UNPACKED = 2_000_000_000  # bytes; all of Japan's small areas together are about half


def frame_of(path: Path) -> "GeoDataFrame":
    """Every row of the file, in longitude and latitude. Raises BadBoundaries."""
    if not path.is_file():
        raise BadBoundaries([_("There is no file %(file)s.") % {"file": path.name}])
    if path.suffix.lower() != ".zip":
        return _read(path)
    with tempfile.TemporaryDirectory() as folder:
        return _read(_unpacked(path, Path(folder)))


def sha256_of(path: Path) -> str:
    """The hash of the file; of a shapefile, with the parts that belong to it."""
    parts = [path]
    if path.suffix.lower() == SHAPEFILE:
        parts = [part for part in map(path.with_suffix, SHAPEFILE_PARTS) if part.is_file()]
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _unpacked(path: Path, folder: Path) -> Path:
    """The one file of boundaries in an archive, unpacked under a name every library can read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise BadBoundaries([_("The archive is too large. Take out the one file.")])
            inside = _the_one(archive.namelist())
            for name in archive.namelist():
                entry = PurePosixPath(name)
                if entry.with_suffix("") == inside.with_suffix(""):
                    target = folder / f"boundaries{entry.suffix.lower()}"
                    target.write_bytes(archive.read(name))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        # RuntimeError: the archive asks for a password.
        raise BadBoundaries(
            [_("The archive cannot be opened. Unpack it and give the file inside.")]
        ) from error
    return folder / f"boundaries{inside.suffix.lower()}"


def _the_one(names: list[str]) -> PurePosixPath:
    for suffix in READABLE:
        found = [
            entry
            for name in names
            if (entry := PurePosixPath(name)).suffix.lower() == suffix
            and "__MACOSX" not in entry.parts
        ]
        if len(found) > 1:
            listed = ", ".join(entry.name for entry in found)
            raise BadBoundaries(
                [
                    _("The archive holds several files of boundaries. Take out one: %(files)s.")
                    % {"files": listed}
                ]
            )
        if found:
            return found[0]
    raise BadBoundaries([_("There is no shapefile, GeoJSON or GeoPackage in the archive.")])


def _read(path: Path) -> "GeoDataFrame":
    # Imported here: geopandas and pandas cost seconds and are needed on imports only.
    import geopandas
    import pyogrio.errors

    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise BadBoundaries(
            [
                _("Give a shapefile (.shp or .zip), a GeoJSON or a GeoPackage, not %(suffix)s.")
                % {"suffix": suffix or path.name}
            ]
        )
    options = _shapefile_options(path) if suffix == SHAPEFILE else {}
    try:
        _refuse_several_layers(path)
        with warnings.catch_warnings():
            # GDAL's remarks on rings and winding; shapes are repaired and counted anyway.
            warnings.simplefilter("ignore")
            frame = geopandas.read_file(path, engine="pyogrio", **options)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise BadBoundaries(
            [_("The file cannot be read as a shapefile, GeoJSON or GeoPackage.")]
        ) from error
    if "geometry" not in frame.columns and not isinstance(frame, geopandas.GeoDataFrame):
        raise BadBoundaries([_("The file holds a table, but no shapes.")])
    return _in_degrees(frame, is_geojson=suffix in GEOJSON)


def _refuse_several_layers(path: Path) -> None:
    # Imported here for the same reason as above.
    import pyogrio

    layers = [name for name, kind in pyogrio.list_layers(path) if kind is not None]
    if len(layers) > 1:
        raise BadBoundaries(
            [
                _("The file holds several layers (%(layers)s). Save the districts' alone.")
                % {"layers": ", ".join(layers)}
            ]
        )


def _shapefile_options(path: Path) -> dict[str, str]:
    missing = [part for part in NEEDED_PARTS if not path.with_suffix(part).is_file()]
    if missing:
        raise BadBoundaries(
            [
                _("Beside the .shp file there must be a %(part)s file of the same name.")
                % {"part": part}
                for part in missing
            ]
        )
    return {"encoding": _encoding_of(path.with_suffix(".dbf").read_bytes())}


def _encoding_of(table: bytes) -> str:
    """UTF-8 or cp932, whichever fits the dbf's own bytes.

    Offices' tools often write no .cpg file or a wrong one, so it is not asked. Fields are cut at
    their width, even within a character: the encoding with fewer broken characters is taken.
    """
    rows = table[int.from_bytes(table[8:10], "little") :]
    return min(("utf-8", "cp932"), key=lambda name: rows.decode(name, "replace").count("\ufffd"))


def _in_degrees(frame: "GeoDataFrame", *, is_geojson: bool) -> "GeoDataFrame":
    if frame.crs is None and not is_geojson:
        raise BadBoundaries(
            [
                _(
                    "The file does not say its coordinate system. Put its .prj file beside it, "
                    "or save it as GeoJSON."
                )
            ]
        )
    degrees = frame.set_crs(WGS84) if frame.crs is None else frame.to_crs(WGS84)
    bounds = degrees.geometry.bounds.dropna()
    on_earth = bounds.minx.ge(-180) & bounds.maxx.le(180) & bounds.miny.ge(-90) & bounds.maxy.le(90)
    if not on_earth.all():
        raise BadBoundaries(
            [
                _(
                    "Row %(row)d lies outside the earth: its coordinates are not longitude and "
                    "latitude, in this order, or the file names a wrong coordinate system."
                )
                % {"row": int(on_earth.idxmin()) + 1}
            ]
        )
    return degrees
