"""How much may go out: to one person in a week, and from the whole house in a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto

ANNOUNCEMENT_PERIOD = timedelta(days=7)

# How long a call is reckoned at before anybody knows: the text twice, and time for a key.
VOICE_MINUTES = 2


class Ceiling(Enum):
    """Which ceiling of the day is reached."""

    SMS = auto()
    YEN = auto()


@dataclass(frozen=True, slots=True)
class Prices:
    """In yen: one part of an SMS, one minute of an automatic call."""

    sms_part: Decimal
    voice_minute: Decimal

    def of(self, *, channel: str, parts: int) -> Decimal:
        """What one message is reckoned at; only SMS and automatic calls are charged."""
        if channel == "sms":
            return self.sms_part * max(parts, 1)
        if channel == "voice":
            return self.voice_minute * VOICE_MINUTES
        return Decimal(0)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a day has seen so far: messages by SMS, and yen."""

    sms: int
    yen: Decimal


@dataclass(frozen=True, slots=True)
class DayCeilings:
    """The most a day may see; None: no ceiling."""

    sms: int | None
    yen: Decimal | None

    @property
    def stand(self) -> bool:
        return self.sms is not None or self.yen is not None


def fitting(
    messages: Iterable[tuple[str, int]], *, spent: Spent, ceilings: DayCeilings, prices: Prices
) -> tuple[int, Ceiling | None]:
    """How many of the messages (channel, parts), from the first on, still fit under the ceilings.

    The rest is cut off in one place, with the ceiling that did it: a cheap message is not let
    past a dear one, so that what goes out stays in the order it was queued.
    """
    sms, yen, count = spent.sms, spent.yen, 0
    for channel, parts in messages:
        sms += channel == "sms"
        yen += (price := prices.of(channel=channel, parts=parts))
        if channel == "sms" and ceilings.sms is not None and sms > ceilings.sms:
            return count, Ceiling.SMS
        if price and ceilings.yen is not None and yen > ceilings.yen:
            return count, Ceiling.YEN
        count += 1
    return count, None


def next_announcement(told_at: Iterable[datetime], *, at: datetime, most: int) -> datetime:
    """The first moment, `at` or later, at which a person may be told one more announcement.

    `told_at` says when they were told the ones before; at most `most` lie within any seven days.
    """
    lately = sorted(moment for moment in told_at if moment > at - ANNOUNCEMENT_PERIOD)
    if len(lately) < most:
        return at
    return lately[-most] + ANNOUNCEMENT_PERIOD
