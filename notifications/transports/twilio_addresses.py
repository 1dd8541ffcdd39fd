"""The addresses of ours that Twilio is given with a message or a call.

They name the message by its key, so that an answer finds it although the result of the sending
has not been written down yet. Twilio signs the whole address.
"""

from functools import cache

from django.conf import settings
from django.urls import reverse

from notifications.models import Message


def status_address(message: Message) -> str:
    """Where Twilio tells how the sending of a message went on."""
    return _address("twilio_status", message)


def voice_address(message: Message) -> str:
    """Where Twilio asks what to say when somebody picks up."""
    return _address("twilio_voice", message)


def heard_address(message: Message) -> str:
    """Where a call goes on once the words have been said."""
    return _address("twilio_voice_heard", message)


def key_address(message: Message) -> str:
    """Where Twilio tells which key was pressed."""
    return _address("twilio_voice_key", message)


def _address(name: str, message: Message) -> str:
    return f"{settings.SITE_URL}{_path(name)}?message={message.pk}"


@cache
def _path(name: str) -> str:
    """Looked up once: thousands of messages a minute ask for it."""
    # The public site's addresses, whether or not this host serves them.
    return reverse(name, urlconf=settings.PUBLIC_URLCONF)
