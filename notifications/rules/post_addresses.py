"""Read a postal address that was written in one line: the postcode, then the rest."""

import re
import unicodedata
from dataclasses import dataclass

# 〒 is optional; without it seven digits count as a postcode only at the very beginning and with
# their hyphen, because a lot number may begin an address too.
_POSTCODE = re.compile(r"^\s*(?:〒\s*(\d{3})-?(\d{4})|(\d{3})-(\d{4})(?!\d))\s*")
_HYPHENS = re.compile("[‐‑‒–—―−ー-]")


@dataclass(frozen=True, slots=True)
class PostAddress:
    """A postcode like 018-5201, empty if none was written, and the address without it."""

    postcode: str
    lines: str


def split_address(written: str) -> PostAddress:
    """The postcode and the rest of an address in any way of writing."""
    head = _HYPHENS.sub("-", unicodedata.normalize("NFKC", written[:20]))
    found = _POSTCODE.match(head)
    if not found:
        return PostAddress("", written.strip())
    first, second = (part for part in found.groups() if part)
    # The head was folded to other lengths only where 〒 and digits stood, which are cut off here.
    rest = _without(written, len(first) + len(second))
    return PostAddress(f"{first}-{second}", rest)


def _without(written: str, digits: int) -> str:
    """What follows the first `digits` digits."""
    seen = 0
    for place, character in enumerate(written):
        seen += character.isdigit()
        if seen == digits:
            return written[place + 1 :].strip()
    return ""
