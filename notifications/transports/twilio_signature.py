"""Who really called a webhook: Twilio signs what it asks with the account's token."""

from collections.abc import Mapping

from django.conf import settings


def is_signed(path: str, posted: Mapping[str, object], signature: str) -> bool:
    """Whether Twilio signed this request for `path` (with its query) of the public site.

    The address is the one Twilio was given, ``SITE_URL``: what a proxy made of it on the way
    does not count. Without a token nothing is believed.
    """
    # Imported here because twilio is heavy, and only its webhooks need it.
    from twilio.request_validator import RequestValidator

    token = settings.TWILIO_AUTH_TOKEN
    if not token or not signature:
        return False
    # The pieces are compared sign by sign, and a header may hold anything.
    return bool(RequestValidator(token).validate(settings.SITE_URL + path, posted, signature))
