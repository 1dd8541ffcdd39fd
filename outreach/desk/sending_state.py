"""Whether messages go out, what waits by channel, and what today has cost so far."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise

from notifications.actions import sending_stops, turns
from notifications.ceilings import day_ceilings
from notifications.models import Contact, Message, SendingStop
from notifications.sending_hours import next_moment
from outreach.desk.message_words import CHANNEL_WORDS

# Channels a machine sends by; calls by staff and letters wait for people.
_BY_MACHINE = (Contact.Channel.SMS, Contact.Channel.EMAIL, Contact.Channel.VOICE)
_STOPS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ChannelState:
    """One channel: messages due now, those whose time comes later, those with the carrier.

    `opens_at` is None when messages may go out by it now.
    """

    channel: str
    word: str | Promise
    due: int
    later: int
    in_flight: int
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much of a ceiling of the day is used up; `most` is None without a ceiling."""

    used: int
    most: int | None


@dataclass(frozen=True, slots=True)
class SendingState:
    """What the sending screen shows."""

    allowed: bool
    stop: SendingStop | None
    channels: list[ChannelState]
    sms: Gauge
    yen: Gauge
    earlier_stops: list[SendingStop]

    @property
    def is_on(self) -> bool:
        return self.allowed and self.stop is None


def sending_state(*, now: datetime) -> SendingState:
    """Everything about sending at a moment; no person is named in it."""
    spent, ceilings = turns.spent_today(now=now), day_ceilings()
    earlier = SendingStop.objects.exclude(lifted_at=None).select_related("stopped_by", "lifted_by")
    return SendingState(
        allowed=settings.SENDING_ALLOWED,
        stop=sending_stops.standing(),
        channels=_channels(now),
        sms=Gauge(spent.sms, ceilings.sms),
        yen=Gauge(_whole(spent.yen), None if ceilings.yen is None else _whole(ceilings.yen)),
        earlier_stops=list(earlier.order_by("-stopped_at", "-pk")[:_STOPS_SHOWN]),
    )


def _channels(now: datetime) -> list[ChannelState]:
    waiting = Q(state__in=Message.WAITING)
    later = waiting & Q(not_before__gt=now)
    counted = {
        row["channel"]: row
        for row in Message.objects.filter(waiting | Q(state__in=Message.IN_FLIGHT))
        .order_by()
        .values("channel")
        .annotate(
            waiting=Count("pk", filter=waiting),
            later=Count("pk", filter=later),
            in_flight=Count("pk", filter=Q(state__in=Message.IN_FLIGHT)),
        )
    }
    nothing = {"waiting": 0, "later": 0, "in_flight": 0}
    found = []
    for channel in _BY_MACHINE:
        row = counted.get(channel, nothing)
        opens_at = next_moment(channel, now)
        found.append(
            ChannelState(
                channel=channel.value,
                word=CHANNEL_WORDS[channel],
                due=row["waiting"] - row["later"],
                later=row["later"],
                in_flight=row["in_flight"],
                opens_at=opens_at if opens_at > now else None,
            )
        )
    return found


def _whole(yen: Decimal) -> int:
    """Yen without a fraction, never shown as less than they are."""
    return int(yen.to_integral_value(ROUND_UP))
