"""Counts of people or cards as files write them. Blank is not zero."""

import re

from mynumber.rules.sentences import gettext_noop
from outreach.coverage.rules.written_cells import plain

# A count may carry separators of thousands, and the ".0" a program puts behind whole numbers.
_WHOLE = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?")
_NEGATIVE = re.compile(r"[-\u2010-\u2015\u2212▲△][0-9.,]+")
_FRACTION = re.compile(r"[0-9,]*\.[0-9]+")
_TOO_LONG = re.compile(r"[0-9,]+(?:\.0+)?")


class CountNotUnderstood(ValueError):
    """A text is no count; the sentence says why."""


def parse_count(text: str) -> int:
    """Read a whole number of at most nine digits, 0 or more. Raises CountNotUnderstood."""
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return int(text)
    written = plain(text)
    if match := _WHOLE.fullmatch(written):
        return int(match[1].replace(",", ""))
    raise CountNotUnderstood(_why_not(written))


def _why_not(written: str) -> str:
    if not written:
        return gettext_noop("The number is blank. Blank is not zero: write 0 if there are none.")
    if _NEGATIVE.fullmatch(written):
        return gettext_noop("The number is negative. A count is 0 or more.")
    if _FRACTION.fullmatch(written):
        return gettext_noop("The number is not whole. People and cards are counted one by one.")
    if _TOO_LONG.fullmatch(written):
        return gettext_noop("The number is too long for a count of people. Check it.")
    return gettext_noop("This is not a number. Write digits only, like 1234.")
