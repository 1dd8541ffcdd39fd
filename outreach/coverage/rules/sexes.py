"""The sexes of a file of counts: 男, 女, and 計 for both."""

from mynumber.rules.sentences import gettext_noop
from outreach.coverage.rules.written_cells import TOTAL_WORDS, plain

MALE = "m"
FEMALE = "f"
BOTH = "b"

_WORDS = {
    "男": MALE,
    "男性": MALE,
    "女": FEMALE,
    "女性": FEMALE,
    **dict.fromkeys(TOTAL_WORDS, BOTH),
}


class SexNotUnderstood(ValueError):
    """A text is none of 男, 女 and 計."""


def parse_sex(text: str) -> str:
    """MALE, FEMALE or BOTH. Raises SexNotUnderstood; a blank is none of them."""
    try:
        return _WORDS[plain(text)]
    except KeyError:
        raise SexNotUnderstood(gettext_noop("Write 男, 女 or 計 for the sex.")) from None
