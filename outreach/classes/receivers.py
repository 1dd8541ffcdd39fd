"""What classes do with the answers of automatic calls."""

from typing import Any

from django.utils import timezone

from notifications import texts
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.classes.actions import registrations
from outreach.classes.models import Registration

# The occasions whose call offers to cancel, by how their references begin.
_ABOUT_A_SEAT = ("class-registration", "class-reminder", "class-moved")


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(give_seat_back, dispatch_uid="classes:give_seat_back")


def give_seat_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Cancel the registration a call was about, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion not in _ABOUT_A_SEAT:
        return None
    registration = Registration.objects.to_confirm().get(pk=key.partition(":")[0])
    registrations.cancel(registration=registration, now=timezone.now(), knows=message.contact)
    return texts.spoken(
        message.contact,
        "classes/messages/said-cancelled",
        language=message.language,
        session=registration.session,
    )
