"""Automatic calls through Twilio: dialling, and the words of a call as TwiML.

Only to people who agreed to it: to everybody else a machine that asks for keys sounds like
還付金詐欺.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.models import Message
from notifications.reasons import in_house_language
from notifications.transports.faults import DeliveryError
from notifications.transports.twilio_addresses import (
    heard_address,
    key_address,
    status_address,
    voice_address,
)
from notifications.transports.twilio_client import explain, twilio_client

if TYPE_CHECKING:
    from twilio.rest import Client
    from twilio.twiml.voice_response import Gather, VoiceResponse

SPOKEN_LANGUAGE = "ja-JP"
# Somebody who is not quick on their feet needs ten rings.
RING_SECONDS = 45
# How long a key is waited for after the last word.
KEY_SECONDS = 8

_NOT_SET_UP = _("Automatic calls are not set up: TWILIO_VOICE_FROM is empty.")


class TwilioVoice:
    """Calls one number; what is said when somebody picks up, Twilio asks of our webhooks."""

    name: ClassVar[str] = "twilio-voice"
    concurrency: ClassVar[int] = 5

    async def send(self, message: Message) -> str:
        """Have a number called and return the SID of the call."""
        if not settings.TWILIO_VOICE_FROM:
            raise DeliveryError(in_house_language(_NOT_SET_UP), permanent=True)
        number = message.point.value if message.point else ""
        try:
            call = await self._client.calls.create_async(
                to=number,
                from_=settings.TWILIO_VOICE_FROM,
                url=voice_address(message),
                status_callback=status_address(message),
                # The words begin once Twilio knows whether a person or a machine picked up.
                machine_detection="Enable",
                timeout=RING_SECONDS,
            )
            return str(call.sid)
        except Exception as fault:
            raise explain(fault) from None

    async def close(self) -> None:
        if "_client" in self.__dict__:
            await self._client.http_client.close()

    @cached_property
    def _client(self) -> "Client":
        return twilio_client()


def say_and_go_on(message: Message, words: Sequence[str]) -> str:
    """TwiML: say the words, which a key may interrupt, and go on once they have been heard."""
    call = _empty()
    _say(_keys(call, message, seconds=1), words)
    call.redirect(heard_address(message), method="POST")
    return str(call)


def say_and_wait(message: Message, words: Sequence[str], goodbye: str) -> str:
    """TwiML: say the words and wait for a key; who presses none is bidden goodbye."""
    call = _empty()
    _say(_keys(call, message, seconds=KEY_SECONDS), words)
    return _ended(call, goodbye)


def say_and_end(words: str) -> str:
    """TwiML: say something and hang up."""
    return _ended(_empty(), words)


def hang_up() -> str:
    """TwiML: say nothing."""
    call = _empty()
    call.hangup()
    return str(call)


def nothing_to_say() -> str:
    """TwiML that answers an SMS with no SMS."""
    from twilio.twiml.messaging_response import MessagingResponse

    return str(MessagingResponse())


def _empty() -> "VoiceResponse":
    # Imported here because twilio costs most of a second and few processes ever speak.
    from twilio.twiml.voice_response import VoiceResponse

    return VoiceResponse()


def _keys(call: "VoiceResponse", message: Message, *, seconds: int) -> "Gather":
    return call.gather(
        action=key_address(message), method="POST", input="dtmf", num_digits=1, timeout=seconds
    )


def _say(part: "VoiceResponse | Gather", words: Sequence[str]) -> None:
    for sentence in words:
        part.say(sentence, language=SPOKEN_LANGUAGE, voice=settings.TWILIO_VOICE_NAME)
        part.pause(length=1)


def _ended(call: "VoiceResponse", words: str) -> str:
    _say(call, [words])
    call.hangup()
    return str(call)
