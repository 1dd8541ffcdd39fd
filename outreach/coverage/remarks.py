"""What an import says about a file: faults that refuse it, and notes on what was done with it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mynumber.rules.forbidden_numbers import masked

# More lines than this help nobody: the file is wrong as a whole.
MOST_LINES = 200
_LONGEST_QUOTE = 40


class Remark(NamedTuple):
    """One sentence about a file, with the row and column it is about; both may be absent.

    Rows are counted as a spreadsheet counts them, from 1. `written` is the cell itself; it is
    shown with forbidden numbers blotted out. The sentence may be lazily translated, and is put
    together only when it is read, because a wrong file can have a remark on every cell.
    """

    sentence: Any
    row: int | None = None
    column: str = ""
    written: str = ""
    values: Mapping[str, object] = {}

    def line(self, file_name: str) -> str:
        """The remark as one line that names file, row and column."""
        places = [masked(file_name)]
        if self.row is not None:
            places.append(_("row %(row)s") % {"row": self.row})
        if self.column:
            places.append(masked(self.column))
        if self.written.strip():
            places.append(_("“%(written)s”") % {"written": self._quote()})
        return _("%(place)s: %(sentence)s") % {
            "place": ", ".join(places),
            "sentence": str(self),
        }

    def __str__(self) -> str:
        sentence = _(str(self.sentence))
        return sentence % self.values if self.values else sentence

    def _quote(self) -> str:
        text = masked(" ".join(self.written.split()))
        return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


class FileRefused(Exception):
    """A file was refused and nothing was changed; `faults` say why, by row."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row or 0))
        super().__init__(self.faults[0].sentence if self.faults else "")


def lines_of(remarks: Sequence[Remark], *, file_name: str) -> list[str]:
    """The first MOST_LINES remarks as lines, then how many more there are."""
    lines = [remark.line(file_name) for remark in remarks[:MOST_LINES]]
    if (more := len(remarks) - MOST_LINES) > 0:
        lines.append(_("… and %(count)d more.") % {"count": more})
    return lines
