"""Take back what has not gone out, because what it says is no longer so."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions.outcomes import Outcome, write
from notifications.models import Message
from notifications.models.message import MessageQuerySet

# What it waits for is its turn, or a person: nobody need call or decide about it any more.
_NOT_OUT = Message.WAITING | {Message.State.HELD}


@transaction.atomic
def recall(messages: MessageQuerySet, *, reason: str | Promise, now: datetime) -> int:
    """Drop those of the messages that still wait, for their turn or for a person; how many.

    One that is with the carrier at this moment cannot be caught. From now on it is of no use,
    though: when it fails, or comes back unsent, nothing more is sent for it.
    """
    # In one statement that also takes the rows: of what waits nothing is claimed after it, and
    # of what was just being claimed nothing is missed. It waits for a delivery that is noting a
    # failure: the attempt queued there is then among those that wait.
    messages.filter(state__in=_NOT_OUT | Message.IN_FLIGHT).update(useless_after=now)
    waiting = messages.filter(state__in=_NOT_OUT).select_for_update().order_by("pk")
    said = reasons.in_house_language(reason)
    dropped = [Outcome(message, Message.State.DROPPED, said) for message in waiting]
    write(dropped, now=now)
    return len(dropped)
