"""Recognise a 個人番号 so that it can be refused: outreach is not a use that 番号法 permits.

Nothing here returns, raises or logs the number itself.

False positives, known and accepted because storing one real number is worse:
- about 10 % of all 12-digit runs pass the check digit, time stamps such as 202604010006 included;
- about 10 % of mobile numbers written 81… without the plus pass, so phone fields are not checked;
- a phone number followed by a short number with nothing but spaces between them can add up to
  twelve digits.
"""

import re
from collections.abc import Iterator

from .written_text import SEPARATOR, Digits, Reading, digits_of, read

# 総務省令 (検査用数字): weights of the first eleven digits, left to right.
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
# In a lookahead, because a group can end one number and begin to look like another.
_THREE_FOURS = re.compile(
    rf"(?<![0-9])(?=([0-9]{{4}}({SEPARATOR}+)[0-9]{{4}}\2[0-9]{{4}})(?![0-9]))"
)
# Enough for one group and the marks before it.
_LOOK_BACK = 16
_COUNTRY_CODE_JAPAN = "81"


def has_valid_check_digit(digits: str) -> bool:
    """Whether twelve ASCII digits end in the check digit of a 個人番号; anything else is False."""
    if not _TWELVE_DIGITS.fullmatch(digits):
        return False
    remainder = sum(int(p) * q for p, q in zip(digits[:11], _WEIGHTS, strict=True)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def contains_personal_number(text: str) -> bool:
    """Whether a text holds what reads as a 個人番号, however it is spaced or typed."""
    return any(True for _ in personal_number_spans(read(text)))


def personal_number_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Half-open spans of the reading that look like a 個人番号; spans may repeat.

    Separators between digits are dropped and runs of exactly twelve are checked. Three groups of
    four, as on the card, are also found when another number stands before or after them.
    """
    for digits in (*reading.digit_runs(), *_three_fours(reading)):
        if has_valid_check_digit(digits.value) and not _is_phone_abroad(reading, digits):
            yield digits.start, digits.end


def _three_fours(reading: Reading) -> Iterator[Digits]:
    for match in _THREE_FOURS.finditer(reading.text):
        if not _goes_on(reading.text, match):
            yield digits_of(match, group=1)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the groups continue in the same way, as in a 法人番号 (1-4-4-4) or a bank card.

    A neighbour that is joined to further digits in another way is a number of its own: the groups
    in "1234 5678 9018 0186-30-0203" end before the phone number.
    """
    mark = re.escape(match[2])
    other_join = rf"(?!{mark}){SEPARATOR}+[0-9]"
    after = re.compile(rf"{mark}[0-9]{{1,4}}(?![0-9])(?!{other_join})")
    if after.match(text, match.end(1)):
        return True
    shortly_before = text[max(0, match.start() - len(match[2]) - _LOOK_BACK) : match.start()]
    before = re.search(rf"(?<![0-9])[0-9]{{1,4}}{mark}\Z", shortly_before)
    if before is None:
        return False
    head = shortly_before[: before.start()]
    return head.endswith(match[2]) or not re.search(rf"[0-9]{SEPARATOR}+\Z", head)


def _is_phone_abroad(reading: Reading, digits: Digits) -> bool:
    """+81 and ten digits is a phone number as dialled from abroad; no 個人番号 has a plus."""
    plus_before = reading.text.startswith("+", digits.start - 1) if digits.start else False
    return plus_before and digits.value.startswith(_COUNTRY_CODE_JAPAN)
