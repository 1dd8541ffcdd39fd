"""The resident's own link: signed, so that nobody can guess it, and holding no personal fact."""

from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from notifications.models import Contact


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
    with translation.override(language):
        # The public site's addresses, whether or not this host serves them.
        path = reverse("my", urlconf=settings.PUBLIC_URLCONF, kwargs={"token": "TOKEN"})
    before, _, after = (settings.SITE_URL + path).rpartition("TOKEN")
    sign = _signer().sign
    return lambda key: f"{before}{sign(str(key))}{after}"


def _signer() -> Signer:
    # A full stop survives being copied out of an SMS better than the usual colon.
    return Signer(salt="notifications.links", sep=".")
