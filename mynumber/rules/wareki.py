"""Dates in the Japanese calendar: eras, fiscal years, and every way a date arrives in writing.

Source: 元号法 and the 改元 ordinances. A change of era takes effect on the first day listed here,
so 1926-12-25 is 昭和元年 and no longer 大正15年.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .sentences import gettext_noop

FISCAL_YEAR_STARTS_IN = 4


@dataclass(frozen=True, slots=True)
class Era:
    """An era by its name and letter, its first day, and what to add to its years."""

    name: str
    letter: str
    starts_on: date
    year_offset: int


# Oldest first. 明治 begins here in its 6th year: before 1873 the calendar was not the present one.
ERAS = (
    Era("明治", "M", date(1873, 1, 1), 1867),
    Era("大正", "T", date(1912, 7, 30), 1911),
    Era("昭和", "S", date(1926, 12, 25), 1925),
    Era("平成", "H", date(1989, 1, 8), 1988),
    Era("令和", "R", date(2019, 5, 1), 2018),
)


_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\u2501\u30fc]")
_ERA = r"(?P<era>明治?|大正?|昭和?|平成?|令和?|[MTSHRmtshr])\s*(?P<era_year>元|[0-9]{1,2})"
_WESTERN = r"(?P<year>[0-9]{4})"
_KANJI_REST = r"\s*年\s*(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*日?"
_MARKED_REST = r"\s*(?P<mark>[-/.])\s*(?P<month>[0-9]{1,2})\s*(?P=mark)\s*(?P<day>[0-9]{1,2})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _WESTERN + _MARKED_REST,
        _WESTERN + _KANJI_REST,
        _WESTERN + r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        _ERA + _MARKED_REST,
        _ERA + _KANJI_REST,
    )
)


class DateFault(StrEnum):
    """What is wrong with a written date, each with the sentence that says so."""

    UNREADABLE = gettext_noop(
        "This is not a date we can read. Write it like 2026-01-31, 2026年1月31日 or 令和8年1月31日."
    )
    NO_SUCH_DAY = gettext_noop("There is no such day in the calendar. Check the month and the day.")
    OUTSIDE_ERA = gettext_noop(
        "This day does not lie in the era written with it. Check the era and the year."
    )


class DateNotUnderstood(ValueError):
    """A written date cannot be read; `fault` says why. The text itself is never repeated."""

    def __init__(self, fault: DateFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def wareki(day: date) -> str:
    """A date as in official letters: 令和8年1月31日. Raises ValueError before 1873."""
    return f"{wareki_year(day)}{day.month}月{day.day}日"


def wareki_year(day: date) -> str:
    """The era year of a day, the first one being 元年. Raises ValueError before 1873."""
    era = _era_of(day)
    year = day.year - era.year_offset
    return f"{era.name}{'元' if year == 1 else year}年"


def fiscal_year(day: date) -> int:
    """The western year in which the fiscal year (April to March) of a day began."""
    return day.year if day.month >= FISCAL_YEAR_STARTS_IN else day.year - 1


def fiscal_year_label(day: date) -> str:
    """The fiscal year of a day in eras: 令和8年度, or both names in the year of a change.

    A change between January and March leaves the name of the year that began in April.
    """
    year = fiscal_year(day)
    names = (wareki_year(date(year, FISCAL_YEAR_STARTS_IN, 1)), wareki_year(date(year, 12, 31)))
    return "/".join(f"{name}度" for name in dict.fromkeys(names))


def parse_japanese_date(text: str) -> date:
    """Read a date as people and files write it: ISO, 2026/1/31, 20260131, R8.1.31, 令和元年5月1日.

    Full-width digits, spaces around the parts and look-alike hyphens are accepted. Two-digit
    years without an era are not: they could be either calendar. Raises DateNotUnderstood.
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())
    for pattern in _FORMS:
        if match := pattern.fullmatch(plain):
            return _day_from(match.groupdict())
    raise DateNotUnderstood(DateFault.UNREADABLE)


def _day_from(parts: dict[str, str]) -> date:
    era = _era_named(parts["era"]) if "era" in parts else None
    year = int(parts["year"]) if era is None else _western_year(era, parts["era_year"])
    try:
        day = date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise DateNotUnderstood(DateFault.NO_SUCH_DAY) from None
    if era is not None and not era.starts_on <= day <= _last_day_of(era):
        raise DateNotUnderstood(DateFault.OUTSIDE_ERA)
    return day


def _western_year(era: Era, era_year: str) -> int:
    return era.year_offset + (1 if era_year == "元" else int(era_year))


def _era_named(name: str) -> Era:
    """The era of a full name, its first character or its letter."""
    return next(era for era in ERAS if era.name.startswith(name) or era.letter == name.upper())


def _last_day_of(era: Era) -> date:
    later = [other.starts_on for other in ERAS if other.starts_on > era.starts_on]
    return later[0] - timedelta(days=1) if later else date.max


def _era_of(day: date) -> Era:
    for era in reversed(ERAS):
        if day >= era.starts_on:
            return era
    raise ValueError(gettext_noop("Days before 1873 cannot be written in the Japanese calendar."))
