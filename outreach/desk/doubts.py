"""Messages of which nobody can say whether they went out, until a person does."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications.models import Contact, Message, MessageEvent

_State = Message.State


def in_doubt() -> QuerySet[Message]:
    """What a person has to decide: doubts, and what was put before a person instead of sent.

    A call that waits to be made is another task, and so is somebody without any number, or with
    an address no letter may go to.
    """
    doubted = MessageEvent.objects.filter(message=OuterRef("pk"), state=_State.UNKNOWN)
    by_hand = Q(channel__in=(Contact.Channel.CALL, Contact.Channel.LETTER)) & ~Exists(doubted)
    return (
        Message.objects.filter(state__in=(_State.UNKNOWN, _State.HELD))
        .exclude(Q(state=_State.HELD) & (by_hand | Q(point=None)))
        .select_related("contact__person__district", "point")
    )


def oldest_first() -> QuerySet[Message]:
    """As the screen lists them."""
    return in_doubt().order_by("queued_at", "pk")
