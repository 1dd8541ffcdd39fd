"""The outbox: a message that is handed over by being readable on the staff's screen."""

from typing import ClassVar

from notifications.models import Message


class Outbox:
    """Carries nothing anywhere. The row itself is what the staff read, so there is no id."""

    name: ClassVar[str] = "outbox"
    concurrency: ClassVar[int] = 100

    async def send(self, message: Message) -> str:
        return ""

    async def find(self, message: Message) -> str | None:
        """It stands in the outbox whatever happened to the process that put it there."""
        return ""

    async def close(self) -> None:
        """Nothing was opened."""
