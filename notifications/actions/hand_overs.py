"""Hand messages to those who carry them for us: a file for the aggregator, paper for the post.

What is in a file stays QUEUED and nobody else's until a person says that it is out, or that it is
not. Two people who make a file at the same moment get different messages.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from notifications.actions import claims, outcomes, sending_stops
from notifications.models import Contact, HandOver, Message, MessageEvent
from notifications.postcards import may_be_postcard, postcard_purposes
from notifications.transports import waits_for_hand_over

# As much as is drawn while somebody waits in front of the screen, and folded before the post goes.
MOST_PRINTED = 200

_Kind = HandOver.Kind

CHANNEL_OF = {
    _Kind.SMS_FILE: Contact.Channel.SMS,
    _Kind.LETTERS: Contact.Channel.LETTER,
    _Kind.POSTCARDS: Contact.Channel.LETTER,
}
CARRIER_OF = {_Kind.SMS_FILE: "csv", _Kind.LETTERS: "print", _Kind.POSTCARDS: "print"}


class SendingIsOff(Exception):
    """Nothing may leave the house at the moment, on paper neither."""


class HandOverSettled(Exception):
    """This file was marked as handed over, or put back, before."""


def waiting(kind: str, *, now: datetime) -> QuerySet[Message]:
    """What the next file or print run is made of, the oldest first.

    Not every letter that may be read on the way fits on a postcard: see `may_be_postcard`.
    """
    channel = CHANNEL_OF[_Kind(kind)]
    if not waits_for_hand_over(channel):
        return Message.objects.none()
    due = Message.objects.due(now=now).filter(channel=channel)
    if kind == _Kind.POSTCARDS:
        due = due.filter(purpose__in=postcard_purposes())
    return due.select_related("contact", "point").order_by("queued_at", "pk")


@transaction.atomic
def make(*, kind: str, by: User, now: datetime) -> HandOver | None:
    """Take what waits into one hand-over; None when nothing is left of it.

    Each message is judged as it would be at sending: what is too late, stopped, protected or no
    longer agreed to is settled here instead. Raises SendingIsOff.
    """
    _refuse_while_sending_is_off()
    keys = _choose(kind, now)
    hand_over = HandOver.objects.create(kind=kind, made_at=now, made_by=by)
    Message.objects.filter(pk__in=keys).update(hand_over=hand_over)
    if not _judged(hand_over, now):
        hand_over.delete()
        return None
    return hand_over


@transaction.atomic
def contents(*, hand_over: HandOver, now: datetime) -> list[Message]:
    """What goes into the file, judged again: since it was made somebody may have said stop.

    Raises HandOverSettled and SendingIsOff.
    """
    _refuse_while_sending_is_off()
    return _judged(_still_open(hand_over), now)


@transaction.atomic
def finish(*, hand_over: HandOver, by: User, now: datetime) -> int:
    """Note that the file was handed over, or the paper posted; returns how many messages are out.

    Raises HandOverSettled.
    """
    locked = _still_open(hand_over)
    keys = _keys(locked)
    Message.objects.filter(pk__in=keys).update(
        state=Message.State.SENT,
        carrier=CARRIER_OF[_Kind(locked.kind)],
        sent_at=now,
        attempts=F("attempts") + 1,
        reason="",
    )
    _append_events(keys, Message.State.SENT, by=by, now=now)
    _settle(locked, HandOver.State.DONE, by=by, now=now)
    return len(keys)


@transaction.atomic
def discard(*, hand_over: HandOver, by: User, now: datetime) -> int:
    """Put the messages back into the queue, for the next file; returns how many.

    Raises HandOverSettled.
    """
    locked = _still_open(hand_over)
    keys = _keys(locked)
    Message.objects.filter(pk__in=keys).update(hand_over=None)
    _append_events(keys, Message.State.QUEUED, by=by, now=now)
    _settle(locked, HandOver.State.DISCARDED, by=by, now=now)
    return len(keys)


def _choose(kind: str, now: datetime) -> list[int]:
    # What another process is taking at this moment is passed over, not waited for: waiting would
    # end with nothing. SQLite has one writer at a time and needs no lock.
    skip = connection.features.has_select_for_update_skip_locked
    rows = waiting(kind, now=now)
    if kind == _Kind.POSTCARDS:
        fitting = [message.pk for message in rows if may_be_postcard(message)]
        rows = rows.filter(pk__in=fitting)
    keys = (
        rows.select_related(None).select_for_update(skip_locked=skip).values_list("pk", flat=True)
    )
    return list(keys if kind == _Kind.SMS_FILE else keys[:MOST_PRINTED])


def _judged(hand_over: HandOver, now: datetime) -> list[Message]:
    """The messages of a hand-over that may go out; the others leave it and are settled."""
    messages = list(
        hand_over.messages.filter(state=Message.State.QUEUED)
        .select_related("contact", "point")
        .order_by("queued_at", "pk")
    )
    ruled_out = claims.rule_out(messages, now=now)
    keys = {outcome.message.pk for outcome in ruled_out}
    Message.objects.filter(pk__in=keys).update(hand_over=None)
    outcomes.write(ruled_out, now=now)
    return [message for message in messages if message.pk not in keys]


def _refuse_while_sending_is_off() -> None:
    if not settings.SENDING_ALLOWED or sending_stops.standing():
        raise SendingIsOff(
            _("Sending is stopped at the moment, so no file is made. The messages wait.")
        )


def _still_open(hand_over: HandOver) -> HandOver:
    locked = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if locked.state != HandOver.State.OPEN:
        raise HandOverSettled(_("A colleague has finished this file already. Nothing was changed."))
    return locked


def _keys(hand_over: HandOver) -> list[int]:
    rows = hand_over.messages.filter(state=Message.State.QUEUED).select_for_update()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _append_events(keys: Iterable[int], state: Message.State, *, by: User, now: datetime) -> None:
    MessageEvent.objects.bulk_create(
        MessageEvent(message_id=key, state=state, at=now, by=by) for key in keys
    )


def _settle(hand_over: HandOver, state: HandOver.State, *, by: User, now: datetime) -> None:
    hand_over.state, hand_over.settled_at, hand_over.settled_by = state, now, by
    hand_over.save(update_fields=["state", "settled_at", "settled_by"])
