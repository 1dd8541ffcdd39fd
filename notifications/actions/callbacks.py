"""Write down what the carrier tells about a message after it has taken it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from notifications.actions import outcomes, stops
from notifications.actions.outcomes import Outcome
from notifications.models import ContactPoint, Message
from notifications.rules.delivery_states import follow
from notifications.transports.twilio_reports import Report
from notifications.transports.twilio_statuses import CARRIERS, ask

# How long after a telephone nobody answered it is tried once more.
RING_AGAIN_AFTER = timedelta(hours=1)

# A carrier says within minutes how it went, or its word has been lost on the way.
STALE_FOR_AT_MOST = timedelta(days=3)
STALE_IN_A_ROUND = 500
_ASKED_UP_TO = "callbacks:asked-up-to"


@transaction.atomic
def note(
    *, report: Report, provider_id: str, now: datetime, message_key: int | None = None
) -> Message | None:
    """Note one word of the carrier's; the message if that changed something, else None.

    Told twice or in the wrong order it changes nothing more. `message_key` finds a message whose
    sending has not been written down yet; without it the carrier's own id has to be known.
    """
    if report.point_state:
        # First, as in `stops`: two transactions that take the same rows take them in one order.
        _lock_point(provider_id, message_key)
    message = _message(provider_id, message_key)
    if message is None or not is_about(message, provider_id):
        return None
    state = follow(message.state, report.told, times_rung=_times_rung(message))
    if state is None:
        return None
    if message.state != Message.State.SENT:
        # It has gone out, whatever was known so far.
        _write(message, Message.State.SENT, provider_id, Report(report.told), now)
    if state != Message.State.SENT:
        _write(message, Message.State(state), provider_id, report, now)
    if report.point_state == ContactPoint.State.STOPPED and message.point:
        stops.stop_point(
            point=message.point, now=now, how=stops.How.CARRIER, contact=message.contact
        )
    return message


def is_about(message: Message, provider_id: str) -> bool:
    """Whether the carrier speaks of the latest sending of a message, not of one before it."""
    if message.provider_id:
        return message.provider_id == provider_id
    return not message.events.filter(detail=provider_id).exists()


def poll_stale(*, now: datetime) -> int:
    """Ask the carrier about messages it has not spoken of for long; how many that changed.

    At most `STALE_IN_A_ROUND` at a time, round by round through all of them: a network that never
    confirms anything must not keep the others from being asked.
    """
    if not settings.TWILIO_ACCOUNT_SID:
        return 0
    stale = _stale(now)
    if not stale:
        return 0
    reports = ask({message.pk: message.provider_id for message in stale})
    changed = 0
    for message in stale:
        report = reports.get(message.pk)
        if report is not None and note(
            report=report, provider_id=message.provider_id, now=now, message_key=message.pk
        ):
            changed += 1
    return changed


def _message(provider_id: str, key: int | None) -> Message | None:
    rows = Message.objects.select_for_update(of=("self",)).select_related("contact", "point")
    return rows.filter(_which(provider_id, key)).order_by("pk").first()


def _which(provider_id: str, key: int | None) -> Q:
    return Q(pk=key) if key is not None else Q(provider_id=provider_id)


def _lock_point(provider_id: str, key: int | None) -> None:
    concerned = Message.objects.filter(_which(provider_id, key)).values("point")
    list(ContactPoint.objects.select_for_update(no_key=True).filter(pk__in=concerned))


def _times_rung(message: Message) -> int:
    """How often a message has gone out, counting the time the carrier is speaking of."""
    written_down = message.events.filter(state=Message.State.SENT).count()
    return written_down if message.state == Message.State.SENT else written_down + 1


def _write(
    message: Message, state: Message.State, provider_id: str, report: Report, now: datetime
) -> None:
    again = state == Message.State.QUEUED
    outcomes.write(
        [
            Outcome(
                message,
                state,
                report.reason,
                provider_id="" if again else provider_id,
                not_before=now + RING_AGAIN_AFTER if again else None,
                point_state=report.point_state,
            )
        ],
        now=now,
    )


def _stale(now: datetime) -> list[Message]:
    """The next messages whose end nobody has told us, after those of the round before."""
    quiet = timedelta(minutes=settings.ASK_STATUS_AFTER_MINUTES)
    silent = (
        Message.objects.filter(
            state=Message.State.SENT,
            sent_at__gt=now - STALE_FOR_AT_MOST,
            sent_at__lte=now - quiet,
        )
        .exclude(provider_id="")
        .filter(carrier__in=CARRIERS)
        .order_by("pk")
    )
    up_to = cache.get(_ASKED_UP_TO, 0)
    stale = list(silent.filter(pk__gt=up_to)[:STALE_IN_A_ROUND]) or list(silent[:STALE_IN_A_ROUND])
    cache.set(_ASKED_UP_TO, stale[-1].pk if stale else 0, None)
    return stale
