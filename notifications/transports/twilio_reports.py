"""What Twilio's words about a message or a call mean to us.

Sources: Twilio, "Message resource: status values", "Call resource: status values" and "Error and
Warning Dictionary" (30003-30008 read in November 2026).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import ContactPoint
from notifications.reasons import STOPPED, in_house_language
from notifications.rules.delivery_states import Told


@dataclass(frozen=True, slots=True)
class Report:
    """One word of the carrier's: what it says, why, and what it has taught about the number."""

    told: Told
    reason: str = ""
    point_state: str = ""


_SMS_WORDS = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), Told.ACCEPTED),
    **dict.fromkeys(("delivered", "read"), Told.DELIVERED),
    **dict.fromkeys(("undelivered", "failed", "canceled"), Told.FAILED),
}
# That a call ended says nothing by itself: who heard the words to the end was noted while it went
# on, and what is still open by then was not heard.
_CALL_WORDS = {
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), Told.ACCEPTED),
    **dict.fromkeys(("busy", "no-answer"), Told.NOT_ANSWERED),
    **dict.fromkeys(("failed", "canceled", "completed"), Told.FAILED),
}
_MACHINES = ("machine", "fax")

_State = ContactPoint.State
_HANDSET_OFF = _("The phone was switched off or out of reach for too long.")
_SMS_BLOCKED = _("The phone or its network blocks SMS from this sender.")
_NO_SUCH_HANDSET = _("The number does not exist or is no longer in use.")
_NO_SMS = _("This number cannot receive SMS, as a landline cannot.")
_FILTERED = _("The mobile network held the SMS back as unwanted.")
_NO_REASON = _("The mobile network did not deliver the SMS and gave no reason.")
_OTHER_CODE = _("The SMS was not delivered (code %(code)s).")
_WHY: dict[str, tuple[str | Promise, str]] = {
    "21610": (STOPPED, _State.STOPPED),
    "30003": (_HANDSET_OFF, ""),
    "30004": (_SMS_BLOCKED, ""),
    "30005": (_NO_SUCH_HANDSET, _State.WRONG),
    # Not marked as wrong: a colleague can still call a landline.
    "30006": (_NO_SMS, ""),
    "30007": (_FILTERED, ""),
    "30008": (_NO_REASON, ""),
}

NOT_ANSWERED = _("Nobody answered the automatic call.")
MACHINE = _("An answering machine took the automatic call.")
HUNG_UP = _("The automatic call ended before the message had been heard.")
CALL_FAILED = _("The automatic call could not be put through.")
_CALL_REASONS = {
    "busy": NOT_ANSWERED,
    "no-answer": NOT_ANSWERED,
    "completed": HUNG_UP,
    "failed": CALL_FAILED,
    "canceled": CALL_FAILED,
}


def report_of_sms(status: str, error_code: str = "") -> Report | None:
    """What a status of an SMS says; None for one that Twilio did not have when this was written."""
    told = _SMS_WORDS.get(status)
    if told is None:
        return None
    if told is not Told.FAILED:
        return Report(told)
    if error_code in _WHY:
        reason, point_state = _WHY[error_code]
        return Report(told, in_house_language(reason), point_state)
    if not error_code.isdecimal():
        return Report(told, in_house_language(_NO_REASON))
    return Report(told, in_house_language(_OTHER_CODE) % {"code": error_code})


def report_of_call(status: str, answered_by: str = "") -> Report | None:
    """What a status of a call says; a machine that answers is not a person who was reached."""
    if is_machine(answered_by):
        return Report(Told.FAILED, in_house_language(MACHINE))
    told = _CALL_WORDS.get(status)
    if told is None:
        return None
    return Report(told, in_house_language(_CALL_REASONS.get(status, "")))


def is_machine(answered_by: str) -> bool:
    """Whether Twilio heard a machine; what it could not tell apart is taken for a person."""
    return answered_by.startswith(_MACHINES)
