"""Nothing goes to a number any more, or something may again."""

from datetime import datetime
from enum import StrEnum
from functools import partial

from django.db import transaction

from notifications import reasons
from notifications.actions import outcomes
from notifications.actions.outcomes import Outcome
from notifications.models import Contact, ContactPoint, Message
from notifications.purposes import UnknownPurpose, needs_consent
from notifications.signals import number_stopped


class How(StrEnum):
    """By what we know that a number is stopped."""

    SMS = "sms"  # a stop word came back
    VOICE = "voice"  # a key was pressed
    WEB = "web"  # a link was followed
    CARRIER = "carrier"  # the carrier says so
    STAFF = "staff"  # told to a colleague


@transaction.atomic
def stop_point(
    *, point: ContactPoint, now: datetime, how: How, contact: Contact | None = None
) -> None:
    """Stop a number or address for everybody who shares it; twice is the same as once.

    `contact` is who asked for it, as far as can be told. `number_stopped` follows.
    """
    locked = _locked(point)
    locked.state = point.state = ContactPoint.State.STOPPED
    locked.save(update_fields=["state"])
    settle_waiting(point=locked, now=now)
    transaction.on_commit(
        partial(
            number_stopped.send_robust,
            sender=ContactPoint,
            point=locked,
            contact=contact,
            how=how,
        ),
        robust=True,
    )


@transaction.atomic
def settle_waiting(*, point: ContactPoint, now: datetime) -> None:
    """Settle what waits for a number that was stopped."""
    waiting = Message.objects.select_for_update().filter(
        point=point, state__in=Message.WAITING, hand_over=None
    )
    ended = [at_a_stopped_point(message) for message in waiting.order_by("pk")]
    outcomes.write(ended, now=now)


def at_a_stopped_point(message: Message) -> Outcome:
    """What becomes of a message to a stopped number, whenever that is found out.

    Answers to something a person did go on by their next channel; news is dropped.
    """
    state = Message.State.DROPPED if _is_news(message) else Message.State.FAILED
    return Outcome(message, state, reasons.in_house_language(reasons.STOPPED))


@transaction.atomic
def start_point(*, point: ContactPoint) -> None:
    """Let messages go to a number again: somebody asked for it from that very number."""
    locked = _locked(point)
    locked.state = point.state = ContactPoint.State.USABLE
    locked.save(update_fields=["state"])


def _locked(point: ContactPoint) -> ContactPoint:
    """Locked, but not against messages that are being queued to it: they are judged when sent."""
    return ContactPoint.objects.select_for_update(no_key=True).get(pk=point.pk)


def _is_news(message: Message) -> bool:
    try:
        return needs_consent(message.purpose)
    except UnknownPurpose:
        return True
