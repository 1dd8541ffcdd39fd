"""How messages leave the house: one module for each way, chosen by the settings.

What has no account and no server in the settings goes to the outbox: a colleague reads it there
and sends or calls.
"""

from datetime import timedelta

from django.conf import settings

from notifications.models import Contact
from notifications.transports.email import Smtp
from notifications.transports.faults import (
    DeliveryError,
    DeliveryInDoubt,
    FindingTransport,
    Transport,
)
from notifications.transports.outbox import Outbox
from notifications.transports.twilio_sms import TwilioSms
from notifications.transports.twilio_voice import TwilioVoice

__all__ = [
    "SMS_BACKENDS",
    "SMS_BY_HAND",
    "DeliveryError",
    "DeliveryInDoubt",
    "FindingTransport",
    "Transport",
    "can_be_asked",
    "carrier_of",
    "look_up_delay",
    "transport_for",
    "transport_named",
    "waits_for_hand_over",
]

SMS_BACKENDS: dict[str, type[Transport]] = {"outbox": Outbox, "twilio": TwilioSms}
# SMS leave as a file that a colleague takes to an aggregator: no transport sends them.
SMS_BY_HAND = "csv"

_BY_CHANNEL: dict[str, type[Transport]] = {
    Contact.Channel.EMAIL: Outbox,
}


def waits_for_hand_over(channel: str) -> bool:
    """Whether messages of a channel leave by another's hand: in the post, or as a file."""
    return channel == Contact.Channel.LETTER or (
        channel == Contact.Channel.SMS and settings.SMS_BACKEND == SMS_BY_HAND
    )


def transport_for(channel: str) -> Transport:
    """A transport that carries a channel, as ``SMS_BACKEND`` says for SMS.

    Raises KeyError for a channel that people carry: letters, calls, SMS as a file.
    """
    return _class_of(channel)()


def transport_named(carrier: str) -> Transport:
    """A transport by the name a message has kept. Raises KeyError when it is gone."""
    return _by_name()[carrier]()


def carrier_of(channel: str) -> str:
    """The name of the transport that carries a channel, empty where people do."""
    try:
        return _class_of(channel).name
    except KeyError:
        return ""


def can_be_asked(carrier: str) -> bool:
    """Whether a carrier can say which messages it has taken."""
    return hasattr(_by_name().get(carrier), "find")


def look_up_delay(carrier: str) -> timedelta:
    """How long a doubt rests before the carrier is asked: not at all where it cannot be."""
    return timedelta(seconds=settings.MESSAGE_LOOK_UP_SECONDS if can_be_asked(carrier) else 0)


def _class_of(channel: str) -> type[Transport]:
    if channel == Contact.Channel.SMS:
        return SMS_BACKENDS[settings.SMS_BACKEND]
    if channel == Contact.Channel.VOICE:
        # Where SMS leave the house, a call that nothing places must not pass for one made.
        in_house = settings.SMS_BACKEND == "outbox" and not settings.TWILIO_VOICE_FROM
        return Outbox if in_house else TwilioVoice
    if channel == Contact.Channel.EMAIL and settings.EMAIL_URL:
        return Smtp
    return _BY_CHANNEL[channel]


def _by_name() -> dict[str, type[Transport]]:
    transports: tuple[type[Transport], ...] = (
        *_BY_CHANNEL.values(),
        TwilioVoice,
        *SMS_BACKENDS.values(),
        Smtp,
    )
    return {transport.name: transport for transport in transports}
