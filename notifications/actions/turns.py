"""Judge in the transaction of a claim what may go now, what waits, and what is over a ceiling.

Ceilings hold exactly, however many workers run: what is in flight counts as sent, and two claims
are never judged at the same time.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions import sending_stops
from notifications.ceilings import announcements_per_week, day_ceilings, prices
from notifications.models import Message, MessageEvent, SendingStop
from notifications.purposes import goes_at_once, is_news
from notifications.rules.ceilings import (
    ANNOUNCEMENT_PERIOD,
    VOICE_MINUTES,
    Ceiling,
    Spent,
    fitting,
    next_announcement,
)
from notifications.rules.sending_hours import waits_for_hours
from notifications.sending_hours import next_moment

# Known to this module alone; any number that no other lock of the database uses.
_LOCK = 7_300_521
_CHARGED = ("sms", "voice")


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when a message waits, and why."""

    until: datetime
    reason: str | Promise


class Turns:
    """Whose turn it is among the messages of one claim.

    Each message that goes is counted, so that two announcements to one person in one claim are
    judged one after the other.
    """

    def __init__(self, messages: Sequence[Message], *, now: datetime) -> None:
        self._now = now
        self._most = announcements_per_week()
        news = [message for message in messages if _is_announcement(message)]
        self._told: dict[int, list[datetime]] = defaultdict(list)
        if news and self._most is not None:
            _one_at_a_time()
            self._note_the_told(news)

    def wait(self, message: Message) -> Wait | None:
        """How long a message that could go otherwise has to wait; None: it goes now."""
        limited = self._most is not None and _is_announcement(message)
        at, reason = self._now, None
        if limited:
            told = self._told[message.contact_id]
            at = next_announcement(told, at=self._now, most=self._most or 1)
            reason = reasons.ENOUGH_NEWS if at > self._now else None
        if waits_for_hours(
            at_once=goes_at_once(message.purpose),
            channel=message.channel,
            queued_at=message.queued_at,
            now=self._now,
        ):
            at = next_moment(message.channel, at)
        if at > self._now:
            return Wait(at, reason or reasons.POSTPONED)
        if limited:
            self._told[message.contact_id].append(self._now)
        return None

    def _note_the_told(self, news: Sequence[Message]) -> None:
        lately = Q(
            state__in=Message.REACHED,
            sent_at__gt=self._now - ANNOUNCEMENT_PERIOD,
        )
        rows = (
            Message.objects.filter(_announcements())
            .filter(lately | Q(state__in=Message.IN_FLIGHT))
            .filter(contact__in={message.contact_id for message in news})
            .exclude(pk__in=[message.pk for message in news])
        )
        for contact, sent_at in rows.values_list("contact_id", "sent_at"):
            self._told[contact].append(sent_at or self._now)


def over_ceiling(messages: Sequence[Message], *, claim: UUID, now: datetime) -> Sequence[Message]:
    """Those of the claimed messages, the last ones, that no longer fit under the day's ceilings.

    If there are any, all sending is stopped, with the reason.
    """
    ceilings = day_ceilings()
    if not ceilings.stand or not any(message.channel in _CHARGED for message in messages):
        return ()
    _one_at_a_time()
    count, ceiling = fitting(
        ((message.channel, message.parts) for message in messages),
        spent=_spent(since=_counted_from(now), besides=claim),
        ceilings=ceilings,
        prices=prices(),
    )
    if ceiling is None:
        return ()
    sending_stops.stop(reason=_reason(ceiling), by=None, now=now)
    return messages[count:]


def spent_today(*, now: datetime) -> Spent:
    """What has gone out by SMS and automatic calls since midnight in town, and what it cost."""
    return _spent(since=_midnight(now))


def _spent(*, since: datetime, besides: UUID | None = None) -> Spent:
    # A doubt may have been charged; how old it is, only the beginning of its call says.
    began = MessageEvent.objects.filter(
        message=OuterRef("pk"), state=Message.State.SENDING, at__gte=since
    )
    # One statement, so that a message cannot be between two states in between. A file handed over
    # was counted by the colleague who made it.
    found = (
        Message.objects.filter(channel__in=_CHARGED, hand_over=None)
        .filter(
            Q(sent_at__gte=since)
            | Q(state=Message.State.SENDING)
            | (Q(state=Message.State.UNKNOWN) & Exists(began))
        )
        .exclude(claim__isnull=False, claim=besides)
        .aggregate(
            sms=Count("pk", filter=Q(channel="sms")),
            unmeasured=Count("pk", filter=Q(channel="sms", parts=0)),
            parts=Sum("parts", filter=Q(channel="sms"), default=0),
            calls=Count("pk", filter=Q(channel="voice")),
        )
    )
    price = prices()
    yen = price.sms_part * (found["parts"] + found["unmeasured"])
    yen += price.voice_minute * VOICE_MINUTES * found["calls"]
    return Spent(sms=found["sms"], yen=yen)


def _counted_from(now: datetime) -> datetime:
    """Midnight in town, or later the same day when a person has lifted a ceiling's stop."""
    midnight = _midnight(now)
    lifted = SendingStop.objects.filter(
        stopped_by=None, lifted_at__gte=midnight, lifted_at__lte=now
    )
    return lifted.aggregate(last=Max("lifted_at"))["last"] or midnight


def _midnight(now: datetime) -> datetime:
    town = timezone.get_default_timezone()
    return datetime.combine(timezone.localdate(now, town), time.min, tzinfo=town)


def _is_announcement(message: Message) -> bool:
    return message.announcement_id is not None or is_news(message.purpose)


def _announcements() -> Q:
    purposes = [purpose for purpose in settings.NOTIFICATION_PURPOSES if is_news(purpose)]
    return Q(announcement__isnull=False) | Q(purpose__in=purposes)


def _one_at_a_time() -> None:
    """Wait until no other claim is being judged. SQLite lets only one transaction write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _reason(ceiling: Ceiling) -> str:
    if ceiling is Ceiling.SMS:
        return reasons.said(reasons.SMS_CEILING, most=settings.DAILY_SMS_CEILING)
    return reasons.said(reasons.YEN_CEILING, most=settings.DAILY_YEN_CEILING)
