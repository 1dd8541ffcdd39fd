"""What Twilio does when it calls a webhook: it signs the address and the form (its own recipe)."""

import base64
import hmac
from hashlib import sha1
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

TOKEN = "the-token-of-the-account"
SITE = "https://todoke.example.com"


def signature(address: str, form: dict[str, str], token: str = TOKEN) -> str:
    """HMAC-SHA1 over the address and the sorted fields, as Twilio describes it."""
    said = address + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), sha1).digest()).decode()


def call(name: str, form: dict[str, str], *, message: Any = None, **headers: str) -> HttpResponse:
    """A signed POST to a webhook by its URL's name, about a message."""
    query = f"?message={message.pk}" if message is not None else ""
    return call_address(SITE + reverse(name) + query, form, **headers)


def call_address(address: str, form: dict[str, str], **headers: str) -> HttpResponse:
    """A signed POST to an address that Twilio was given."""
    signed = {"X-Twilio-Signature": signature(address, form), **headers}
    parts = urlsplit(address)
    # The way through a proxy: plain HTTP, and a host of its own.
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer: HttpResponse = Client().post(path, form, headers=signed, SERVER_NAME="10.0.0.7")
    return answer


def forged(name: str, form: dict[str, str], *, message: Any = None, token: str = "") -> int:
    """The status of a POST signed by somebody who does not know the token; unsigned without one."""
    query = f"?message={message.pk}" if message is not None else ""
    address = reverse(name) + query
    signed = {"X-Twilio-Signature": signature(SITE + address, form, token)} if token else {}
    status: int = Client().post(address, form, headers=signed).status_code
    return status
