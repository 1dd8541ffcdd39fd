"""How far the city is from its target, district by district, on one date.

A rate never stands alone: every row carries residents, cards and the dates of both. A district
without counts is missing, which is not zero; sums are over the districts that were counted and say
how many were not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from mynumber.rules.rates import cards_needed, gap_to_target, holding_rate
from outreach.coverage.models import Batch, Holding
from outreach.places.models import District


class NoCountsOfThisDate(Exception):
    """There are no counts of the date asked for; the text names the dates there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One district, or the sum of several.

    Counts, rate (percent) and gap (percentage points) are None where nothing was counted; the
    rate and the gap also where nobody lives. `missing_parts` of the districts below were not
    counted and are not in the sums; a district without parts has one if it is missing itself.
    """

    code: str
    name: str
    name_roman: str
    parent_code: str
    residents: int | None = None
    cards: int | None = None
    rate: Decimal | None = None
    gap: Decimal | None = None
    cards_needed: int | None = None
    as_of: date | None = None
    population_as_of: date | None = None
    missing_parts: int = 0

    @property
    def missing(self) -> bool:
        """Whether nothing was counted here."""
        return self.residents is None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The city on one date: the whole, its districts without parts, and the parents above them.

    `dates` are all dates there are counts of, the newest first.
    """

    whole: Row
    districts: tuple[Row, ...]
    parents: tuple[Row, ...]
    as_of: date | None
    population_as_of: date | None
    dates: tuple[date, ...]
    target: Decimal


def coverage(*, as_of: date | None = None, target: Decimal | None = None) -> Coverage:
    """The newest counts, or those of one date, against the target in percent (the plan's 90).

    Before the first import every district is missing. Raises NoCountsOfThisDate.
    """
    batches = list(Batch.objects.counting())
    batch = _batch_of(as_of, batches)
    table = _Table(
        batch=batch,
        target=Decimal(settings.CARD_TARGET_PERCENT) if target is None else target,
        counts=Holding.objects.by_district(batch) if batch else {},
    )
    # Plain columns: a nation's districts as model instances cost as much as all that follows.
    districts = list(
        District.objects.in_force().values_list("pk", "code", "name", "name_roman", "parent")
    )
    above: dict[int, int | None] = {pk: parent for pk, *_names, parent in districts}
    codes = {pk: code for pk, code, *_rest in districts}
    with_parts = set(above.values())
    leaves_below = _leaves_below(above)
    rows = {
        pk: table.row(
            leaves=leaves_below[pk],
            code=code,
            name=name,
            name_roman=name_roman,
            parent_code=codes[parent] if parent else "",
        )
        for pk, code, name, name_roman, parent in districts
    }
    return Coverage(
        whole=table.row(
            leaves=[pk for pk in above if pk not in with_parts],
            code=settings.CITY_CODE,
            name=settings.CITY_NAME,
        ),
        districts=tuple(row for pk, row in rows.items() if pk not in with_parts),
        parents=tuple(row for pk, row in rows.items() if pk in with_parts),
        as_of=batch.as_of if batch else None,
        population_as_of=batch.population_as_of if batch else None,
        dates=tuple(batch.as_of for batch in batches),
        target=table.target,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    batch: Batch | None
    target: Decimal
    counts: dict[int, tuple[int, int]]

    def row(
        self,
        *,
        leaves: Sequence[int],
        code: str,
        name: str,
        name_roman: str = "",
        parent_code: str = "",
    ) -> Row:
        """The sum of some districts without parts, by their ids."""
        counted = [self.counts[leaf] for leaf in leaves if leaf in self.counts]
        place = (code, name, name_roman, parent_code)
        missing_parts = len(leaves) - len(counted)
        if not counted or self.batch is None:
            return Row(*place, missing_parts=missing_parts)
        residents = sum(residents for residents, _cards in counted)
        cards = sum(cards for _residents, cards in counted)
        rate = holding_rate(cards=cards, residents=residents)
        return Row(
            *place,
            residents=residents,
            cards=cards,
            rate=rate,
            gap=gap_to_target(rate=rate, target=self.target),
            cards_needed=cards_needed(cards=cards, residents=residents, target=self.target),
            as_of=self.batch.as_of,
            population_as_of=self.batch.population_as_of,
            missing_parts=missing_parts,
        )


def _batch_of(as_of: date | None, batches: list[Batch]) -> Batch | None:
    if as_of is None:
        return batches[0] if batches else None
    for batch in batches:
        if batch.as_of == as_of:
            return batch
    raise NoCountsOfThisDate(
        _("There are no counts of %(date)s. There are counts of: %(dates)s.")
        % {"date": as_of, "dates": _listed(batch.as_of for batch in batches)}
    )


def _listed(dates: Iterable[date]) -> str:
    return ", ".join(map(str, dates)) or _("no date yet; load them with import_holdings")


def _leaves_below(above: dict[int, int | None]) -> dict[int, list[int]]:
    """Each district's parts that have no parts, itself where it has none; `above` gives parents."""
    with_parts = set(above.values())
    leaves: dict[int, list[int]] = {pk: [] for pk in above}
    for pk in above:
        place: int | None = None if pk in with_parts else pk
        while place is not None:
            leaves[place].append(pk)
            place = above.get(place)
    return leaves
