"""A year of birth as people write it: 1944, 昭和19年, S19, 大正元年.

The year alone tells two people of one name apart; the day would say more than the visit needs.
"""

import re
import unicodedata
from enum import StrEnum

from mynumber.rules.wareki import ERAS, Era

# Plausible ages; nobody alive was born earlier.
EARLIEST = 1890

_WESTERN = re.compile(r"([0-9]{4})\s*年?(?:\s*生(?:まれ)?)?")
_ERA = re.compile(
    r"(明治?|大正?|昭和?|平成?|令和?|[MTSHRmtshr])\s*\.?\s*(元|[0-9]{1,2})\s*年?(?:\s*生(?:まれ)?)?"
)


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for makemessages and return it unchanged: the rules know no language."""
    return sentence


class BirthYearFault(StrEnum):
    """What is wrong with a written year of birth, each with the sentence that says so."""

    UNREADABLE = gettext_noop(
        "This is not a year we can read. Write only the year, like 1944 or S19."
    )
    NOT_PLAUSIBLE = gettext_noop(
        "Nobody we can visit was born in this year. Check the year and the era."
    )


class BirthYearNotUnderstood(ValueError):
    """A written year of birth cannot be used; `fault` says why."""

    def __init__(self, fault: BirthYearFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_birth_year(text: str, *, this_year: int) -> int:
    """Read a year in either calendar as the western one. Raises BirthYearNotUnderstood."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if western := _WESTERN.fullmatch(plain):
        year = int(western[1])
    elif written := _ERA.fullmatch(plain):
        year = _western_year(_era_named(written[1]), written[2])
    else:
        raise BirthYearNotUnderstood(BirthYearFault.UNREADABLE)
    if not EARLIEST <= year <= this_year:
        raise BirthYearNotUnderstood(BirthYearFault.NOT_PLAUSIBLE)
    return year


def _era_named(name: str) -> Era:
    return next(era for era in ERAS if era.name.startswith(name) or era.letter == name.upper())


def _western_year(era: Era, era_year: str) -> int:
    """Raises when the era had no such year: 昭和70年 is a slip, not a late 平成7年."""
    year = era.year_offset + (1 if era_year == "元" else int(era_year))
    later = [other.starts_on.year for other in ERAS if other.starts_on > era.starts_on]
    if year < era.starts_on.year or (later and year > later[0]):
        raise BirthYearNotUnderstood(BirthYearFault.NOT_PLAUSIBLE)
    return year
