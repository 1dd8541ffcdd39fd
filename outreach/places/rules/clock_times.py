"""Read a time of day in any way staff write it."""

import re
import unicodedata
from datetime import time

_NOON = 12
_FORM = re.compile(
    r"(?P<half>午前|午後|am|pm)?\s*(?P<hour>[0-9]{1,2})"
    r"(?:\s*:\s*(?P<minute>[0-9]{2})|\s*時\s*(?:(?P<kanji_minute>[0-9]{1,2})\s*分|(?P<and_half>半))?"
    r"|(?P<joined_minute>[0-9]{2}))\s*(?P<half_after>am|pm)?",
    re.IGNORECASE,
)


class TimeNotUnderstood(ValueError):
    """A written time of day cannot be read. The text itself is not repeated."""


def parse_clock_time(text: str) -> time:
    """Read 10:00, １０：００, 1000, 10時, 10時30分, 午後1時半 or 1:30pm.

    Raises TimeNotUnderstood, also for 24:00: what begins on a day ends on it.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _FORM.fullmatch(plain)
    if match is None:
        raise TimeNotUnderstood
    part = match.groupdict()
    half = (part["half"] or part["half_after"] or "").lower()
    minute = part["minute"] or part["kanji_minute"] or part["joined_minute"] or "0"
    try:
        return time(_hour(int(part["hour"]), half), 30 if part["and_half"] else int(minute))
    except ValueError:
        raise TimeNotUnderstood from None


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if hour > _NOON:
        raise TimeNotUnderstood
    # 午前12時 and 12 am are midnight, 午後12時 and 12 pm are noon.
    return hour % _NOON + (_NOON if half in ("午後", "pm") else 0)
