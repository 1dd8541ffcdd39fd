"""Text as people write it, read for its digits: full-width forms, spaces and dashes of all kinds.

Numbers are searched in the normalised reading but blotted out in the text as written, so the
reading remembers where each of its characters came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Everything people put between groups of digits: white space (ASCII and Unicode), invisible
# joiners, and the hyphens, dashes, long-vowel marks and dots that look alike on a form. Full-width
# and half-width forms need no mention: the normalisation turns them into these.
_SPACES = r"\s\u00ad\u200b-\u200d\u2060\ufe0f\u20e3\ufeff"
_DASHES_AND_DOTS = r"\-\u2010-\u2015\u2043\u2212\u2500\u2501\u30fc\u30fb\u00b7\u2022\u2027."

# A character class for use inside a regular expression.
SEPARATOR = f"[{_SPACES}{_DASHES_AND_DOTS}]"

_RUN = re.compile(rf"[0-9](?:{SEPARATOR}*[0-9])*")
_UNBROKEN = re.compile(r"[0-9]+")
_NOT_DIGITS = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class Digits:
    """Some digits of a reading, freed of separators, and the half-open span they stand in."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text after NFKC, with the place in the written text of each character."""

    text: str
    places: tuple[int, ...]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the text as written for a span of the reading."""
        return self.places[start], self.places[end - 1] + 1

    def digit_runs(self) -> Iterator[Digits]:
        """Maximal runs of digits once separators are dropped, then each unbroken row of digits.

        The second kind finds a number that stands beside another one and would be lost in a
        longer run: a phone number, a house number, the number of a list item.
        """
        for pattern in (_RUN, _UNBROKEN):
            for match in pattern.finditer(self.text):
                yield digits_of(match)


def digits_of(match: re.Match[str], group: int = 0) -> Digits:
    """What a match, or one group of it, holds in digits, and where."""
    return Digits(_NOT_DIGITS.sub("", match[group]), match.start(group), match.end(group))


def read(written: str) -> Reading:
    """Normalise character by character, which for digits and capitals is the same as NFKC."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(written):
        for normalised in unicodedata.normalize("NFKC", character):
            characters.append(normalised)
            places.append(place)
    return Reading("".join(characters), tuple(places))
