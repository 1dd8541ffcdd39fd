"""SMS through Twilio."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings

from notifications.models import Message
from notifications.transports.faults import DeliveryInDoubt
from notifications.transports.twilio_addresses import status_address
from notifications.transports.twilio_client import explain, twilio_client

_MESSAGING_SERVICE = "MG"
_PAGE_SIZE = 200
# Nobody has been sent so many texts; if somebody has, a person looks instead.
_PAGES_AT_MOST = 10
# The hosts' clocks need not agree, and Twilio's days are GMT.
_EARLIER = timedelta(days=1)
_CAME_TO_NOTHING = frozenset({"failed", "undelivered", "canceled"})


class TwilioSms:
    """Sends SMS with the city's account, and asks which of them Twilio has."""

    name: ClassVar[str] = "twilio"
    concurrency: ClassVar[int] = 100

    def __init__(self) -> None:
        # Here and not with the first message, whose time would be spent on importing twilio.
        self._client = twilio_client()
        self._sender = _sender()

    async def send(self, message: Message) -> str:
        """Hand an SMS to Twilio and return its SID."""
        number = message.point.value if message.point else ""
        try:
            sent = await self._client.messages.create_async(
                to=number,
                body=message.body,
                status_callback=status_address(message),
                **self._sender,
            )
            return str(sent.sid)
        except Exception as fault:
            raise explain(fault) from None

    async def find(self, message: Message) -> str | None:
        """The SID of the text with exactly these words to this number.

        The code at its end tells it from every other text; one without a code cannot be told
        apart from the same words sent earlier.
        """
        if not message.code or message.code not in message.body:
            raise DeliveryInDoubt("The text carries no code.")
        came_to_nothing = None
        async for text in self._texts_to(message):
            if text.body != message.body or not str(text.direction).startswith("outbound"):
                continue
            if text.status not in _CAME_TO_NOTHING:
                return str(text.sid)
            came_to_nothing = str(text.sid)
        return came_to_nothing

    async def close(self) -> None:
        await self._client.http_client.close()

    async def _texts_to(self, message: Message) -> AsyncIterator[Any]:
        """What Twilio has to a number, newest first, as far back as this message was written.

        Not narrowed by DateSent: a text that Twilio has taken and not sent yet has none.
        """
        number = message.point.value if message.point else ""
        oldest = message.queued_at - _EARLIER
        try:
            page = await self._client.messages.page_async(to=number, page_size=_PAGE_SIZE)
            for _ in range(_PAGES_AT_MOST):
                texts = list(page)
                for text in texts:
                    yield text
                page = await page.next_page_async()
                if page is None or all(_created(text) < oldest for text in texts):
                    return
        except GeneratorExit:
            raise
        except Exception as fault:
            raise DeliveryInDoubt(type(fault).__name__) from None
        raise DeliveryInDoubt("There are more texts to this number than can be looked through.")


def _sender() -> dict[str, str]:
    """Who a text comes from."""
    sender = settings.TWILIO_SMS_FROM
    key = "messaging_service_sid" if sender.startswith(_MESSAGING_SERVICE) else "from_"
    return {key: sender}


def _created(text: Any) -> datetime:
    """When Twilio took a text; one that does not say counts as new."""
    created: datetime | None = text.date_created
    return created or datetime.max.replace(tzinfo=UTC)
