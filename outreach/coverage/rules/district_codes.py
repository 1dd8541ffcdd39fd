"""District codes and names as files write them, matched to those the town knows.

A spreadsheet drops the leading zero of a code and rounds long ones; both are told apart from a
code that is simply unknown.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from mynumber.rules.sentences import gettext_noop
from outreach.coverage.rules.written_cells import plain

_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+")
_WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
# Old and new spellings of the same place names.
_SPELLINGS = str.maketrans({"ヶ": "ケ", "ヵ": "カ", "の": "ノ", "之": "ノ", "舘": "館", "が": "ケ"})


class CodeNotKnown(ValueError):
    """A text is no code of a district that counts can stand on; the sentence says why."""


class DistrictCodes:
    """The codes of one boundary set: `leaves` carry counts, `parents` are sums of leaves."""

    def __init__(self, *, leaves: Iterable[str], parents: Iterable[str]) -> None:
        self.leaves = frozenset(leaves)
        self.parents = frozenset(parents)
        self._without_zeros: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self.leaves | self.parents):
            self._without_zeros[code.lstrip("0")].append(code)

    def resolve(self, text: str) -> str:
        """The leaf a text stands for, a lost leading zero restored. Raises CodeNotKnown.

        A zero is restored only when one code alone, among leaves and parents, differs from the
        text by its leading zeros.
        """
        written = plain(text)
        if match := _WITH_FRACTION.fullmatch(written):
            written = match[1]
        if written not in self.leaves and written not in self.parents:
            written = self._with_zeros(written)
        if written in self.parents:
            raise CodeNotKnown(
                gettext_noop(
                    "This district has parts, and counts stand on its parts only. "
                    "Give the counts of each part."
                )
            )
        return written

    def _with_zeros(self, written: str) -> str:
        if not written:
            raise CodeNotKnown(gettext_noop("The code is blank. Every row needs one."))
        if _ROUNDED.fullmatch(written):
            raise CodeNotKnown(
                gettext_noop(
                    "A spreadsheet has rounded this code. Format the column as text and write "
                    "the code again."
                )
            )
        # More zeros than the town writes are no loss; only a shorter text can have lost some.
        longer = [
            code
            for code in self._without_zeros.get(written.lstrip("0"), ())
            if len(code) > len(written)
        ]
        if len(longer) > 1:
            raise CodeNotKnown(
                gettext_noop(
                    "This code lost its leading zeros and fits more than one district. "
                    "Write it in full."
                )
            )
        if not longer:
            raise CodeNotKnown(
                gettext_noop(
                    "No district of the boundaries in force has this code. Compare it with the "
                    "boundary file."
                )
            )
        return longer[0]


def same_name(written: str, known: str) -> bool:
    """Whether two names are one name, apart from width, spaces and old spellings of place names."""
    return _folded(written) == _folded(known)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_SPELLINGS)
