"""Check digits of the numbers that may be kept: 法人番号 and 全国地方公共団体コード.

Source: 法人番号の指定等に関する省令 (法人番号); 総務省 全国地方公共団体コード仕様 (団体コード).
"""

import re

from .sentences import gettext_noop

_CORPORATE_NUMBER = re.compile(r"[0-9]{13}")
_FIVE_DIGITS = re.compile(r"[0-9]{4,5}")
_SIX_DIGITS = re.compile(r"[0-9]{5,6}")
_LOCAL_GOVERNMENT_WEIGHTS = (6, 5, 4, 3, 2)


class CodeNotUnderstood(ValueError):
    """A local government code has the wrong number of digits or a wrong check digit."""


def has_valid_corporate_number(number: str) -> bool:
    """Whether thirteen ASCII digits begin with the check digit of a 法人番号.

    The leftmost digit is 9 − (ΣP·Q mod 9), Q being 1 for odd and 2 for even places from the right.
    """
    if not _CORPORATE_NUMBER.fullmatch(number):
        return False
    from_the_right = reversed(number[1:])
    total = sum(int(p) * (1 + place % 2) for place, p in enumerate(from_the_right))
    return int(number[0]) == 9 - total % 9


def has_valid_local_government_code(code: str) -> bool:
    """Whether six ASCII digits end in the check digit of a 団体コード."""
    return (
        bool(re.fullmatch(r"[0-9]{6}", code)) and _local_government_check_digit(code[:5]) == code[5]
    )


def six_digit_code(five_digits: str) -> str:
    """Complete the five-digit code of maps and statistics: "05209" (or "5209") → "052094".

    A spreadsheet that lost the leading zero has left four digits. Raises CodeNotUnderstood.
    """
    five_digits = five_digits.strip()
    if not _FIVE_DIGITS.fullmatch(five_digits):
        raise CodeNotUnderstood(
            gettext_noop("This is not a five-digit local government code. Write it like 05209.")
        )
    body = five_digits.zfill(5)
    return body + _local_government_check_digit(body)


def restored_code(six_digits: str) -> str:
    """A six-digit code with the zero a spreadsheet dropped put back: "52094" → "052094".

    Use it only for columns that hold six-digit codes: five digits alone do not tell which kind
    they are (11100 is さいたま市, and 札幌市清田区 011100 without its zero).

    Raises CodeNotUnderstood.
    """
    six_digits = six_digits.strip()
    if not _SIX_DIGITS.fullmatch(six_digits):
        raise CodeNotUnderstood(
            gettext_noop("This is not a six-digit local government code. Write it like 052094.")
        )
    code = six_digits.zfill(6)
    if not has_valid_local_government_code(code):
        raise CodeNotUnderstood(
            gettext_noop(
                "The check digit of this local government code is wrong. "
                "Compare it with the list of 総務省."
            )
        )
    return code


def _local_government_check_digit(body: str) -> str:
    total = sum(int(p) * q for p, q in zip(body, _LOCAL_GOVERNMENT_WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)
