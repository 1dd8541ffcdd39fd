"""Write down what became of messages, a batch at a time, with the event for each change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from notifications.models import ContactPoint, Message, MessageEvent
from notifications.signals import message_failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message, and what that has taught about the number."""

    message: Message
    state: Message.State
    reason: str = ""
    provider_id: str = ""
    not_before: datetime | None = None
    point_state: str = ""


@transaction.atomic(durable=True)
def record(*, claim: UUID, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Store the outcomes of a claimed batch.

    A row whose claim ran out meanwhile is UNKNOWN and belongs to the staff; of such a row only
    the news that it went out is still written down.
    """
    ours = Message.objects.filter(claim=claim).select_for_update()
    held = set(ours.order_by("pk").values_list("pk", flat=True))
    lost = Message.objects.filter(
        state=Message.State.UNKNOWN,
        pk__in=[outcome.message.pk for outcome in outcomes if outcome.message.pk not in held],
    ).select_for_update()
    doubted = set(lost.order_by("pk").values_list("pk", flat=True))
    write(
        [
            outcome
            for outcome in outcomes
            if outcome.message.pk in held
            or (outcome.message.pk in doubted and outcome.state == Message.State.SENT)
        ],
        now=now,
    )


def write(outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Store outcomes of rows the running transaction holds locked, and append their events."""
    if not outcomes:
        return
    for outcome in outcomes:
        message = outcome.message
        message.state = outcome.state
        message.reason = outcome.reason
        message.provider_id = outcome.provider_id
        message.not_before = outcome.not_before or message.not_before
        message.claim = message.claim_expires_at = None
    changed = ["state", "reason", "provider_id", "not_before", "claim", "claim_expires_at"]
    Message.objects.bulk_update([outcome.message for outcome in outcomes], changed)
    append_events(
        (
            (outcome.message.pk, outcome.state, outcome.reason or outcome.provider_id)
            for outcome in outcomes
        ),
        now=now,
    )
    _mark_points(outcomes)
    for outcome in outcomes:
        if outcome.state == Message.State.FAILED:
            transaction.on_commit(
                partial(message_failed.send_robust, sender=Message, message=outcome.message),
                robust=True,
            )


def append_events(changes: Iterable[tuple[int, Message.State, str]], *, now: datetime) -> None:
    """One event for each change: the key of the message, its new state, and a word about it."""
    MessageEvent.objects.bulk_create(
        MessageEvent(message_id=key, state=state, at=now, detail=detail)
        for key, state, detail in changes
    )


def _mark_points(outcomes: Iterable[Outcome]) -> None:
    marks: dict[str, list[int]] = {}
    for outcome in outcomes:
        if outcome.point_state and outcome.message.point_id:
            marks.setdefault(outcome.point_state, []).append(outcome.message.point_id)
    for state, keys in marks.items():
        # A number already stopped stays stopped: that is the person's word, not the carrier's.
        ContactPoint.objects.filter(pk__in=keys).exclude(state=ContactPoint.State.STOPPED).update(
            state=state
        )
