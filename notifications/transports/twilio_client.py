"""The city's account at Twilio, and what its answers mean, for SMS and for calls.

Twilio's POST is not idempotent: asking twice sends twice. So a request whose answer did not come
is in doubt and is never repeated from here.

Source of the error codes: Twilio, "Error and Warning Dictionary".
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import ContactPoint
from notifications.reasons import STOPPED, in_house_language
from notifications.transports.faults import DeliveryError, DeliveryInDoubt

if TYPE_CHECKING:
    from twilio.rest import Client

TIMEOUT_SECONDS = 10
CONNECT_SECONDS = 5
# How long Twilio is left alone when it does not say, cannot be reached or knows us no more.
BUSY_FOR = timedelta(seconds=30)
AWAY_FOR = timedelta(minutes=1)
LOCKED_OUT_FOR = timedelta(minutes=10)

_UNAUTHORIZED = 401
_REQUEST_TIMEOUT = 408
_SERVER_FAULTS = 500
_RATE_CODE = 20429
_AUTHENTICATION_CODE = 20003

# What a refusal for good means, and what it teaches about the number.
Refusals = Mapping[int, tuple[str | Promise, str]]

REFUSALS: Refusals = {
    21211: (_("This is not a phone number that exists."), ContactPoint.State.WRONG),
    21610: (STOPPED, ContactPoint.State.STOPPED),
    21614: (_("This number cannot receive SMS."), ContactPoint.State.WRONG),
    # Out of reach today says nothing about tomorrow: the number stays usable.
    30003: (_("The phone was switched off or out of reach."), ""),
    30005: (_("The telephone company does not know this number."), ContactPoint.State.WRONG),
}
_BUSY = _("The service is busy. The message is tried again later.")
_ACCOUNT = _(
    "The service does not accept the city's account. The message is tried again later; "
    "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
)
_NOT_CONNECTED = _("The service could not be reached. The message is tried again later.")
_REFUSED = _("The service refused the message (code %(code)s).")


def twilio_client() -> "Client":
    """A client with the city's account; ``TWILIO_API_BASE`` points it at a stand-in.

    It belongs to one event loop; `client.http_client.close()` gives back its connections.
    """
    # Imported here because twilio costs most of a second and most processes never send.
    from twilio.rest import Client

    from notifications.transports.twilio_http import TwilioHttp

    http = TwilioHttp(timeout=TIMEOUT_SECONDS, connect_timeout=CONNECT_SECONDS)
    client = Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http)
    if settings.TWILIO_API_BASE:
        client.api.base_url = settings.TWILIO_API_BASE
    return client


def explain(fault: Exception) -> DeliveryError | DeliveryInDoubt:
    """What a fault of a call to Twilio means for the message: certainly not sent, or in doubt."""
    # They come with twilio, and only a failing call needs them.
    from aiohttp import ClientConnectorError, ConnectionTimeoutError
    from twilio.base.exceptions import TwilioRestException

    from notifications.transports.twilio_http import TooManyRequests

    if isinstance(fault, TooManyRequests):
        return _later(_BUSY, BUSY_FOR if fault.retry_after is None else fault.retry_after)
    if isinstance(fault, TwilioRestException):
        return _explain_refusal(fault.status, fault.code)
    if isinstance(fault, ClientConnectorError | ConnectionTimeoutError):
        # Nobody was there to hear the request, so nothing can have gone out.
        return _later(_NOT_CONNECTED, AWAY_FOR)
    # Whatever else it is, an answer that did not come or cannot be read says nothing.
    return DeliveryInDoubt(type(fault).__name__)


def _explain_refusal(status: int, code: int | None) -> DeliveryError | DeliveryInDoubt:
    if code == _RATE_CODE:
        return _later(_BUSY, BUSY_FOR)
    if status >= _SERVER_FAULTS or status == _REQUEST_TIMEOUT:
        return DeliveryInDoubt(f"HTTP {status}")
    if status == _UNAUTHORIZED or code == _AUTHENTICATION_CODE:
        return _later(_ACCOUNT, LOCKED_OUT_FOR)
    if code is not None and code in REFUSALS:
        reason, state = REFUSALS[code]
        return DeliveryError(in_house_language(reason), permanent=True, point_state=state)
    named = {"code": code or f"HTTP {status}"}
    return DeliveryError(in_house_language(_REFUSED) % named, permanent=True)


def _later(reason: str | Promise, pause: timedelta) -> DeliveryError:
    return DeliveryError(in_house_language(reason), permanent=False, retry_after=pause)
