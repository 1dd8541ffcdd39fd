from datetime import datetime

from django.conf import settings
from django.db import models

from notifications.models.contact import Contact
from notifications.models.contact_point import ContactPoint


class MessageQuerySet(models.QuerySet["Message"]):
    def outbox(self) -> "MessageQuerySet":
        """Everything, newest first, as the staff's outbox shows it."""
        return self.select_related("contact", "point").order_by("-queued_at", "-pk")

    def due(self, *, now: datetime) -> "MessageQuerySet":
        """What waited at `now` and may go out."""
        may_go = models.Q(not_before=None) | models.Q(not_before__lte=now)
        return self.filter(may_go, state=Message.State.QUEUED, queued_at__lte=now)

    def orphaned(self, *, now: datetime) -> "MessageQuerySet":
        """What a process claimed and has not answered for in time."""
        return self.filter(state=Message.State.SENDING, claim_expires_at__lte=now)


class Message(models.Model):
    """One thing to tell one person by one channel: the row of the outbox.

    It is written in the transaction of the fact it announces. ``state`` caches the last
    ``MessageEvent``; the events are the history.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"
        UNKNOWN = "unknown"
        HELD = "held"
        DROPPED = "dropped"

    WAITING = frozenset({State.QUEUED})
    IN_FLIGHT = frozenset({State.SENDING, State.UNKNOWN})
    REACHED = frozenset({State.SENT, State.DELIVERED})
    NOT_REACHED = frozenset({State.FAILED, State.HELD, State.DROPPED})

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="messages")
    # Empty when the person left nothing by which the channel could reach them.
    point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    purpose = models.SlugField(max_length=40)
    reference = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=Contact.Channel.choices)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    useless_after = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    claim_expires_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="message_reference_once"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[
                        "queued",
                        "sending",
                        "sent",
                        "delivered",
                        "failed",
                        "unknown",
                        "held",
                        "dropped",
                    ]
                ),
                name="message_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["sms", "email", "call", "letter"]),
                name="message_channel_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sending", claim__isnull=False)
                | (~models.Q(state="sending") & models.Q(claim=None)),
                name="message_claim_only_while_sending",
            ),
        ]
        indexes = [
            models.Index(
                fields=["queued_at"], condition=models.Q(state="queued"), name="message_waiting"
            ),
            models.Index(
                fields=["claim_expires_at"],
                condition=models.Q(state="sending"),
                name="message_in_flight",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.reference}"
