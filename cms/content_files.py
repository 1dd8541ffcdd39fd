"""The texts the product brings along: one TOML file per page and language, in `cms/content/`."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.blocks import BRING_BLOCKS, COST_BLOCKS, STEP_BLOCKS

CONTENT = Path(__file__).parent / "content"

# In the order residents see them.
GUIDES = (
    "first-application",
    "card-renewal",
    "certificate-renewal",
    "collecting-for-another",
    "foreign-residents",
    "home-visit",
)
# The block each list is made of, by its name in the StreamField.
BLOCK_OF = {
    field: blocks[0][0]
    for field, blocks in (("steps", STEP_BLOCKS), ("bring", BRING_BLOCKS), ("costs", COST_BLOCKS))
}


def section_texts(name: str) -> dict[str, dict[str, Any]]:
    """Language code → field → text of one section page (`home`, `guides`, `classes`)."""
    return _texts(CONTENT / "sections" / name)


def guide_texts(slug: str) -> dict[str, dict[str, Any]]:
    """Language code → field → text of one guide; lists are ready for their StreamFields."""
    return {
        code: {name: _as_field(name, value) for name, value in text.items()}
        for code, text in _texts(CONTENT / "guides" / slug).items()
    }


def _texts(folder: Path) -> dict[str, dict[str, Any]]:
    files = {code: folder / f"{code}.toml" for code, _ in settings.LANGUAGES}
    return {
        code: tomllib.loads(file.read_text(encoding="utf-8"))
        for code, file in files.items()
        if file.exists()
    }


def _as_field(name: str, value: Any) -> Any:
    if name not in BLOCK_OF:
        return value
    return [(BLOCK_OF[name], row) for row in value]
