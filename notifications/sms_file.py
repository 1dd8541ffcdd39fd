"""The file of text messages for a domestic aggregator, which a member of staff hands over."""

import csv
import io
from collections.abc import Iterable

from notifications.models import Message
from notifications.rules.phones import PhoneNotUnderstood, parse_phone

# The columns, and the first of the file that comes back.
REFERENCE, PHONE, BODY = "受付番号", "電話番号", "本文"
ENCODINGS = {"utf-8": "utf-8-sig", "cp932": "cp932"}

# A cell that begins so is a formula to a spreadsheet; the wide sign reads the same and is none.
_FORMULA_SIGNS = str.maketrans({"=": "＝", "+": "＋", "-": "－", "@": "＠"})
# cp932 has these signs under another code point than the keyboards of today write.
_CP932_TWINS = str.maketrans({"〜": "～", "−": "－", "—": "―", "‖": "∥", "¢": "￠", "£": "￡"})


class NotInEncoding(Exception):
    """Some texts hold letters the encoding does not have; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def sms_file(messages: Iterable[Message], *, encoding: str) -> bytes:
    """One line for each message; `encoding` is a key of ENCODINGS. Raises NotInEncoding.

    Vietnamese, Korean and Chinese are not in cp932.
    """
    rows = [(message.reference, _phone(message), message.body) for message in messages]
    if encoding == "cp932":
        rows = [(reference, phone, body.translate(_CP932_TWINS)) for reference, phone, body in rows]
        if outside := sum(not _is_in_cp932(body) for _, _, body in rows):
            raise NotInEncoding(outside)
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # lines end with CRLF
    writer.writerow((REFERENCE, PHONE, BODY))
    writer.writerows(tuple(_harmless(cell) for cell in row) for row in rows)
    return text.getvalue().encode(ENCODINGS[encoding])


def _phone(message: Message) -> str:
    """With hyphens: a spreadsheet would take the zero off a bare number."""
    value = message.point.value if message.point else ""
    try:
        return parse_phone(value).national
    except PhoneNotUnderstood:
        return value


def _harmless(cell: str) -> str:
    plain = "\n".join(cell.strip().splitlines())
    return plain[:1].translate(_FORMULA_SIGNS) + plain[1:]


def _is_in_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
