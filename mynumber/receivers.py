"""What reminders do with the answers of automatic calls."""

from typing import Any

from django.utils import timezone

from mynumber.actions import reminders
from mynumber.models import Reminder
from notifications import texts
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered

_ABOUT_AN_EXPIRY = "renewal"


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(end_reminder, dispatch_uid="mynumber:end_reminder")


def end_reminder(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """End the reminder a call was about, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion != _ABOUT_AN_EXPIRY:
        return None
    reminder = Reminder.objects.get(pk=key.partition(":")[0])
    reminders.cancel(reminder=reminder, now=timezone.now())
    return texts.spoken(
        message.contact, "mynumber/messages/said-cancelled", language=message.language
    )
