"""Put a new partition of the city in force."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace as copy_with
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from outreach.places.features import (
    LONGEST_NAME,
    Feature,
    contradictions,
    drawing_of,
    feature_faults,
    text_faults,
)
from outreach.places.models import BoundarySet, District, Venue

__all__ = ["BadBoundaries", "Feature", "replace"]

LONGEST_FILE_NAME = 200
LONGEST_CREDIT = 300
ROWS_AT_ONCE = 200  # a district carries its boundary, so statements stay below a megabyte


class BadBoundaries(Exception):
    """Boundaries that cannot be put in force; `faults` holds one sentence for each reason."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@transaction.atomic
def replace(
    *,
    name: str,
    features: Sequence[Feature],
    file_name: str,
    sha256: str,
    credit: str = "",
    schematic: bool = False,
    by: User | None = None,
    now: datetime,
) -> BoundarySet:
    """Make these districts the active set; the former one stays as history.

    Parents are made from `parent_code`; their boundary is the union of their parts. The same
    file with the same districts is never kept twice: the set it once made is put (or left) in
    force and returned, so that counts standing on it count again. Raises BadBoundaries.
    """
    _refuse_faults(name=name, credit=credit, file_name=file_name, features=features)
    leaves = sorted(features, key=lambda feature: feature.code)
    drawing = drawing_of(leaves, credit=credit)
    fresh = BoundarySet(
        name=name,
        is_active=True,
        is_schematic=schematic,
        credit=credit,
        file_name=file_name,
        sha256=sha256,
        imported_at=now,
        imported_by=by,
        drawing=gzip.compress(drawing, mtime=0),
        drawing_hash=hashlib.sha256(drawing).hexdigest(),
    )
    known = _the_same_set(fresh, leaves)
    if known is not None and known.is_active:
        return known
    BoundarySet.objects.filter(is_active=True).update(is_active=False)
    if known is not None:
        known.is_active = True
        known.save(update_fields=["is_active"])
    else:
        fresh.save()
        _add_districts(fresh, leaves)
    _move_venues(known or fresh)
    return known or fresh


def _refuse_faults(*, name: str, credit: str, file_name: str, features: Sequence[Feature]) -> None:
    faults = [
        *text_faults(name, place=_("The name of the set"), longest=LONGEST_NAME),
        *text_faults(credit, place=_("The credit"), longest=LONGEST_CREDIT, required=False),
        *text_faults(file_name, place=_("The name of the file"), longest=LONGEST_FILE_NAME),
    ]
    if not features:
        faults.append(_("There is no district in the file."))
    for number, feature in enumerate(features, start=1):
        place = _("District %(number)d") % {"number": number}
        faults += feature_faults(feature, places=(place,) * 4)
    faults += contradictions(features)
    if faults:
        raise BadBoundaries(dict.fromkeys(faults))


def _the_same_set(fresh: BoundarySet, leaves: Sequence[Feature]) -> BoundarySet | None:
    """The set the same file made before with the same columns, name and credit."""
    wanted = {(leaf.code, leaf.name, leaf.name_roman, leaf.parent_code) for leaf in leaves}
    candidates = BoundarySet.objects.filter(
        sha256=fresh.sha256,
        name=fresh.name,
        credit=fresh.credit,
        is_schematic=fresh.is_schematic,
        drawing_hash=fresh.drawing_hash,
    ).defer("drawing")
    for candidate in candidates.order_by("-is_active", "-pk"):
        there = candidate.districts.leaves().values_list(
            "code", "name", "name_roman", "parent__code"
        )
        if {(*words, parent or "") for *words, parent in there} == wanted:
            return candidate
    return None


def _add_districts(boundary_set: BoundarySet, leaves: Sequence[Feature]) -> None:
    parents = _parents_of(leaves)
    District.objects.bulk_create(
        [_district(boundary_set, parent) for parent in parents], batch_size=ROWS_AT_ONCE
    )
    # Read back rather than taken from the objects: both databases give keys this way.
    keys = dict(boundary_set.districts.values_list("code", "pk"))
    District.objects.bulk_create(
        [_district(boundary_set, leaf, parent_id=keys.get(leaf.parent_code)) for leaf in leaves],
        batch_size=ROWS_AT_ONCE,
    )


def _parents_of(leaves: Sequence[Feature]) -> list[Feature]:
    """One feature per parent, its boundary the union of its parts'."""
    # Imported here: shapely and numpy are needed on imports only, not at every start.
    import shapely

    parts: dict[str, list[Feature]] = {}
    for leaf in leaves:
        if leaf.parent_code:
            parts.setdefault(leaf.parent_code, []).append(leaf)
    parents = []
    for code, family in sorted(parts.items()):
        shapes = [_shape(part) for part in family if part.geometry]
        union = shapely.union_all(shapely.make_valid(shapes)) if shapes else None
        geometry = json.loads(shapely.to_geojson(union)) if union is not None else None
        first = family[0]
        parents.append(Feature(code, first.parent_name, first.parent_roman, geometry=geometry))
    return [_polygons_only(parent) for parent in parents]


def _polygons_only(feature: Feature) -> Feature:
    """Without the stray lines a union of touching areas may leave."""
    if not feature.geometry or feature.geometry["type"] != "GeometryCollection":
        return feature
    rings = []
    for part in feature.geometry["geometries"]:
        if part["type"] == "Polygon":
            rings.append(part["coordinates"])
        elif part["type"] == "MultiPolygon":
            rings += part["coordinates"]
    return copy_with(feature, geometry={"type": "MultiPolygon", "coordinates": rings})


def _district(
    boundary_set: BoundarySet, feature: Feature, parent_id: int | None = None
) -> District:
    point = _shape(feature).representative_point() if feature.geometry else None
    return District(
        boundary_set=boundary_set,
        code=feature.code,
        name=feature.name,
        name_roman=feature.name_roman,
        parent_id=parent_id,
        boundary=feature.geometry,
        latitude=round(point.y, 5) if point is not None else None,
        longitude=round(point.x, 5) if point is not None else None,
    )


def _shape(feature: Feature) -> Any:
    # Imported here for the same reason as above.
    import shapely.geometry

    return shapely.geometry.shape(feature.geometry)


def _move_venues(boundary_set: BoundarySet) -> None:
    """Venues stand in the district that has their former district's code, where there is one."""
    keys = dict(boundary_set.districts.values_list("code", "pk"))
    moved = []
    for venue in Venue.objects.exclude(district=None).select_related("district"):
        key = keys.get(venue.district.code) if venue.district else None
        if key is not None and key != venue.district_id:
            venue.district_id = key
            moved.append(venue)
    Venue.objects.bulk_update(moved, ["district"])
