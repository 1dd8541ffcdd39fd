"""How messages leave the house: one module for each way, chosen by the settings.

Until a transport of their own exists, e-mail, calls and letters go to the outbox: a colleague
reads them there and sends, calls or writes.
"""

from django.conf import settings

from notifications.models import Contact
from notifications.transports.faults import DeliveryError, DeliveryInDoubt, Transport
from notifications.transports.outbox import Outbox
from notifications.transports.twilio_sms import TwilioSms

__all__ = ["SMS_BACKENDS", "DeliveryError", "DeliveryInDoubt", "Transport", "transport_for"]

SMS_BACKENDS: dict[str, type[Transport]] = {"outbox": Outbox, "twilio": TwilioSms}


def transport_for(channel: str) -> Transport:
    """The transport that carries a channel, as ``SMS_BACKEND`` says for SMS."""
    if channel == Contact.Channel.SMS:
        return SMS_BACKENDS[settings.SMS_BACKEND]()
    return Outbox()
