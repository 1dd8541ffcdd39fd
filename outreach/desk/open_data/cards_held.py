"""Cards held by district, as far as nobody can be recognised in the numbers.

Small districts are left out and others with them, so that they cannot be worked out from the whole
(`places.rules.suppression`). That holds for who has a card and for who has none.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from outreach.coverage.coverage import Row, coverage
from outreach.places.rules.prefectures import prefecture_of
from outreach.places.rules.suppression import suppressed

COLUMNS = (
    *("都道府県コード又は市区町村コード", "都道府県名", "市区町村名", "地区コード", "地区名"),
    *("人口", "人口調査年月日", "保有枚数", "保有枚数調査年月日", "保有率", "備考"),
)
CARDS, _WITHOUT, RESIDENTS = range(3)
WHOLE, LEFT_OUT, NOT_COUNTED = "計", "少人数のため非表示", "未集計"


def rows(*, now: datetime) -> Iterator[list[object]]:
    """One line for each district without parts and one for the whole, on the newest date."""
    shown = coverage()
    counted = [row for row in shown.districts if not row.missing]
    grid = [(row.cards or 0, max((row.residents or 0) - (row.cards or 0), 0)) for row in counted]
    hidden = suppressed(grid, minimum=int(settings.SMALLEST_CELL))
    places = {row.code: number for number, row in enumerate(counted)}
    for row in shown.districts:
        yield _row(row, _hidden_in(places.get(row.code), hidden), code=row.code, name=row.name)
    yield _row(shown.whole, _hidden_in(len(counted), hidden), code="", name=WHOLE)


def _hidden_in(number: int | None, hidden: frozenset[tuple[int, int]]) -> set[int]:
    return {column for row, column in hidden if row == number}


def _row(row: Row, hidden: set[int], *, code: str, name: str) -> list[object]:
    """Where cards are left out, so is the rate: it would give them back."""
    residents = "" if row.missing or RESIDENTS in hidden else row.residents
    no_cards = row.missing or bool(hidden)
    return [
        settings.CITY_CODE,
        prefecture_of(settings.CITY_CODE),
        settings.CITY_NAME,
        code,
        name,
        residents,
        "" if row.population_as_of is None else row.population_as_of.isoformat(),
        "" if no_cards else row.cards,
        "" if row.as_of is None else row.as_of.isoformat(),
        "" if no_cards or row.rate is None else f"{row.rate}",
        NOT_COUNTED if row.missing else LEFT_OUT if hidden else "",
    ]
