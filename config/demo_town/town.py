"""The demo town as written in town.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from modeltranslation.utils import build_localized_fieldname

FILE = Path(__file__).with_name("town.toml")


@cache
def town() -> dict[str, Any]:
    """districts, venues, reception_points and courses, as lists of tables."""
    return tomllib.loads(FILE.read_text())


def columns(table: dict[str, Any], *fields: str) -> dict[str, str]:
    """`name = {ja = …, vi = …}` as the columns name_ja, name_vi of a translated model."""
    return {
        build_localized_fieldname(field, language.replace("_", "-")): text
        for field in fields
        for language, text in table.get(field, {}).items()
    }
