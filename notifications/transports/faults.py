"""What a transport does, and the two ways in which it can fail."""

from datetime import timedelta
from typing import ClassVar, Protocol, runtime_checkable

from notifications.models import Message


class Transport(Protocol):
    """Hands messages to whoever carries them, many at a time.

    It lives in an event loop and must not touch the database: `message.contact` and
    `message.point` are there, nothing else is. One is made for each round of deliveries.
    """

    name: ClassVar[str]  # stored as `Message.carrier`
    concurrency: ClassVar[int]  # how many calls may be under way at once

    async def send(self, message: Message) -> str:
        """Hand a message over and return the carrier's id for it, empty if there is none.

        Raises DeliveryError when it certainly did not go out, DeliveryInDoubt when it may have.
        """

    async def close(self) -> None:
        """Give back connections; nothing is sent after this."""


@runtime_checkable
class FindingTransport(Transport, Protocol):
    """A transport whose carrier can be asked what it has taken."""

    async def find(self, message: Message) -> str | None:
        """The carrier's id for a message it has taken; None when it certainly has not.

        Raises DeliveryInDoubt when the carrier cannot say.
        """


class DeliveryError(Exception):
    """The message certainly did not go out; the text says why, in the staff's language.

    `permanent`: trying again would fail the same way. `point_state`: what the refusal has taught
    about the number (a ``ContactPoint.State``), empty for nothing. `retry_after`: the carrier
    takes nothing from us for so long, whoever it is for; None when only this message failed.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        point_state: str = "",
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.point_state = point_state
        self.retry_after = retry_after


class DeliveryInDoubt(Exception):
    """The call was made and its answer never came: the message may or may not have gone out."""
