"""Take back what has not gone out, because what it says is no longer so."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions.outcomes import Outcome, write
from notifications.models import Message
from notifications.models.message import MessageQuerySet


@transaction.atomic
def recall(messages: MessageQuerySet, *, reason: str | Promise, now: datetime) -> int:
    """Drop those of the messages that still wait; returns how many.

    One that is with the carrier at this moment cannot be caught. When it fails, though, no other
    channel is tried for it: from now on it is of no use.
    """
    # First, because it waits for a delivery that is just noting a failure: the attempt queued
    # there is then among those that wait.
    messages.filter(state__in=Message.IN_FLIGHT).update(useless_after=now)
    waiting = messages.filter(state__in=Message.WAITING).select_for_update().order_by("pk")
    said = reasons.in_house_language(reason)
    dropped = [Outcome(message, Message.State.DROPPED, said) for message in waiting]
    write(dropped, now=now)
    return len(dropped)
