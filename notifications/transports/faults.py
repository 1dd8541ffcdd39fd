"""What a transport does, and the two ways in which it can fail."""

from typing import Protocol

from notifications.models import Message


class Transport(Protocol):
    """Hands one message to whoever carries it."""

    def send(self, message: Message) -> str:
        """Hand a message over and return the carrier's id for it, empty if there is none.

        Raises DeliveryError when it certainly did not go out, DeliveryInDoubt when it may have.
        """


class DeliveryError(Exception):
    """The message certainly did not go out; the text says why, in the staff's language.

    `permanent`: trying again would fail the same way. `point_state`: what the refusal has taught
    about the number (a ``ContactPoint.State``), empty for nothing.
    """

    def __init__(self, message: str, *, permanent: bool, point_state: str = "") -> None:
        super().__init__(message)
        self.permanent = permanent
        self.point_state = point_state


class DeliveryInDoubt(Exception):
    """The call was made and its answer never came: the message may or may not have gone out."""
