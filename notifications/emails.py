"""An e-mail as it leaves: plain text, the same in large type as HTML, and a way to stop it."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from notifications.models import Message
from notifications.stop_links import stop_url

_ID_LENGTH = 32
_LINK = "List-Unsubscribe"


class _LinksInOnePiece(EmailPolicy):
    """Lines end as SMTP wants them, and a long link is not cut up into encoded words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == _LINK:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _LinksInOnePiece(linesep="\r\n")


class NotAnAddress(ValueError):
    """Mail servers cannot be given this address."""


def compose(message: Message, *, to: str) -> EmailMessage:
    """The e-mail for a message; the same message gives the same Message-ID at every attempt.

    It loads nothing from anywhere when it is opened (no pictures, no style sheets). Raises
    NotAnAddress.
    """
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = _sender()
    letter["To"] = _address("", to)
    letter["Subject"] = " ".join(message.subject.split())
    letter["Date"] = format_datetime(timezone.localtime())
    letter["Message-ID"] = f"<{own_id(message)}@{_sender().domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    link = stop_url(message)
    letter[_LINK] = f"<{link}>"
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    words = {
        "message": message,
        "stop_url": link,
        "city_name": settings.CITY_NAME,
        "tag": settings.LANGUAGE_TAGS[message.language],
    }
    with translation.override(message.language):
        # base64: not every relay takes letters of eight bits.
        letter.set_content(render_to_string("notifications/email.txt", words), cte="base64")
        letter.add_alternative(
            render_to_string("notifications/email.html", words), subtype="html", cte="base64"
        )
    letter["Content-Language"] = words["tag"]  # last: whatever sets content clears it
    return letter


def own_id(message: Message) -> str:
    """The part of the Message-ID before the @: stable, and telling nothing of the occasion."""
    return sha256(message.reference.encode()).hexdigest()[:_ID_LENGTH]


def _sender() -> Address:
    return _address(*parseaddr(settings.EMAIL_FROM))


def _address(name: str, written: str) -> Address:
    local, _, domain = written.rpartition("@")
    try:
        # Names of hosts may be Japanese (IDNA); the part before the @ may not.
        return Address(name, local.encode("ascii").decode(), domain.encode("idna").decode())
    except (UnicodeError, ValueError, IndexError):
        raise NotAnAddress from None
