"""The resident's own link: signed, so that nobody can guess it, and holding no personal fact."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, Signer, b64_encode
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from notifications.models import Contact

SHORT_MARK = 11


class UnknownToken(Exception):
    """The link is not one of ours, or the person it belonged to is no longer on record."""


def resident_token(contact: Contact) -> str:
    """A token for the address of the resident's own page; it does not expire.

    A letter may lie about for months, so nothing but the key of the contact is in it: what the
    page shows is decided when it is opened.
    """
    return _signer().sign(str(contact.pk))


def contact_of_token(token: str) -> Contact:
    """The contact a token was made for. Raises UnknownToken."""
    try:
        return Contact.objects.get(pk=int(_signer().unsign(token)))
    except (BadSignature, ValueError, Contact.DoesNotExist):
        raise UnknownToken("This link is not known.") from None


def my_url(contact: Contact) -> str:
    """The absolute address of the resident's own page, in the resident's language."""
    return my_urls(contact.language)(contact.pk)


def my_urls(language: str) -> Callable[[int], str]:
    """The same by key of the contact, for very many readers of one language."""
    before, _, after = (settings.SITE_URL + _my_path(language)).rpartition("TOKEN")
    sign = _signer().sign
    return lambda key: f"{before}{sign(str(key))}{after}"


@lru_cache
def _my_path(language: str) -> str:
    with translation.override(language):
        # The public site's addresses, whether or not this host serves them.
        return reverse("my", urlconf=settings.PUBLIC_URLCONF, kwargs={"token": "TOKEN"})


def short_url(contact: Contact) -> str:
    """The same page by an address that leaves room for words in an SMS.

    The mark is cut to 66 bits: too many to be guessed one request at a time.
    """
    path = reverse(
        "my_short", urlconf=settings.PUBLIC_URLCONF, kwargs={"token": _short_token(str(contact.pk))}
    )
    return settings.SITE_URL + path


def contact_of_short_token(token: str) -> Contact:
    """The contact of a short address. Raises UnknownToken."""
    key = token.partition(".")[0]
    if not constant_time_compare(token, _short_token(key)):
        raise UnknownToken("This link is not known.")
    try:
        return Contact.objects.get(pk=key)
    except Contact.DoesNotExist:
        raise UnknownToken("This link is not known.") from None


def _short_token(key: str) -> str:
    mark = b64_encode(salted_hmac("notifications.links.short", key, algorithm="sha256").digest())
    return f"{key}.{mark[:SHORT_MARK].decode()}"


def _signer() -> Signer:
    # A full stop survives being copied out of an SMS better than the usual colon.
    return Signer(salt="notifications.links", sep=".")
