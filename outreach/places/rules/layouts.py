"""Which columns of a boundary file hold what, told by their names.

Sources: e-Stat 統計地理情報システム 小地域 (KEY_CODE, S_NAME, HCODE; MOJI in older years),
国土数値情報 行政区域データ N03 (N03_007 = code, N03_004 = municipality, N03_003 = the city a
ward belongs to, N03_005 = ward), and the plain columns a city would choose itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

WATER = "8154"  # HCODE of a water surface; 8101 is land


@dataclass(frozen=True)
class Columns:
    """Where to read. None: the file has no such column, or nobody has said which it is."""

    code: str | None = None
    # The first column with a value counts; those of one inner tuple are written one after another.
    names: tuple[tuple[str, ...], ...] = ()
    roman: str | None = None
    parent: str | None = None
    area_kind: str | None = None
    # Rows without a code belong to nobody (N03: 所属未定地) and are left out.
    blank_code_is_nobodys: bool = False
    # How many digits an official code has, to give a number its leading zero back.
    code_lengths: frozenset[int] = frozenset()

    def named(self) -> tuple[str, ...]:
        """Every column that will be read, each once."""
        chosen = (self.code, self.roman, self.parent, self.area_kind)
        flat = [column for group in self.names for column in group]
        return tuple(dict.fromkeys([*(c for c in chosen if c), *flat]))


def columns_of(
    present: Sequence[str],
    *,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    roman: str | None = None,
) -> Columns:
    """The columns to read; what the caller names wins over what the layout says.

    `code` or `names` stay empty where neither the caller nor a known layout gives them.
    """
    known = _known_layout(frozenset(present))
    return replace(
        known,
        code=code or known.code,
        names=((name,),) if name else known.names,
        roman=roman or known.roman,
        parent=parent,
        code_lengths=known.code_lengths if code in (None, known.code) else frozenset(),
    )


def _known_layout(present: frozenset[str]) -> Columns:
    if "KEY_CODE" in present:
        return Columns(
            code="KEY_CODE",
            names=_those_present(present, ("S_NAME",), ("MOJI",), ("CITY_NAME",)),
            area_kind="HCODE" if "HCODE" in present else None,
            code_lengths=frozenset({5, 9, 11}),
        )
    if "N03_007" in present:
        return Columns(
            code="N03_007",
            names=_those_present(present, ("N03_004", "N03_005"), ("N03_004",), ("N03_003",)),
            blank_code_is_nobodys=True,
            code_lengths=frozenset({5}),
        )
    return Columns(
        code="code" if "code" in present else None,
        names=_those_present(present, ("name",), ("name_ja",)),
        roman="name_roman" if "name_roman" in present else None,
    )


def _those_present(
    present: frozenset[str], *groups: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    return tuple(group for group in groups if present.issuperset(group))
