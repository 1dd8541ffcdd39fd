"""Tell a person what has become of their appointment, in the transaction that changes it."""

from datetime import datetime, timedelta

from django.utils.functional import Promise

from notifications.actions import messages, recalls
from notifications.actions.messages import Told
from notifications.models import Message
from outreach.people.readers import readers
from outreach.reception.documents import documents_for
from outreach.reception.models import Appointment

# Answers what somebody does right now; the other keeps the hours in which a telephone may ring,
# unless the day is so close that somebody might already be on the way.
PURPOSE = "appointment"
CALLED_OFF, CALLED_OFF_SOON = "appointment-change", "appointment-change-soon"
SOON = timedelta(days=1)


def tell(
    appointment: Appointment,
    template: str,
    *,
    now: datetime,
    told: Told | None = None,
) -> list[Message]:
    """Queue one of the messages of an appointment for everybody who is to hear it.

    Who was `told` on the telephone is not called.
    """
    called_off = template == "called-off"
    soon = appointment.starts_at - now <= SOON
    return [
        messages.enqueue(
            contact=reader.contact,
            purpose=(CALLED_OFF_SOON if soon else CALLED_OFF) if called_off else PURPOSE,
            # An appointment can be changed again and again, and each time is news.
            reference=f"{_stem(template, appointment)}{appointment.sequence}{reader.suffix}",
            template=f"reception/messages/{template}",
            context={
                "appointment": appointment,
                "day": appointment.day,
                "documents": documents_for(appointment.service),
                "reader": reader,
            },
            now=now,
            useless_after=appointment.starts_at,
            told=told,
        )
        for reader in readers(appointment)
    ]


def take_back(appointment: Appointment, *, reason: Promise, now: datetime) -> None:
    """Drop what still waits and names a time that no longer holds."""
    for template in ("booked", "changed"):
        waiting = Message.objects.of_occasions_under(_stem(template, appointment))
        recalls.recall(waiting, reason=reason, now=now)


def _stem(template: str, appointment: Appointment) -> str:
    return f"appointment-{template}:{appointment.pk}:"
