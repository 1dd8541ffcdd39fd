"""Settle messages of which nobody knows whether they went out: ask the carrier, then a person.

A carrier that has the message ends the doubt. One that says twice, well apart, that it has not
got it makes it safe to send it again. Where the carrier cannot say, a person decides.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from notifications import reasons
from notifications.actions.outcomes import Outcome, write
from notifications.models import Message
from notifications.transports import DeliveryInDoubt, can_be_asked

# How many times a carrier is asked before a person is.
LOOK_UPS = 6
# From one look-up to the next, in delays of the first one: by then a text that the carrier was
# still taking in stands in its list.
WELL_APART = 5
_AT_ONCE = 200
# What is being asked about is nobody else's for so long.
_ASKING_LASTS = timedelta(minutes=5)

_State = Message.State
Found = str | None | DeliveryInDoubt


class NotInDoubt(Exception):
    """The message no longer waits for a person: something has settled it in the meantime."""


def settle(
    *,
    now: datetime,
    look_up: Callable[[Sequence[Message]], Sequence[Found]],
    stop: Callable[[], bool],
) -> list[Outcome]:
    """Ask about every doubt whose time has come; return those that have ended, and how.

    `look_up` asks the carriers and is called outside any transaction.
    """
    ended: list[Outcome] = []
    while not stop() and Message.objects.to_look_up(now=now).exists():
        taken = _take(now)
        asked = [message for message in taken if can_be_asked(message.carrier)]
        answers = dict(zip(asked, look_up(asked) if asked else (), strict=True))
        outcomes = [
            _outcome(message, answers[message], now)
            if message in answers
            else _decide(message, reasons.CANNOT_BE_ASKED)
            for message in taken
        ]
        ended += [outcome for outcome in _note(outcomes, now) if outcome.state != _State.UNKNOWN]
    return ended


def decide_sent(*, message: Message, by: User, now: datetime) -> None:
    """A person has found that the message went out. Raises NotInDoubt."""
    _settle_by_hand(message, _State.SENT, reasons.DECIDED_SENT, by=by, now=now)


def decide_send_again(*, message: Message, by: User, now: datetime) -> None:
    """A person takes the risk that it arrives twice. Raises NotInDoubt.

    Whether it may still go out is judged when its turn comes, as for any message.
    """
    _settle_by_hand(message, _State.QUEUED, reasons.DECIDED_AGAIN, by=by, now=now)


def decide_drop(*, message: Message, by: User, now: datetime) -> None:
    """A person has decided that nothing more is sent. Raises NotInDoubt."""
    _settle_by_hand(message, _State.DROPPED, reasons.DECIDED_DROPPED, by=by, now=now)


@transaction.atomic(durable=True)
def _take(now: datetime) -> list[Message]:
    """Doubts whose time has come, oldest first. Their next look-up is put off meanwhile, so that
    no other process asks about them, and a process that dies here only delays them."""
    skip = connection.features.has_select_for_update_skip_locked
    due = Message.objects.to_look_up(now=now).select_for_update(skip_locked=skip, of=("self",))
    messages = list(due.select_related("contact", "point").order_by("look_up_at", "pk")[:_AT_ONCE])
    put_off = now + _ASKING_LASTS
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(look_up_at=put_off)
    for message in messages:
        message.look_up_at = put_off
    return messages


def _outcome(message: Message, found: Found, now: datetime) -> Outcome:
    if isinstance(found, str):
        return Outcome(message, _State.SENT, provider_id=found, carrier=message.carrier)
    once = reasons.in_house_language(reasons.IN_DOUBT_ABSENT_ONCE)
    if found is None and message.reason == once:
        return Outcome(message, _State.QUEUED, reasons.in_house_language(reasons.NOT_TAKEN))
    if message.look_ups + 1 >= LOOK_UPS:
        return _decide(message, reasons.CARRIER_CANNOT_SAY)
    again = reasons.in_house_language(reasons.IN_DOUBT_ASKED_AGAIN)
    return Outcome(
        message,
        _State.UNKNOWN,
        # What it has said once is kept when it cannot say it a second time.
        once if found is None or message.reason == once else again,
        carrier=message.carrier,
        look_up_at=now + WELL_APART * timedelta(seconds=settings.MESSAGE_LOOK_UP_SECONDS),
        look_ups=message.look_ups + 1,
    )


def _decide(message: Message, reason: str | Promise) -> Outcome:
    return Outcome(
        message,
        _State.HELD,
        reasons.in_house_language(reason),
        carrier=message.carrier,
        look_ups=message.look_ups,
    )


@transaction.atomic(durable=True)
def _note(outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Store what the look-ups brought, and return what was stored.

    A doubt that somebody has settled meanwhile is left as it is.
    """
    ours = {outcome.message.pk: outcome.message.look_up_at for outcome in outcomes}
    rows = Message.objects.filter(pk__in=ours, state=_State.UNKNOWN).select_for_update()
    still = {row.pk for row in rows.order_by("pk") if row.look_up_at == ours[row.pk]}
    kept = [_unless_another_s(outcome) for outcome in outcomes if outcome.message.pk in still]
    write(kept, now=now)
    return kept


def _unless_another_s(outcome: Outcome) -> Outcome:
    """A text that is already known as another message's proves nothing about this one."""
    others = Message.objects.exclude(pk=outcome.message.pk)
    if outcome.provider_id and others.filter(provider_id=outcome.provider_id).exists():
        return _decide(outcome.message, reasons.CARRIER_CANNOT_SAY)
    return outcome


@transaction.atomic
def _settle_by_hand(
    message: Message, state: Message.State, reason: Promise, *, by: User, now: datetime
) -> None:
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.state not in Message.BEFORE_A_PERSON:
        raise NotInDoubt(_("This message has been settled in the meantime."))
    words = reasons.in_house_language(reason)
    write([Outcome(row, state, words, carrier=row.carrier)], now=now, by=by)
    message.refresh_from_db()
