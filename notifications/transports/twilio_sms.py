"""SMS through Twilio.

Twilio's POST is not idempotent: asking twice sends twice. So a request whose answer did not come
is in doubt and is never repeated from here.

Source of the error codes: Twilio, "Error and Warning Dictionary".
"""

import logging
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.models import ContactPoint, Message
from notifications.reasons import STOPPED, in_house_language
from notifications.transports.faults import DeliveryError, DeliveryInDoubt

if TYPE_CHECKING:
    from requests import RequestException
    from twilio.base.exceptions import TwilioRestException
    from twilio.rest import Client

TIMEOUT_SECONDS = 10
_TOO_MANY_REQUESTS = 429
_UNAUTHORIZED = 401
_REQUEST_TIMEOUT = 408
_SERVER_FAULTS = 500
_RATE_CODE = 20429
_AUTHENTICATION_CODE = 20003
_MESSAGING_SERVICE = "MG"

# Twilio's own log lines hold the number and the text: they stay out of every log.
_silent = logging.getLogger("notifications.transports.twilio_sms.client")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False

_REFUSALS = {
    21211: (_("This is not a phone number that exists."), ContactPoint.State.WRONG),
    21610: (STOPPED, ContactPoint.State.STOPPED),
    21614: (_("This number cannot receive SMS."), ContactPoint.State.WRONG),
}
_BUSY = _("The SMS service is busy. The message is tried again later.")
_ACCOUNT = _(
    "The SMS service does not accept the city's account. The message is tried again later; "
    "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
)
_NOT_CONNECTED = _("The SMS service could not be reached. The message is tried again later.")
_REFUSED = _("The SMS service refused the message (code %(code)s).")


class TwilioSms:
    """Sends one SMS with the city's account; ``TWILIO_API_BASE`` points it at a stand-in."""

    def __init__(self) -> None:
        self._client = _client()

    def send(self, message: Message) -> str:
        """Hand an SMS to Twilio and return its SID."""
        # Imported here for the same reason as the client; requests comes with twilio.
        from requests import RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        number = message.point.value if message.point else ""
        try:
            sent = self._client.messages.create(to=number, body=message.body, **_sender())
        except TwilioRestException as answer:
            _explain_refusal(answer)
        except RequestException as fault:
            _explain_silence(fault)
        except (TwilioException, ValueError) as answer:
            # An answer that cannot be read says nothing about whether the SMS went out.
            raise DeliveryInDoubt(type(answer).__name__) from None
        return str(sent.sid)


def _client() -> "Client":
    # Imported here because twilio costs most of a second and most processes never send.
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    http = TwilioHttpClient(timeout=TIMEOUT_SECONDS, logger=_silent)
    client = Client(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, http_client=http)
    if settings.TWILIO_API_BASE:
        client.api.base_url = settings.TWILIO_API_BASE
    return client


def _sender() -> dict[str, str]:
    sender = settings.TWILIO_SMS_FROM
    if sender.startswith(_MESSAGING_SERVICE):
        return {"messaging_service_sid": sender}
    return {"from_": sender}


def _explain_refusal(answer: "TwilioRestException") -> NoReturn:
    if answer.status >= _SERVER_FAULTS or answer.status == _REQUEST_TIMEOUT:
        raise DeliveryInDoubt(f"HTTP {answer.status}") from None
    if answer.status == _TOO_MANY_REQUESTS or answer.code == _RATE_CODE:
        raise DeliveryError(in_house_language(_BUSY), permanent=False) from None
    if answer.status == _UNAUTHORIZED or answer.code == _AUTHENTICATION_CODE:
        raise DeliveryError(in_house_language(_ACCOUNT), permanent=False) from None
    if answer.code in _REFUSALS:
        reason, state = _REFUSALS[answer.code]
        raise DeliveryError(in_house_language(reason), permanent=True, point_state=state) from None
    code = answer.code or f"HTTP {answer.status}"
    raise DeliveryError(in_house_language(_REFUSED) % {"code": code}, permanent=True) from None


def _explain_silence(fault: "RequestException") -> NoReturn:
    # Both come with twilio, and only a failing call needs them.
    from requests import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    cause = fault.args[0] if fault.args else None
    never_connected = isinstance(getattr(cause, "reason", None), NewConnectionError)
    if never_connected or isinstance(fault, ConnectTimeout):
        # Nobody was there to hear the request, so nothing can have gone out.
        raise DeliveryError(in_house_language(_NOT_CONNECTED), permanent=False) from None
    raise DeliveryInDoubt(type(fault).__name__) from None
