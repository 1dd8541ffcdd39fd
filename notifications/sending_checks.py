"""What must be right in the settings of hours and ceilings before anything may go out."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from notifications import ceilings
from notifications.ceilings import AmountNotUnderstood
from notifications.rules.holidays import DaysNotUnderstood, parse_closed_days
from notifications.rules.sending_hours import HoursNotUnderstood, NeverOpen, parse_hours
from notifications.sending_hours import SETTING_OF_CHANNEL, next_moment

_AMOUNTS = (
    ("DAILY_SMS_CEILING", ceilings.count),
    ("DAILY_YEN_CEILING", ceilings.amount),
    ("SMS_PRICE_YEN", ceilings.amount),
    ("VOICE_PRICE_YEN", ceilings.amount),
)
_FLAGS = ("at_once", "news")


def faults() -> Iterator[CheckMessage]:
    """Every fault in the settings of hours and ceilings, with what to do about it."""
    unreadable = [*_hours(), *_closed_days()]
    yield from unreadable or _never_open()
    yield from _amounts()
    yield from _announcements()
    yield from _flags()


def _hours() -> Iterator[CheckMessage]:
    for name in SETTING_OF_CHANNEL.values():
        try:
            parse_hours(getattr(settings, name))
        except HoursNotUnderstood as fault:
            yield Error(
                f"{name} cannot be read: {fault}",
                hint=f"Write {name} like 'Mon-Sat 09:00-19:00'; empty means at any time.",
                id="notifications.E041",
            )


def _closed_days() -> Iterator[CheckMessage]:
    try:
        parse_closed_days(settings.NO_SENDING_DAYS)
    except DaysNotUnderstood as fault:
        yield Error(
            f"NO_SENDING_DAYS cannot be read: {fault}",
            hint="Write NO_SENDING_DAYS like '12-29..01-03, 08-13'; empty means holidays alone.",
            id="notifications.E042",
        )


def _never_open() -> Iterator[CheckMessage]:
    for channel, name in SETTING_OF_CHANNEL.items():
        try:
            next_moment(channel, timezone.now())
        except NeverOpen:
            yield Error(
                f"{name} and NO_SENDING_DAYS leave no day on which a message may go out.",
                hint="Shorten NO_SENDING_DAYS. To send nothing at all, set SENDING_ALLOWED to off.",
                id="notifications.E043",
            )


def _amounts() -> Iterator[CheckMessage]:
    for name, read in _AMOUNTS:
        try:
            read(name)
        except AmountNotUnderstood as fault:
            yield Error(
                str(fault),
                hint=f"Write {name} in digits alone, for example 500, or leave it empty.",
                id="notifications.E044",
            )


def _announcements() -> Iterator[CheckMessage]:
    try:
        ceilings.announcements_per_week()
    except AmountNotUnderstood as fault:
        yield Error(
            str(fault),
            hint="Set ANNOUNCEMENTS_PER_WEEK to 1 or more, or leave it empty for no limit.",
            id="notifications.E045",
        )


def _flags() -> Iterator[CheckMessage]:
    for purpose, declared in settings.NOTIFICATION_PURPOSES.items():
        for flag in _FLAGS:
            if not isinstance(declared.get(flag, False), bool):
                yield Error(
                    f"NOTIFICATION_PURPOSES[{purpose!r}] has {flag!r} as neither True nor False.",
                    hint=f'Write it like {{"consent": False, "{flag}": True}}.',
                    id="notifications.E046",
                )


@register("notifications", deploy=True)
def some_ceiling_stands(**_: Any) -> list[CheckMessage]:
    """SMS that are paid for ask for a ceiling; which one is the city's to say."""
    written = (settings.DAILY_SMS_CEILING, settings.DAILY_YEN_CEILING)
    if settings.SMS_BACKEND != "twilio" or any(str(one).strip() for one in written):
        return []
    return [
        checks.Warning(
            "SMS are paid for, and no ceiling of the day would stop them.",
            hint="Set DAILY_SMS_CEILING or DAILY_YEN_CEILING.",
            id="notifications.W041",
        )
    ]
