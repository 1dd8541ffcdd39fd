"""Somebody presses a key during an automatic call."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from notifications.actions import callbacks, consents, stops
from notifications.actions.automatic_calls import say
from notifications.models import InboundText, Message
from notifications.rules.answers import Answer
from notifications.rules.delivery_states import Told
from notifications.signals import message_answered
from notifications.transports.twilio_reports import Report

# What is said when nobody above has anything to say.
_OTHERWISE = {
    Answer.CONFIRM: "confirmed",
    Answer.CANCEL: "nothing-to-cancel",
    Answer.SPEAK: "please-call",
    Answer.STOP: "stopped",
}


@transaction.atomic
def press(*, message: Message, provider_id: str, key: str, now: datetime) -> str:
    """Note a key once and act on it; returns what is said next, after which the call ends.

    Whoever presses a key has heard the message. The apps above do what the answer means for
    them, in the same transaction. A key pressed before, or in another call, changes nothing.
    """
    if not callbacks.is_about(message, provider_id):
        return say(message, "please-call")
    if key not in set(Answer):
        return say(message, "not-a-key")
    answer = Answer(key)
    callbacks.note(
        report=Report(Told.DELIVERED), provider_id=provider_id, now=now, message_key=message.pk
    )
    kind = InboundText.Kind.STOP if answer is Answer.STOP else InboundText.Kind.OTHER
    _inbound, is_new = InboundText.objects.get_or_create(
        provider_id=f"{provider_id}:{key}",
        defaults={"point": message.point, "kind": kind, "body": key, "received_at": now},
    )
    if not is_new:
        return say(message, "noted-before")
    if answer is Answer.STOP:
        _stop(message, now)
    replies = message_answered.send(sender=Message, message=message, answer=answer, now=now)
    said = (reply for _receiver, reply in replies if reply)
    return next(said, "") or say(message, _OTHERWISE[answer])


def _stop(message: Message, now: datetime) -> None:
    consents.withdraw(
        contact=message.contact, purpose=settings.NOTIFICATION_AUTOMATIC_CALLS, now=now
    )
    if message.point:
        stops.stop_point(point=message.point, now=now, how=stops.How.VOICE, contact=message.contact)
