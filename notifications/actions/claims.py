"""Take messages whose turn has come, so that no other process sends them as well."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions import outcomes, sending_stops, turns
from notifications.actions.outcomes import Outcome, stored
from notifications.actions.stops import at_a_stopped_point
from notifications.actions.turns import Turns
from notifications.models import Announcement, Consent, Contact, Message
from notifications.rules.send_verdict import Situation, Verdict, judge
from notifications.transports import carrier_of, look_up_delay, waits_for_hand_over

_State = Message.State

_NOT_SENT: dict[Verdict, tuple[Message.State, str | Promise]] = {
    Verdict.TOO_LATE: (_State.DROPPED, reasons.TOO_LATE),
    Verdict.CALLED_OFF: (_State.DROPPED, reasons.ANNOUNCEMENT_STOPPED),
    Verdict.CLOSED: (_State.DROPPED, reasons.CLOSED),
    Verdict.NO_CONSENT: (_State.DROPPED, reasons.NO_CONSENT),
    Verdict.DO_NOT_CONTACT: (_State.DROPPED, reasons.DO_NOT_CONTACT),
    Verdict.NO_AUTOMATIC_CALLS: (_State.FAILED, reasons.NO_AUTOMATIC_CALLS),
    Verdict.WRONG: (_State.FAILED, reasons.WRONG),
    # In the words of every other dead end: who may know of a protection sees it with the wishes.
    Verdict.PROTECTED: (_State.HELD, reasons.NO_WAY),
    Verdict.NO_ADDRESS: (_State.HELD, reasons.NO_WAY),
    Verdict.PURPOSE_GONE: (_State.HELD, reasons.PURPOSE_GONE),
    Verdict.BY_A_PERSON: (_State.HELD, reasons.CALL_TO_MAKE),
}

# One statement, so that two processes cannot both see a row as free. PostgreSQL needs the lock
# as well, and a materialised list: a subquery could be run again and take more than the limit.
_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id FROM notifications_message
        WHERE state = 'queued' AND queued_at <= %s
        AND (not_before IS NULL OR not_before <= %s)
        AND hand_over_id IS NULL AND channel IN ({channels})
        ORDER BY queued_at, id
        LIMIT %s {lock}
    )
    UPDATE notifications_message
    SET state = 'sending', claim = %s, claim_expires_at = %s, carrier = CASE channel {carriers} END
    FROM due
    WHERE notifications_message.id = due.id
    RETURNING notifications_message.id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A batch that only its holder may send, until `expires_at`, and what was ruled out of it."""

    token: UUID
    expires_at: datetime
    messages: list[Message]
    ruled_out: list[Outcome]


def lasts() -> timedelta:
    """How long a claim stands: far longer than a batch takes, so that one which has run out
    means that its process is gone."""
    return timedelta(seconds=settings.MESSAGE_CLAIM_SECONDS)


def channels() -> set[str]:
    """The channels that are claimed here: all but those that leave by another's hand."""
    return {channel for channel in Contact.Channel if not waits_for_hand_over(channel)}


@transaction.atomic(durable=True)
def claim_due(*, now: datetime, limit: int, of: Collection[str] | None = None) -> Claim | None:
    """Claim up to `limit` messages that are due, oldest first; None when there are none.

    `of` names the channels, by default all that are sent from here. Whether a message may still
    go out is judged here, at the last moment: what is too late, stopped or no longer agreed to
    is settled in the same transaction, and so is what has to wait for its hours. When a ceiling
    of the day is reached, all sending stops there. While it is stopped nothing is claimed.
    """
    if sending_stops.standing():
        return None
    token, expires_at = uuid4(), now + lasts()
    keys = _take(token, now, expires_at, limit, sorted(channels() if of is None else of))
    if not keys:
        return None
    messages = list(
        Message.objects.filter(pk__in=keys)
        .select_related("contact", "point")
        # Only the ladder needs them, after a failure.
        .defer("other_forms")
        .order_by("queued_at", "pk")
    )
    ruled_out = rule_out(messages, now=now, whose_turn=Turns(messages, now=now))
    over = turns.over_ceiling(_left(messages, ruled_out), claim=token, now=now)
    reason = reasons.in_house_language(reasons.OVER_CEILING)
    ruled_out += [Outcome(message, _State.QUEUED, reason) for message in over]
    outcomes.write(ruled_out, now=now)
    to_send = _left(messages, ruled_out)
    outcomes.append_events([message.pk for message in to_send], now=now, with_reason=False)
    return Claim(token, expires_at, to_send, ruled_out)


@transaction.atomic(durable=True)
def expire(*, now: datetime) -> list[int]:
    """Put messages of processes that died into doubt, and return their keys.

    Their call to the carrier may have begun, so they are never queued again from here.
    """
    skip = connection.features.has_select_for_update_skip_locked
    orphans = Message.objects.orphaned(now=now).select_for_update(skip_locked=skip)
    reason = reasons.in_house_language(reasons.IN_DOUBT)
    doubts = [
        Outcome(
            message,
            _State.UNKNOWN,
            reason,
            carrier=message.carrier,
            calls=1,
            look_up_at=now + look_up_delay(message.carrier),
        )
        for message in orphans.order_by("pk")
    ]
    return list(outcomes.write(doubts, now=now))


def rule_out(
    messages: Sequence[Message], *, now: datetime, whose_turn: Turns | None = None
) -> list[Outcome]:
    """An outcome for each message that may not go out at `now`; `contact` and `point` are loaded.

    Consent, address and protection are looked at anew, whatever they were when it was queued, and
    so is the announcement it is part of.
    Without `whose_turn` none waits for hours: a person decides when they leave the house.
    """
    agreed = set(
        Consent.objects.filter(
            withdrawn_at=None, contact__in={message.contact_id for message in messages}
        ).values_list("contact_id", "purpose")
    )
    stopped = set(
        Announcement.objects.filter(
            state=Announcement.State.STOPPED,
            pk__in={message.announcement_id for message in messages if message.announcement_id},
        ).values_list("pk", flat=True)
    )
    found = (
        _ruled_out(message, _situation(message, agreed, stopped), whose_turn, now)
        for message in messages
    )
    return [outcome for outcome in found if outcome is not None]


def _ruled_out(
    message: Message, situation: Situation, whose_turn: Turns | None, now: datetime
) -> Outcome | None:
    verdict, wait = judge(situation, now=now), None
    # Asked only about a message that could go: one that does counts for those after it.
    if whose_turn and verdict is Verdict.SEND and (wait := whose_turn.wait(message)):
        verdict = judge(replace(situation, not_before=wait.until), now=now)
    if verdict is Verdict.SEND:
        return None
    if wait is not None and verdict is Verdict.POSTPONE:
        reason = reasons.in_house_language(wait.reason)
        return Outcome(message, _State.QUEUED, reason, not_before=wait.until)
    if verdict is Verdict.STOPPED:
        return at_a_stopped_point(message)
    state, why = _NOT_SENT[verdict]
    return Outcome(message, state, reasons.in_house_language(why))


def _left(messages: Sequence[Message], ruled_out: Sequence[Outcome]) -> list[Message]:
    settled = {outcome.message.pk for outcome in ruled_out}
    return [message for message in messages if message.pk not in settled]


def _take(
    token: UUID, now: datetime, expires_at: datetime, limit: int, of: Sequence[str]
) -> list[int]:
    if not of:
        return []
    statement = _CLAIM.format(
        lock="FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update else "",
        channels=", ".join(["%s"] * len(of)),
        carriers=" ".join(["WHEN %s THEN %s"] * len(of)),
    )
    values = [
        stored("queued_at", now),
        stored("not_before", now),
        *of,
        limit,
        stored("claim", token),
        stored("claim_expires_at", expires_at),
        *(word for channel in of for word in (channel, carrier_of(channel))),
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]


def _situation(message: Message, agreed: set[tuple[int, str]], stopped: set[int]) -> Situation:
    purpose = settings.NOTIFICATION_PURPOSES.get(message.purpose)
    return Situation(
        useless_after=message.useless_after,
        needs_consent=purpose["consent"] if purpose else None,
        has_consent=(message.contact_id, message.purpose) in agreed,
        do_not_contact=message.contact.do_not_contact,
        protected=message.contact.protected,
        channel=message.channel,
        address_state=message.point.state if message.point else None,
        takes_automatic_calls=(
            (message.contact_id, settings.NOTIFICATION_AUTOMATIC_CALLS) in agreed
        ),
        is_called_off=message.announcement_id in stopped,
        is_closed=message.contact.closed,
    )
