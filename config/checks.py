"""System checks of the settings a city makes: each has an id, says what is wrong and what to do."""

from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.translation import to_locale

from config.demo_staff import DEMO_PASSWORD, DEMO_STAFF
from mynumber.ladder import ladder
from notifications.rules.holidays import DaysNotUnderstood as UnreadableDays
from notifications.rules.holidays import parse_closed_days
from notifications.rules.written_days import DaysNotUnderstood
from outreach.classes.buffers import MinutesNotUnderstood, buffer
from outreach.classes.reminders import reminder_days
from outreach.reception.reminders import reminder_days as appointment_reminder_days
from outreach.visits.reminders import reminder_days as visit_reminder_days

# A web worker stands still meanwhile.
LONGEST_WAIT = 5


@register(Tags.security)
def secret_key_is_set(**_: Any) -> list[CheckMessage]:
    try:
        present = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        present = False
    if present:
        return []
    return [
        Error(
            "SECRET_KEY is not set.",
            hint="Set SECRET_KEY to 50 random characters and keep it out of the repository.",
            id="todoke.E001",
        )
    ]


@register()
def city_phone_is_set(**_: Any) -> list[CheckMessage]:
    if settings.CITY_PHONE:
        return []
    return [
        Error(
            "CITY_PHONE is not set: pages and messages would name no number to call.",
            hint="Set CITY_PHONE to the section's telephone, for example 0186-00-0100.",
            id="todoke.E002",
        )
    ]


@register()
def site_url_is_absolute(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme in ("http", "https") and parts.hostname and not parts.path.strip("/"):
        return []
    return [
        Error(
            f"SITE_URL is not an address: {settings.SITE_URL!r}.",
            hint="Set SITE_URL to scheme and host alone, for example https://todoke.example.lg.jp",
            id="todoke.E003",
        )
    ]


@register(Tags.translation)
def catalogs_are_compiled(**_: Any) -> list[CheckMessage]:
    """A language without a compiled catalog would silently redirect to Japanese."""
    missing = [
        code
        for code, _name in settings.LANGUAGES
        if not any(
            (folder / to_locale(code) / "LC_MESSAGES" / "django.mo").exists()
            for folder in settings.LOCALE_PATHS
        )
    ]
    if not missing:
        return []
    return [
        Error(
            f"No compiled messages for: {', '.join(missing)}.",
            hint="Run `make setup`, or `python manage.py compile_catalogs`.",
            id="todoke.E004",
        )
    ]


@register()
def card_target_is_a_percentage(**_: Any) -> list[CheckMessage]:
    try:
        good = 0 < Decimal(settings.CARD_TARGET_PERCENT) <= 100
    except InvalidOperation:
        good = False
    if good:
        return []
    return [
        Error(
            f"CARD_TARGET_PERCENT is not a percentage: {settings.CARD_TARGET_PERCENT!r}.",
            hint="Set it to a number over 0 and up to 100, for example 90.",
            id="todoke.E005",
        )
    ]


@register()
def smallest_cell_is_a_number(**_: Any) -> list[CheckMessage]:
    if settings.SMALLEST_CELL.isascii() and settings.SMALLEST_CELL.isdecimal():
        return []
    return [
        Error(
            f"SMALLEST_CELL is not a number of people: {settings.SMALLEST_CELL!r}.",
            hint="Set it to the fewest people a cell may show, for example 10.",
            id="todoke.E044",
        )
    ]


@register()
def some_site_is_on(**_: Any) -> list[CheckMessage]:
    if settings.PUBLIC_SITE or settings.STAFF_SITE:
        return []
    return [
        Error(
            "PUBLIC_SITE and STAFF_SITE are both off: nothing would be served.",
            hint="Leave at least one of them on.",
            id="todoke.E006",
        )
    ]


_DAYS = (
    (reminder_days, "CLASS_REMINDER_DAYS", "7,1", "todoke.E041"),
    (appointment_reminder_days, "APPOINTMENT_REMINDER_DAYS", "1", "todoke.E046"),
    (visit_reminder_days, "VISIT_REMINDER_DAYS", "1", "todoke.E052"),
    (ladder, "RENEWAL_LADDER_DAYS", "-90,-60,-30,-7,0,30,75", "todoke.E042"),
)


@register()
def days_of_reminders_can_be_read(**_: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for read, name, example, check_id in _DAYS:
        try:
            read()
        except DaysNotUnderstood as fault:
            faults.append(
                Error(
                    f"{name} cannot be read: {fault}",
                    hint=f"Write {name} as numbers of days, for example {example}.",
                    id=check_id,
                )
            )
    return faults


@register()
def days_without_classes_can_be_read(**_: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for name in ("FESTIVAL_DAYS", "CLOSED_DAYS"):
        try:
            parse_closed_days(getattr(settings, name))
        except UnreadableDays as fault:
            faults.append(
                Error(
                    f"{name} cannot be read: {fault}",
                    hint=f"Write {name} like '12-29..01-03, 08-13'; empty means none.",
                    id="todoke.E044",
                )
            )
    try:
        buffer()
    except MinutesNotUnderstood as fault:
        faults.append(
            Error(
                f"CLASS_BUFFER_MINUTES cannot be read: {fault}",
                hint="Set it to a number of minutes under a day, for example 30.",
                id="todoke.E045",
            )
        )
    return faults


@register()
def lost_link_takes_a_moment(**_: Any) -> list[CheckMessage]:
    try:
        good = 0 <= float(settings.LOST_LINK_SECONDS) <= LONGEST_WAIT
    except ValueError:
        good = False
    if good:
        return []
    return [
        Error(
            f"LOST_LINK_SECONDS is not a time to wait: {settings.LOST_LINK_SECONDS!r}.",
            hint=f"Set it to a number of seconds from 0 to {LONGEST_WAIT}, for example 0.5.",
            id="todoke.E043",
        )
    ]


@register(Tags.security, deploy=True)
def site_url_is_https(**_: Any) -> list[CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        checks.Warning(
            "SITE_URL is not https: links in messages would travel in the clear.",
            hint="Set SITE_URL to an https address.",
            id="todoke.W001",
        )
    ]


@register(Tags.security, deploy=True)
def nobody_logs_in_with_a_demo_password(**_: Any) -> list[CheckMessage]:
    try:
        demo = get_user_model().objects.filter(username__in=DEMO_STAFF.values())
        names = sorted(user.username for user in demo if user.check_password(DEMO_PASSWORD))
    except DatabaseError:  # the tables are not there yet: nobody can log in at all
        return []
    if not names:
        return []
    return [
        Error(
            f"Log-ins of the demo still have its password: {', '.join(names)}.",
            hint="Delete them, or begin a real city on an empty database with `start_site`.",
            id="todoke.E007",
        )
    ]
