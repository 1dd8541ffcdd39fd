"""Write down what became of messages, a batch at a time, with the event for each change."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Field
from django.dispatch import Signal

from notifications.actions import ladder
from notifications.models import ContactPoint, Message
from notifications.signals import message_failed, message_held, number_stopped

logger = logging.getLogger(__name__)

_State = Message.State

# What an outcome changes. The claim ends with every one of them.
_COLUMNS = (
    "state",
    "reason",
    "provider_id",
    "carrier",
    "not_before",
    "sent_at",
    "attempts",
    "look_up_at",
    "look_ups",
)
# One statement for a whole batch: row by row, or with a CASE for each column, the bookkeeping
# costs more than the sending.
_WRITE = """
    WITH news ({names}) AS (VALUES {rows})
    UPDATE notifications_message
    SET {changes}, claim = NULL, claim_expires_at = NULL
    FROM news
    WHERE notifications_message.id = news.id AND {still_ours}
    RETURNING notifications_message.id
"""
# The event of each change, read from the rows that have just been changed.
_APPEND = """
    INSERT INTO notifications_messageevent (message_id, state, at, detail, by_id)
    SELECT id, state, %s, {detail}, %s FROM notifications_message WHERE id IN ({keys})
    ORDER BY id
"""
_WHY_OR_WHERE = "CASE WHEN reason = '' THEN provider_id ELSE reason END"
# SQLite takes 32,766 values in one statement.
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message, and what that has taught about the number.

    `calls`: how often the carrier was called for it. `look_up_at`, `look_ups`: only in doubt.
    """

    message: Message
    state: Message.State
    reason: str = ""
    provider_id: str = ""
    carrier: str = ""
    not_before: datetime | None = None
    point_state: str = ""
    calls: int = 0
    look_up_at: datetime | None = None
    look_ups: int = 0


def record(*, claim: UUID, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Store the outcomes of a claimed batch.

    A row whose claim ran out meanwhile is UNKNOWN and belongs to the staff; of such a row only
    the news that it went out is still written down. A row the database refuses does not keep
    the others from being stored: its claim runs out, and it is in doubt.
    """
    try:
        _record(claim, outcomes, now)
    except (DataError, IntegrityError):
        if len(outcomes) == 1:
            logger.exception("The outcome of %s could not be stored", outcomes[0].message)
            return
        middle = len(outcomes) // 2
        record(claim=claim, outcomes=outcomes[:middle], now=now)
        record(claim=claim, outcomes=outcomes[middle:], now=now)


@transaction.atomic(durable=True)
def _record(claim: UUID, outcomes: Sequence[Outcome], now: datetime) -> None:
    written = write(outcomes, now=now, claim=claim)
    went_out = {
        outcome.message.pk: outcome
        for outcome in outcomes
        if outcome.message.pk not in written and outcome.state == _State.SENT
    }
    lost = Message.objects.filter(pk__in=went_out, state=_State.UNKNOWN).select_for_update()
    keys = list(lost.order_by("pk").values_list("pk", flat=True))
    write([went_out[key] for key in keys], now=now)


def write(
    outcomes: Sequence[Outcome],
    *,
    now: datetime,
    claim: UUID | None = None,
    by: User | None = None,
) -> set[int]:
    """Store outcomes and append their events; return the keys of the rows that were changed.

    Runs in a transaction that holds the rows locked, or names the `claim` they must still have.
    A message that failed for good goes on by the next channel in the same transaction.
    """
    written: set[int] = set()
    for start in range(0, len(outcomes), _ROWS_AT_ONCE):
        written |= _update(outcomes[start : start + _ROWS_AT_ONCE], now=now, claim=claim)
    outcomes = [outcome for outcome in outcomes if outcome.message.pk in written]
    for outcome in outcomes:
        for name, value in _values(outcome, now).items():
            setattr(outcome.message, name, value)
        outcome.message.claim = outcome.message.claim_expires_at = None
    append_events(written, now=now, by=by)
    _mark_points(outcomes)
    for outcome in outcomes:
        _tell(outcome.message, now)
    return written


def append_events(
    keys: Collection[int], *, now: datetime, by: User | None = None, with_reason: bool = True
) -> None:
    """One event for each of the messages, whose rows hold their new state and why.

    `with_reason` is off where the row still tells the reason of an earlier state.
    """
    ordered = sorted(keys)
    at = stored("queued_at", now)
    for start in range(0, len(ordered), _ROWS_AT_ONCE):
        part = ordered[start : start + _ROWS_AT_ONCE]
        statement = _APPEND.format(
            detail=_WHY_OR_WHERE if with_reason else "''", keys=", ".join(["%s"] * len(part))
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [at, by.pk if by else None, *part])


def _update(outcomes: Sequence[Outcome], *, now: datetime, claim: UUID | None) -> set[int]:
    values: list[Any] = []
    for outcome in outcomes:
        row = _values(outcome, now)
        values.append(outcome.message.pk)
        values += [
            stored(name, value) if isinstance(value, datetime) else value
            for name, value in row.items()
        ]
    if claim is not None:
        values.append(stored("claim", claim))
    row_of_signs = f"({', '.join(['%s'] * (len(_COLUMNS) + 1))})"
    statement = _WRITE.format(
        names=", ".join(("id", *_COLUMNS)),
        rows=", ".join([row_of_signs] * len(outcomes)),
        changes=", ".join(f"{name} = {_typed(name)}" for name in _COLUMNS),
        still_ours="notifications_message.claim = %s" if claim is not None else "TRUE",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {key for (key,) in cursor.fetchall()}


def _values(outcome: Outcome, now: datetime) -> dict[str, Any]:
    """The new columns of a message, in the order of `_COLUMNS`."""
    message = outcome.message
    return {
        "state": outcome.state.value,
        "reason": _fitting("reason", outcome.reason),
        "provider_id": _fitting("provider_id", outcome.provider_id),
        "carrier": outcome.carrier or message.carrier,
        "not_before": outcome.not_before or message.not_before,
        # What the carrier says later, that it arrived or did not, leaves it.
        "sent_at": now if outcome.state == _State.SENT else message.sent_at,
        "attempts": message.attempts + outcome.calls,
        "look_up_at": outcome.look_up_at,
        "look_ups": outcome.look_ups,
    }


def stored(field: str, value: Any) -> Any:
    """A value as this database keeps it in a column: SQLite knows neither UUIDs nor dates."""
    return _field(field).get_db_prep_value(value, connection)


def _typed(name: str) -> str:
    """A column of the news in the type of the table: PostgreSQL takes a list of NULLs for text.

    SQLite keeps what it is given, and would make a number of a date that it is asked to convert.
    """
    if connection.vendor != "postgresql":
        return f"news.{name}"
    return f"CAST(news.{name} AS {_field(name).db_type(connection)})"


def _field(name: str) -> "Field[Any, Any]":
    return Message._meta.get_field(name)  # type: ignore[return-value]


def _fitting(field: str, text: str) -> str:
    """What a carrier says, cut to what the column takes: no answer may break a batch."""
    return text and str(text).replace("\0", "")[: _field(field).max_length]


def _mark_points(outcomes: Iterable[Outcome]) -> None:
    marks: dict[str, set[int]] = {}
    for outcome in outcomes:
        if outcome.point_state and outcome.message.point_id:
            marks.setdefault(outcome.point_state, set()).add(outcome.message.point_id)
    for state, keys in marks.items():
        # A number already stopped stays stopped: that is the person's word, not the carrier's.
        points = list(
            ContactPoint.objects.select_for_update(no_key=True)
            .filter(pk__in=keys)
            .exclude(state=ContactPoint.State.STOPPED)
            .order_by("pk")
        )
        ContactPoint.objects.filter(pk__in=[point.pk for point in points]).update(state=state)
        for point in points:
            point.state = state
            if state == ContactPoint.State.STOPPED:
                _after_commit(number_stopped, sender=ContactPoint, point=point)


def _tell(message: Message, now: datetime) -> None:
    if message.state == _State.FAILED and _next_attempt(message, now) is None:
        _after_commit(message_failed, sender=Message, message=message)
    elif message.state == _State.HELD:
        _after_commit(message_held, sender=Message, message=message)


def _next_attempt(message: Message, now: datetime) -> Message | None:
    """The next channel's attempt; a message whose words cannot be made goes to a person."""
    try:
        with transaction.atomic():
            return ladder.climb(message, now=now)
    except Exception as fault:
        # Its words stay out of the log: they may hold the name or the number of the person.
        logger.error("No next attempt for %s: %s", message, type(fault).__name__)
        return None


def _after_commit(signal: Signal, **news: Any) -> None:
    transaction.on_commit(partial(signal.send_robust, **news), robust=True)
