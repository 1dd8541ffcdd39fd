"""Districts before they are rows: what describes them, what may be wrong, how they are drawn."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mynumber.validators import refuse_forbidden_numbers

LONGEST_CODE = 40
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Feature:
    """One district without parts, as a file or the demo describes it.

    `geometry` is a GeoJSON Polygon or MultiPolygon in WGS 84 degrees, already simplified.
    """

    code: str
    name: str
    name_roman: str = ""
    parent_code: str = ""
    parent_name: str = ""
    parent_roman: str = ""
    geometry: dict[str, Any] | None = None


def text_faults(text: str, *, place: str, longest: int, required: bool = True) -> list[str]:
    """What is wrong with a value: sentences that begin with its `place` and never repeat it."""
    words = {"place": place, "longest": longest}
    if not text:
        return [_("%(place)s: this is empty. Fill it in.") % words] if required else []
    faults = []
    if len(text) > longest:
        faults.append(_("%(place)s: use at most %(longest)d characters.") % words)
    if any(unicodedata.category(character) == "Cc" for character in text):
        faults.append(_("%(place)s: this holds an invisible control character. Remove it.") % words)
    try:
        refuse_forbidden_numbers(text)
    except ValidationError as refusal:
        faults.append(f"{place}: {refusal.messages[0]}")
    return faults


def feature_faults(feature: Feature, *, places: Sequence[str]) -> list[str]:
    """Faults in one district's words; `places` name where code, name, roman name, parent stand."""
    code, name, roman, parent = places
    return [
        *text_faults(feature.code, place=code, longest=LONGEST_CODE),
        *text_faults(feature.name, place=name, longest=LONGEST_NAME),
        *text_faults(feature.name_roman, place=roman, longest=LONGEST_NAME, required=False),
        *text_faults(feature.parent_code, place=parent, longest=LONGEST_CODE, required=False),
        *text_faults(feature.parent_name, place=parent, longest=LONGEST_NAME, required=False),
        *text_faults(feature.parent_roman, place=parent, longest=LONGEST_NAME, required=False),
    ]


def contradictions(features: Sequence[Feature]) -> list[str]:
    """Codes that mean two things at once."""
    seen: dict[str, Feature] = {}
    parents: dict[str, str] = {}
    faults = []
    for feature in features:
        if feature.code in seen:
            faults.append(_("The code %(code)s is there twice.") % {"code": feature.code})
        seen[feature.code] = feature
        if feature.parent_code:
            name = parents.setdefault(feature.parent_code, feature.parent_name)
            if name != feature.parent_name:
                faults.append(
                    _("The parent %(code)s has two names.") % {"code": feature.parent_code}
                )
    faults += [
        _("The code %(code)s is a district's and a parent's at once.") % {"code": code}
        for code in parents
        if code in seen
    ]
    return faults


def drawing_of(leaves: Iterable[Feature], *, credit: str) -> bytes:
    """The leaves as one compact GeoJSON FeatureCollection in UTF-8, feature id = code.

    Most sources ask to be named wherever their data go, so the credit travels with them.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if credit:
        collection["attribution"] = credit
    collection["features"] = [
        {
            "type": "Feature",
            "id": leaf.code,
            "properties": {"code": leaf.code, "name": leaf.name},
            "geometry": leaf.geometry,
        }
        for leaf in leaves
    ]
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
