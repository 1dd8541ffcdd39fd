"""Age bands (年齢階級) as statistics write them: 0-4, 0～4歳, 85以上, 85歳～, 計.

Source: 自治体標準オープンデータセット 地域・年齢別人口 (five-year bands up to 85歳以上); files of
single years and of ten-year bands are read the same way.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mynumber.rules.sentences import gettext_noop
from outreach.coverage.rules.written_cells import TOTAL_WORDS, plain_range

OLDEST = 120
# The first year that stands for "all ages", in files and in the database.
ALL_AGES = -1

_CLOSED = re.compile(r"([0-9]{1,3})歳?-([0-9]{1,3})歳?")
_OPEN = re.compile(r"([0-9]{1,3})(?:歳?以上|歳?[-+])")
_SINGLE = re.compile(r"([0-9]{1,3})歳?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|.*月.*日")


class AgeBand(NamedTuple):
    """Completed years of age, both included; ALL_AGES to OLDEST for 計."""

    first: int
    last: int


EVERYBODY = AgeBand(ALL_AGES, OLDEST)


class BandNotUnderstood(ValueError):
    """A text is no age band; the sentence says how to write one."""


def parse_age_band(text: str) -> AgeBand:
    """Read one age band. Raises BandNotUnderstood; a blank is none either."""
    written = plain_range(text)
    if written in TOTAL_WORDS:
        return EVERYBODY
    if match := _CLOSED.fullmatch(written):
        band = AgeBand(int(match[1]), int(match[2]))
    elif match := _OPEN.fullmatch(written):
        band = AgeBand(int(match[1]), OLDEST)
    elif match := _SINGLE.fullmatch(written):
        band = AgeBand(int(match[1]), int(match[1]))
    else:
        raise BandNotUnderstood(_why_not(written))
    if not band.first <= band.last <= OLDEST:
        raise BandNotUnderstood(
            gettext_noop("This age band ends before it begins, or beyond 120. Check both ages.")
        )
    return band


def overlapping(bands: Iterable[AgeBand]) -> tuple[AgeBand, AgeBand] | None:
    """The first two bands that count the same people, were both added up; None if there are none.

    計 is left out: it is the sum of the others and is not added to them.
    """
    for younger, older in pairwise(sorted(band for band in set(bands) if band != EVERYBODY)):
        if older.first <= younger.last:
            return younger, older
    return None


def _why_not(written: str) -> str:
    if not written:
        return gettext_noop("The age band is blank. Write it like 0-4, 85以上 or 計.")
    if _DATE.fullmatch(written):
        return gettext_noop(
            "A spreadsheet has turned this age band into a date. Format the column as text and "
            "write the band again, like 5-9."
        )
    return gettext_noop("This is not an age band we can read. Write it like 0-4, 85以上 or 計.")
