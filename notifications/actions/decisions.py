"""A person's word on one message: its row held, its new state and the event with their name."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.functional import Promise

from notifications import reasons
from notifications.models import Message, MessageEvent

State = Message.State


def held(message: Message, *, among: Collection[str]) -> Message | None:
    """The row, locked until the transaction ends; None if its state is no longer one of these.

    Of two people who decide at once the second waits here, and then finds it settled.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    return locked if locked.state in among else None


def settle(
    message: Message, state: Message.State, *, by: User, now: datetime, reason: str | Promise = ""
) -> Message:
    """Store what a person decided about a locked message, and append the event."""
    message.state = state
    message.reason = reasons.in_house_language(reason)
    message.look_up_at = None
    if state in Message.REACHED:
        message.sent_at = message.sent_at or now
    elif state == State.HELD:
        message.sent_at = None
    message.save(update_fields=["state", "reason", "look_up_at", "sent_at"])
    MessageEvent.objects.create(message=message, state=state, at=now, detail=message.reason, by=by)
    return message
