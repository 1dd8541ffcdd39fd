"""An automatic call is answered: who is there, what is said, and that it was heard."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons, texts
from notifications.actions import callbacks
from notifications.models import Consent, ContactPoint, Message
from notifications.purposes import asks
from notifications.rules.delivery_states import FINAL, Told
from notifications.transports.twilio_reports import Report, is_machine, report_of_call

_VOICE = "notifications/voice"
# Final, and not by having been heard.
_CAME_TO_NOTHING = FINAL - {Message.State.DELIVERED.value}


@transaction.atomic
def pick_up(
    *, message: Message, provider_id: str, answered_by: str, now: datetime
) -> list[str] | None:
    """What is said first: who calls, what was agreed, and the message. None: hang up.

    Nothing is said to a machine, nor to somebody who has withdrawn their consent meanwhile or
    whose number was stopped: a colleague, or a letter, comes instead.
    """
    consent = message.contact.consents.filter(
        purpose=settings.NOTIFICATION_AUTOMATIC_CALLS, withdrawn_at=None
    ).first()
    refusal = _why_not(message, consent, answered_by)
    if refusal is not None:
        callbacks.note(report=refusal, provider_id=provider_id, now=now, message_key=message.pk)
        return None
    if not callbacks.is_about(message, provider_id) or message.state in _CAME_TO_NOTHING:
        return None
    return [say(message, "opening", consent=consent), message.body]


@transaction.atomic
def hear(*, message: Message, provider_id: str, now: datetime) -> list[str] | None:
    """Note that a person heard the message to its end; what is said next. None: hang up."""
    if not callbacks.is_about(message, provider_id):
        return None
    callbacks.note(
        report=Report(Told.DELIVERED), provider_id=provider_id, now=now, message_key=message.pk
    )
    keys = say(message, "other-keys" if asks(message.purpose) else "keys")
    return [keys, say(message, "once-more"), message.body, keys]


def say(message: Message, what: str, **context: object) -> str:
    """A sentence of the call, in the language of the message."""
    return texts.spoken(message.contact, f"{_VOICE}/{what}", language=message.language, **context)


def _why_not(message: Message, consent: Consent | None, answered_by: str) -> Report | None:
    if is_machine(answered_by):
        return report_of_call("in-progress", answered_by)
    if consent is None:
        return _refused(reasons.NO_AUTOMATIC_CALLS)
    if message.point is None or message.point.state == ContactPoint.State.STOPPED:
        return _refused(reasons.STOPPED)
    return None


def _refused(reason: str | Promise) -> Report:
    return Report(Told.FAILED, reasons.in_house_language(reason))
