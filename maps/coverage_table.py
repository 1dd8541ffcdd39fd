"""The table beside the map: every number the map shows, and those it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from maps.numbers import rows_of
from maps.rules.rate_classes import NoRate, breaks_of
from maps.sentences import class_sentences, written_count
from outreach.coverage.coverage import Coverage, Row

NO_VALUE = "–"
# A city has at most some hundred districts; beyond that a table is searched, not read.
MOST_BESIDE_MAP = 400
MOST_NEEDY_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One row as words; `number` is its place in the arrays of `maps.numbers`."""

    number: int
    code: str
    name: str
    cells: tuple[str, ...]  # residents, cards, rate, points to the target, cards needed


@dataclass(frozen=True, slots=True)
class Group:
    """A parent with its parts; `parent` is None for districts that stand alone."""

    parent: Line | None
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    groups: Sequence[Group]
    whole: Line
    total: int  # districts there are
    shown: int  # districts in the groups

    @property
    def shortened(self) -> bool:
        """Whether the rest stands in the full table, a link away."""
        return self.shown < self.total


@dataclass(frozen=True, slots=True)
class LegendEntry:
    swatch: str  # names the pattern: "0" … "7", "missing", "empty"
    words: str


def coverage_table(coverage: Coverage, *, beside_map: bool) -> CoverageTable:
    """Parents by code with their parts below them, then the districts without a parent.

    Beside the map of a prefecture or the nation only the districts in most need are shown: their
    thousands of cells would take longer than the map itself.
    """
    rows = list(rows_of(coverage))
    count = len(coverage.districts)
    numbers: Sequence[int] = range(count)
    if beside_map and count > MOST_BESIDE_MAP:
        numbers = _in_most_need(rows[:count])
        groups = [Group(_line(number, rows[number]), ()) for number in range(count, len(rows) - 1)]
        groups.append(Group(None, [_line(number, rows[number]) for number in numbers]))
    else:
        groups = _families(rows, count)
    return CoverageTable(
        groups=groups,
        whole=_line(len(rows) - 1, rows[-1]),
        total=count,
        shown=len(numbers),
    )


def legend(target: Decimal) -> list[LegendEntry]:
    """Every class of the map in words, the two that are no class last."""
    classes = class_sentences(breaks_of(target))
    return [
        *(LegendEntry(str(number), words) for number, words in enumerate(classes)),
        LegendEntry(NoRate.MISSING, _("not counted")),
        LegendEntry(NoRate.EMPTY, _("nobody lives here")),
    ]


def _families(rows: Sequence[Row], count: int) -> list[Group]:
    """The first `count` rows below their parents, which follow them; the last row is the whole."""
    parts: dict[str, list[Line]] = {}
    for number, row in enumerate(rows[:count]):
        parts.setdefault(row.parent_code, []).append(_line(number, row))
    groups = [
        Group(_line(number, rows[number]), parts.get(rows[number].code, ()))
        for number in range(count, len(rows) - 1)
    ]
    if alone := parts.get(""):
        groups.append(Group(None, alone))
    return groups


def _in_most_need(districts: Sequence[Row]) -> list[int]:
    """The numbers of the rows with most cards needed; the script picks by the same rule."""
    by_need = sorted(range(len(districts)), key=lambda n: -(districts[n].cards_needed or 0))
    return by_need[:MOST_NEEDY_SHOWN]


def _line(number: int, row: Row) -> Line:
    if row.missing:
        cells: tuple[str, ...] = (_("not counted"), *[NO_VALUE] * 4)
    else:
        cells = (
            written_count(row.residents),
            written_count(row.cards),
            NO_VALUE if row.rate is None else str(row.rate),
            NO_VALUE if row.gap is None else str(row.gap),
            written_count(row.cards_needed),
        )
    return Line(number=number, code=row.code, name=row.name, cells=cells)
