"""Read the report an aggregator sends back about a file of text messages.

Columns: 受付番号 and 結果 (送達, 不達, 停止), perhaps 理由, in any order. Nothing else may stand
in it: a column, a row or a word nobody knows refuses the whole file.
"""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from notifications.actions.delivery_reports import STATE_OF, Report, Result
from notifications.models import HandOver, Message
from notifications.sms_file import REFERENCE
from notifications.text_guard import guard
from outreach.coverage.holdings_file import Sheet, read_sheet
from outreach.coverage.remarks import FileRefused, Remark
from outreach.coverage.rules.written_cells import plain

RESULT, REASON = "結果", "理由"
_NEEDED, _KNOWN = (REFERENCE, RESULT), (REFERENCE, RESULT, REASON)
_RESULTS = [result.value for result in Result]
_REASON_LENGTH = Message._meta.get_field("reason").max_length or 0

_MISSING_COLUMN = _("The column is missing.")
_UNKNOWN_COLUMN = _("This column is not known. Take it out.")
_COLUMN_TWICE = _("The column is there twice. Keep one of them.")
_NO_ROWS = _("There are no rows below the headings.")
_UNKNOWN_REFERENCE = _("No text message with this reference was handed over as a file.")
_NOT_OUT = _("The file with this message has not been marked as handed over yet. Do that first.")
_TWICE = _("This reference stands in row %(row)s too. Keep one of them.")
_UNKNOWN_RESULT = _("Write 送達, 不達 or 停止.")
_FINAL = _("This message has been settled otherwise. Its state is not changed again.")
_TOO_LONG = _("The reason is too long. Shorten it to %(limit)s characters.")


def read_report(content: bytes) -> list[Report]:
    """The lines of a report, in its order. Raises FileRefused with every fault in it."""
    sheet = read_sheet(content, key_heading=REFERENCE)
    faults = list(_faults_of_headings(sheet))
    if faults:
        raise FileRefused(faults)
    references, results = (_column(sheet, name) for name in _NEEDED)
    reasons = _column(sheet, REASON) if REASON in sheet.headings else [""] * len(references)
    messages = _known(references)
    lines = list(zip(sheet.row_numbers, references, results, reasons, strict=True))
    faults = [*_faults_of_rows(lines, messages)]
    if faults:
        raise FileRefused(faults)
    return [
        Report(messages[reference], Result(result), reason)
        for _row, reference, result, reason in lines
    ]


def _faults_of_headings(sheet: Sheet) -> Iterator[Remark]:
    named = [heading for heading in sheet.headings if heading]
    for name in _NEEDED:
        if name not in named:
            yield Remark(_MISSING_COLUMN, row=sheet.heading_row, column=name)
    for place, heading in enumerate(sheet.headings):
        # A column without a heading and without a word in it is only a comma too many.
        if heading not in _KNOWN and (heading or any(sheet.columns[place])):
            yield Remark(_UNKNOWN_COLUMN, row=sheet.heading_row, column=heading or "-")
        elif heading and heading in sheet.headings[:place]:
            yield Remark(_COLUMN_TWICE, row=sheet.heading_row, column=heading)
    if not sheet.row_numbers:
        yield Remark(_NO_ROWS)


def _faults_of_rows(
    lines: Sequence[tuple[int, str, str, str]], messages: dict[str, Message]
) -> Iterator[Remark]:
    first_seen: dict[str, int] = {}
    for row, reference, result, reason in lines:
        message = messages.get(reference)
        if message is None:
            yield Remark(_UNKNOWN_REFERENCE, row, REFERENCE, reference)
        elif reference in first_seen:
            yield Remark(_TWICE, row, REFERENCE, reference, {"row": first_seen[reference]})
        elif result not in _RESULTS:
            yield Remark(_UNKNOWN_RESULT, row, RESULT, result)
        else:
            yield from _faults_of_state(row, message, Result(result))
        first_seen.setdefault(reference, row)
        yield from _faults_of_reason(row, reason)


def _faults_of_state(row: int, message: Message, result: Result) -> Iterator[Remark]:
    hand_over = message.hand_over
    if hand_over is None or hand_over.state != HandOver.State.DONE:
        yield Remark(_NOT_OUT, row, REFERENCE, message.reference)
    elif message.state not in (Message.State.SENT, STATE_OF[result]):
        yield Remark(_FINAL, row, RESULT, result.value)


def _faults_of_reason(row: int, reason: str) -> Iterator[Remark]:
    try:
        guard(reason)
    except ValidationError as refusal:
        yield Remark(refusal.messages[0], row, REASON)
    if len(reason) > _REASON_LENGTH:
        yield Remark(_TOO_LONG, row, REASON, values={"limit": _REASON_LENGTH})


def _column(sheet: Sheet, name: str) -> list[str]:
    return [plain(cell) for cell in sheet.columns[sheet.headings.index(name)]]


def _known(references: Sequence[str]) -> dict[str, Message]:
    """The messages of files by reference."""
    found = Message.objects.filter(
        reference__in=set(references), hand_over__kind=HandOver.Kind.SMS_FILE
    )
    return {message.reference: message for message in found.select_related("hand_over", "contact")}
