"""What must be right in the settings before a message may go out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from notifications.transports import SMS_BACKENDS, SMS_BY_HAND

_TWILIO_SETTINGS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM")


@register("notifications")
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Every fault in the settings of this app, with what to do about it."""
    return [*_text_guard(), *_sms_backend(), *_twilio(), *_purposes(), *_seconds()]


def _text_guard() -> Iterator[CheckMessage]:
    path = getattr(settings, "NOTIFICATION_TEXT_GUARD", "")
    try:
        usable = callable(import_string(path))
    except (ImportError, AttributeError, TypeError):
        usable = False
    if not usable:
        yield Error(
            "NOTIFICATION_TEXT_GUARD does not name a function.",
            hint="Set it to the dotted path of a function that raises ValidationError for text "
            "that may not be kept, for example mynumber.validators.refuse_forbidden_numbers.",
            id="notifications.E001",
        )


def _sms_backend() -> Iterator[CheckMessage]:
    ways = (*SMS_BACKENDS, SMS_BY_HAND)
    if settings.SMS_BACKEND not in ways:
        yield Error(
            f"SMS_BACKEND is {settings.SMS_BACKEND!r}, which is not a way to send SMS.",
            hint=f"Set SMS_BACKEND to one of: {', '.join(ways)}.",
            id="notifications.E002",
        )


def _twilio() -> Iterator[CheckMessage]:
    if settings.SMS_BACKEND != "twilio":
        return
    missing = [name for name in _TWILIO_SETTINGS if not getattr(settings, name)]
    if missing:
        yield Error(
            f"SMS_BACKEND is 'twilio', but these settings are empty: {', '.join(missing)}.",
            hint="Copy them from the Twilio console, or set SMS_BACKEND to outbox.",
            id="notifications.E003",
        )
    base = settings.TWILIO_API_BASE
    if base and (urlsplit(base).scheme not in {"http", "https"} or not urlsplit(base).netloc):
        yield Error(
            "TWILIO_API_BASE is not the address of a server.",
            hint="Leave it empty to use Twilio itself, or write it like http://127.0.0.1:9010.",
            id="notifications.E004",
        )


def _purposes() -> Iterator[CheckMessage]:
    for purpose, declared in settings.NOTIFICATION_PURPOSES.items():
        if not isinstance(declared, dict) or not isinstance(declared.get("consent"), bool):
            yield Error(
                f"NOTIFICATION_PURPOSES[{purpose!r}] does not say whether it needs consent.",
                hint='Write it like {"consent": True}.',
                id="notifications.E005",
            )


def _seconds() -> Iterator[CheckMessage]:
    at_least = {"MESSAGE_CLAIM_SECONDS": 10, "MESSAGE_LOOK_UP_SECONDS": 1}
    for number, (name, least) in enumerate(at_least.items(), start=10):
        if getattr(settings, name) < least:
            yield Error(
                f"{name} is {getattr(settings, name)}.",
                hint=f"Set it to at least {least} seconds: an answer that is still on its way "
                "would come after it.",
                id=f"notifications.E0{number}",
            )
