"""Take messages whose turn has come, so that no other process sends them as well."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Field
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions import outcomes
from notifications.actions.outcomes import Outcome
from notifications.models import Consent, Message
from notifications.rules.send_verdict import Situation, Verdict, judge

# Far longer than a batch takes: an expired claim means that its process is gone.
CLAIM_LASTS = timedelta(minutes=10)

_State = Message.State

_NOT_SENT: dict[Verdict, tuple[Message.State, str | Promise]] = {
    Verdict.TOO_LATE: (_State.DROPPED, reasons.TOO_LATE),
    Verdict.NO_CONSENT: (_State.DROPPED, reasons.NO_CONSENT),
    Verdict.DO_NOT_CONTACT: (_State.DROPPED, reasons.DO_NOT_CONTACT),
    Verdict.STOPPED: (_State.DROPPED, reasons.STOPPED),
    Verdict.WRONG: (_State.FAILED, reasons.WRONG),
    Verdict.PROTECTED: (_State.HELD, reasons.PROTECTED),
    Verdict.NO_ADDRESS: (_State.HELD, reasons.NO_WAY),
    Verdict.PURPOSE_GONE: (_State.HELD, reasons.PURPOSE_GONE),
}

# One statement, so that two processes cannot both see a row as free. PostgreSQL needs the lock
# as well, and a materialised list: a subquery could be run again and take more than the limit.
_CLAIM = """
    WITH due AS MATERIALIZED (
        SELECT id FROM notifications_message
        WHERE state = 'queued' AND queued_at <= %s
        AND (not_before IS NULL OR not_before <= %s)
        ORDER BY queued_at, id
        LIMIT %s {lock}
    )
    UPDATE notifications_message
    SET state = 'sending', claim = %s, claim_expires_at = %s
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


@transaction.atomic(durable=True)
def claim_due(*, now: datetime, limit: int) -> Claim | None:
    """Claim up to `limit` messages that are due, oldest first; None when there are none.

    Whether a message may still go out is judged here, at the last moment: what is too late,
    stopped or no longer agreed to is settled in the same transaction.
    """
    token, expires_at = uuid4(), now + CLAIM_LASTS
    keys = _take(token, now=now, expires_at=expires_at, limit=limit)
    if not keys:
        return None
    messages = list(
        Message.objects.filter(pk__in=keys)
        .select_related("contact", "point")
        .order_by("queued_at", "pk")
    )
    ruled_out = _rule_out(messages, now)
    outcomes.write(ruled_out, now=now)
    settled = {outcome.message.pk for outcome in ruled_out}
    to_send = [message for message in messages if message.pk not in settled]
    outcomes.append_events(((message.pk, _State.SENDING, "") for message in to_send), now=now)
    return Claim(token, expires_at, to_send, ruled_out)


@transaction.atomic(durable=True)
def expire(*, now: datetime) -> int:
    """Put messages of processes that died into doubt, and say how many.

    Their call to the carrier may have begun, so they are never queued again from here.
    """
    skip = connection.features.has_select_for_update_skip_locked
    orphans = list(
        Message.objects.orphaned(now=now).select_for_update(skip_locked=skip).order_by("pk")
    )
    reason = reasons.in_house_language(reasons.IN_DOUBT)
    outcomes.write([Outcome(message, _State.UNKNOWN, reason) for message in orphans], now=now)
    return len(orphans)


def _take(token: UUID, *, now: datetime, expires_at: datetime, limit: int) -> list[int]:
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update else ""
    values = [
        _stored("queued_at", now),
        _stored("not_before", now),
        limit,
        _stored("claim", token),
        _stored("claim_expires_at", expires_at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(lock=lock), values)
        return [key for (key,) in cursor.fetchall()]


def _stored(field: str, value: Any) -> Any:
    """A value as this database keeps it in a column: SQLite knows neither UUIDs nor dates."""
    column: Field = Message._meta.get_field(field)  # type: ignore[assignment]
    return column.get_db_prep_value(value, connection)


def _rule_out(messages: list[Message], now: datetime) -> list[Outcome]:
    agreed = set(
        Consent.objects.filter(
            withdrawn_at=None, contact__in={message.contact_id for message in messages}
        ).values_list("contact_id", "purpose")
    )
    verdicts = ((message, judge(_situation(message, agreed), now=now)) for message in messages)
    return [
        Outcome(message, state, reasons.in_house_language(reason))
        for message, verdict in verdicts
        if verdict is not Verdict.SEND
        for state, reason in [_NOT_SENT[verdict]]
    ]


def _situation(message: Message, agreed: set[tuple[int, str]]) -> Situation:
    purpose = settings.NOTIFICATION_PURPOSES.get(message.purpose)
    return Situation(
        useless_after=message.useless_after,
        needs_consent=purpose["consent"] if purpose else None,
        has_consent=(message.contact_id, message.purpose) in agreed,
        do_not_contact=message.contact.do_not_contact,
        protected=message.contact.protected,
        channel=message.channel,
        address_state=message.point.state if message.point else None,
    )
