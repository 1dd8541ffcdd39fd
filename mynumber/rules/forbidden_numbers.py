"""Numbers the town must never keep, found in free text to be refused or blotted out.

Source: 番号法 (個人番号); 在留カード番号 and 申請書ID identify a person's card or application and
have no use in outreach. PINs cannot be told from other four-digit numbers and are kept out by
never asking for them.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from .personal_number import personal_number_spans
from .written_text import SEPARATOR, Reading, read

MASK = "●●●"

# Separators are allowed between capitals only: "on 2026-04-01 at" is not a residence card.
_RESIDENCE_CARD = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{{2}}(?:{SEPARATOR}*[0-9]){{8}}{SEPARATOR}*[A-Z]{{2}}"
    r"|[A-Za-z]{2}[0-9]{8}[A-Za-z]{2})(?![A-Za-z0-9])"
)
_APPLICATION_ID_DIGITS = 23


class ForbiddenNumber(StrEnum):
    """A kind of number that is refused on sight."""

    PERSONAL_NUMBER = "personal_number"
    RESIDENCE_CARD_NUMBER = "residence_card_number"
    APPLICATION_ID = "application_id"


def forbidden_numbers(text: str) -> frozenset[ForbiddenNumber]:
    """The kinds of forbidden number a text seems to hold; never the numbers themselves."""
    return frozenset(kind for kind, _ in _found(read(text)))


def masked(text: str) -> str:
    """The text with every forbidden number replaced by MASK, for logs and texts from outside.

    The rest stays exactly as written. What is left beside a masked number is read again until
    nothing is found, so masking a masked text changes nothing.
    """
    while spans := _written_spans(text):
        text = _with_spans_masked(text, spans)
    return text


def _written_spans(text: str) -> list[tuple[int, int]]:
    reading = read(text)
    return sorted(reading.written_span(*span) for _, span in _found(reading))


def _with_spans_masked(text: str, spans: list[tuple[int, int]]) -> str:
    """Replace sorted spans, overlapping ones by a single mask."""
    pieces: list[str] = []
    end_of_last = 0
    for start, end in spans:
        if start >= end_of_last:
            pieces += [text[end_of_last:start], MASK]
        end_of_last = max(end_of_last, end)
    return "".join(pieces) + text[end_of_last:]


def _found(reading: Reading) -> Iterator[tuple[ForbiddenNumber, tuple[int, int]]]:
    for span in personal_number_spans(reading):
        yield ForbiddenNumber.PERSONAL_NUMBER, span
    for match in _RESIDENCE_CARD.finditer(reading.text):
        yield ForbiddenNumber.RESIDENCE_CARD_NUMBER, match.span()
    for digits in reading.digit_runs():
        if len(digits.value) == _APPLICATION_ID_DIGITS:
            yield ForbiddenNumber.APPLICATION_ID, (digits.start, digits.end)
