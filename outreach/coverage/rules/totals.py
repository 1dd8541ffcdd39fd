"""計 beside its parts: a sum that is written down must be right, and is then left out.

Counts are kept once. 計 of the sexes must be 男 + 女 of the same district and age band, 計 of the
ages the sum of the district's bands of the same sex. A 計 without parts is itself the count.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from outreach.coverage.rules.age_bands import ALL_AGES
from outreach.coverage.rules.sexes import BOTH, FEMALE, MALE


class Place(NamedTuple):
    """Where in the table a count stands: the district's code, first year of the band, sex."""

    code: str
    age_from: int
    sex: str


class Counts(NamedTuple):
    residents: int
    cards: int

    def plus(self, other: "Counts") -> "Counts":
        return Counts(self.residents + other.residents, self.cards + other.cards)


NOBODY = Counts(0, 0)


class SumFault(StrEnum):
    """What is wrong with a 計."""

    NOT_THE_SEXES = "not_the_sexes"
    NOT_THE_AGES = "not_the_ages"
    ONE_SEX_ONLY = "one_sex_only"
    NO_SUCH_PARTS = "no_such_parts"


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A 計 that cannot stand: where, why, and for a wrong sum what is written and what it is.

    `parts` is None where the parts are incomplete and nothing can be added up.
    """

    place: Place
    fault: SumFault
    written: Counts
    parts: Counts | None


class Totals:
    """The 計 of one table."""

    def __init__(self, table: Mapping[Place, Counts]) -> None:
        self._table = table
        self._bands: dict[str, set[int]] = defaultdict(set)
        for place in table:
            if place.age_from != ALL_AGES:
                self._bands[place.code].add(place.age_from)

    def redundant(self, place: Place) -> bool:
        """Whether a count is the sum of others in the table and must not be added to them."""
        if place.age_from == ALL_AGES and place.code in self._bands:
            return True
        return place.sex == BOTH and any(
            place._replace(sex=sex) in self._table for sex in (MALE, FEMALE)
        )

    def wrong(self) -> Iterator[WrongSum]:
        """Every 計 that is not the sum of its parts, in the order of the table."""
        for place in self._table:
            if place.sex == BOTH:
                yield from self._wrong_over_sexes(place)
            if place.age_from == ALL_AGES and place.code in self._bands:
                yield from self._wrong_over_ages(place)

    def _wrong_over_sexes(self, place: Place) -> Iterator[WrongSum]:
        written = self._table[place]
        parts = [self._table.get(place._replace(sex=sex)) for sex in (MALE, FEMALE)]
        men, women = parts
        if men is not None and women is not None:
            if written != men.plus(women):
                yield WrongSum(place, SumFault.NOT_THE_SEXES, written, men.plus(women))
        elif men is not None or women is not None:
            yield WrongSum(place, SumFault.ONE_SEX_ONLY, written, None)

    def _wrong_over_ages(self, place: Place) -> Iterator[WrongSum]:
        written = self._table[place]
        total = NOBODY
        for age_from in self._bands[place.code]:
            part = self._count(place._replace(age_from=age_from))
            if part is None:
                yield WrongSum(place, SumFault.NO_SUCH_PARTS, written, None)
                return
            total = total.plus(part)
        if written != total:
            yield WrongSum(place, SumFault.NOT_THE_AGES, written, total)

    def _count(self, place: Place) -> Counts | None:
        """One cell, 計 added up from the sexes where they are given; None if it is not known."""
        if place.sex == BOTH:
            parts = [self._table.get(place._replace(sex=sex)) for sex in (MALE, FEMALE)]
            given = [part for part in parts if part is not None]
            if given:
                return given[0] if len(given) == 1 else given[0].plus(given[1])
            return self._table.get(place)
        if place in self._table:
            return self._table[place]
        # A band that counts no sexes cannot be split; a band without this sex has nobody of it.
        return None if place._replace(sex=BOTH) in self._table else NOBODY
