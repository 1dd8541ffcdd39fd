from django.conf import settings
from django.db import models

from notifications.models.message import Message


class MessageEvent(models.Model):
    """One change of a message's state. Appended, never changed."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=Message.State.choices)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True)
    # Who decided it, where a person did.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"message {self.message_id}: {self.state}"
