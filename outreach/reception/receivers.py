"""What counters do with the answers of automatic calls."""

from typing import Any

from django.utils import timezone

from notifications import texts
from notifications.actions.messages import Told
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.reception.actions import appointments
from outreach.reception.actions.appointments import AppointmentEnded
from outreach.reception.models import Appointment

# The occasions whose call offers to cancel, by how their references begin.
_ABOUT_A_TIME = ("appointment-booked", "appointment-changed", "appointment-reminder")


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(give_time_back, dispatch_uid="reception:give_time_back")


def give_time_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Cancel the appointment a call was about, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion not in _ABOUT_A_TIME:
        return None
    appointment = Appointment.objects.to_confirm().get(pk=key.partition(":")[0])
    try:
        appointments.cancel(appointment=appointment, now=timezone.now(), told=Told(message.contact))
    except AppointmentEnded:  # it is their turn, or it is over: the call goes on to its end
        return None
    return texts.spoken(
        message.contact,
        "reception/messages/said-cancelled",
        language=message.language,
        appointment=appointment,
    )
