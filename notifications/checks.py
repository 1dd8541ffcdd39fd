"""What must be right in the settings before a message may go out."""

import re
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from notifications import sending_checks
from notifications.letters import missing_libraries
from notifications.mail_server import NotAMailServer, mail_server
from notifications.transports import SMS_BACKENDS, SMS_BY_HAND

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_TWILIO_ACCOUNT = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
_TWILIO_SETTINGS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM")


@register("notifications")
def check_settings(**kwargs: Any) -> list[CheckMessage]:
    """Every fault in the settings of this app, with what to do about it."""
    return [
        *_text_guard(),
        *_text_mask(),
        *_sms_backend(),
        *_twilio(),
        *_voice(),
        *_email(),
        *_paper(),
        *_ask_status(),
        *_purposes(),
        *_approval(),
        *_seconds(),
        *sending_checks.faults(),
    ]


def _names_a_function(setting: str) -> bool:
    try:
        return callable(import_string(getattr(settings, setting, "")))
    except (ImportError, AttributeError, TypeError):
        return False


def _text_guard() -> Iterator[CheckMessage]:
    if not _names_a_function("NOTIFICATION_TEXT_GUARD"):
        yield Error(
            "NOTIFICATION_TEXT_GUARD does not name a function.",
            hint="Set it to the dotted path of a function that raises ValidationError for text "
            "that may not be kept, for example mynumber.validators.refuse_forbidden_numbers.",
            id="notifications.E001",
        )


def _text_mask() -> Iterator[CheckMessage]:
    if not _names_a_function("NOTIFICATION_TEXT_MASK"):
        yield Error(
            "NOTIFICATION_TEXT_MASK does not name a function.",
            hint="Set it to the dotted path of a function that returns a text with what may not "
            "be kept blotted out, for example mynumber.rules.forbidden_numbers.masked.",
            id="notifications.E021",
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


def _voice() -> Iterator[CheckMessage]:
    caller = settings.TWILIO_VOICE_FROM
    if not caller:
        return
    if not _E164.fullmatch(caller):
        yield Error(
            "TWILIO_VOICE_FROM is not a telephone number.",
            hint="Write it with its country code, for example +815000000000; leave it empty "
            "for no automatic calls.",
            id="notifications.E022",
        )
    missing = [name for name in _TWILIO_ACCOUNT if not getattr(settings, name)]
    if missing:
        yield Error(
            f"TWILIO_VOICE_FROM is set, but these settings are empty: {', '.join(missing)}.",
            hint="Copy them from the Twilio console, or empty TWILIO_VOICE_FROM.",
            id="notifications.E023",
        )
    if not settings.TWILIO_VOICE_NAME:
        yield Error(
            "TWILIO_VOICE_NAME is empty: automatic calls would have no Japanese voice.",
            hint="Set it to a voice that speaks Japanese, for example Polly.Kazuha-Neural.",
            id="notifications.E024",
        )


def _ask_status() -> Iterator[CheckMessage]:
    if settings.ASK_STATUS_AFTER_MINUTES < 1:
        yield Error(
            "ASK_STATUS_AFTER_MINUTES is less than a minute.",
            hint="Set it to a number of minutes, for example 60.",
            id="notifications.E025",
        )


def _email() -> Iterator[CheckMessage]:
    if not settings.EMAIL_URL:
        return
    try:
        mail_server(settings.EMAIL_URL)
    except NotAMailServer:
        # The address itself holds a password and is not repeated.
        yield Error(
            "EMAIL_URL is not the address of a mail server.",
            hint="Write it like smtp+tls://user:password@mail.example.lg.jp:587, or leave it empty "
            "to read e-mails in the outbox.",
            id="notifications.E030",
        )
    if "@" not in parseaddr(settings.EMAIL_FROM)[1]:
        yield Error(
            "EMAIL_URL is set, but EMAIL_FROM is not an e-mail address.",
            hint="Set EMAIL_FROM to the sender residents see, for example "
            "鹿角市 <card@city.example.lg.jp>.",
            id="notifications.E031",
        )


def _paper() -> Iterator[CheckMessage]:
    missing = missing_libraries()
    if missing:
        yield checks.Warning(
            f"Letters cannot be printed from this machine: {', '.join(missing)} is not installed.",
            hint="Install Pango, for example apt-get install libpango-1.0-0 libpangoft2-1.0-0. "
            "Everything else works without it.",
            id="notifications.W030",
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


def _approval() -> Iterator[CheckMessage]:
    if settings.ANNOUNCEMENT_APPROVAL_ABOVE < 0:
        yield Error(
            "ANNOUNCEMENT_APPROVAL_ABOVE is below 0.",
            hint="Set it to the number of people up to whom nobody else is asked; with 0 every "
            "announcement needs the yes of a second member of staff.",
            id="notifications.E051",
        )
