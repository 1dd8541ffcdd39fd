"""One cell of a file, read so that full-width digits and stray spaces make no difference."""

import re
import unicodedata

# What people and programs write for "both sexes" and for "all ages".
TOTAL_WORDS = frozenset({"計", "総数", "合計", "総計", "男女計", "全年齢"})

_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\u2501\u30fc\u301c~]")


def plain(text: str) -> str:
    """The text after NFKC, without white space around it.

    ASCII is its own normal form, and most cells of a file are ASCII.
    """
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def plain_range(text: str) -> str:
    """As `plain`, with every dash and wave that stands between two numbers written "-"."""
    return _DASHES.sub("-", plain(text)).replace(" ", "")
