from datetime import datetime

from django.conf import settings
from django.db import models

from notifications.models.announcement import Announcement
from notifications.models.contact import Contact
from notifications.models.contact_point import ContactPoint
from notifications.models.hand_over import HandOver


class MessageQuerySet(models.QuerySet["Message"]):
    def outbox(self) -> "MessageQuerySet":
        """Everything, newest first, as the staff's outbox shows it."""
        return self.select_related("contact", "point").order_by("-queued_at", "-pk")

    def due(self, *, now: datetime) -> "MessageQuerySet":
        """What waited at `now` and may go out."""
        may_go = models.Q(not_before=None) | models.Q(not_before__lte=now)
        return self.filter(may_go, state=Message.State.QUEUED, queued_at__lte=now, hand_over=None)

    def of_occasion(self, reference: str) -> "MessageQuerySet":
        """The message by this reference, and the attempts by other channels that came after it."""
        later = f"{reference}{Message.NEXT_ATTEMPT}"
        return self.filter(models.Q(reference=reference) | models.Q(reference__startswith=later))

    def of_occasions_under(self, stem: str) -> "MessageQuerySet":
        """Every message whose reference begins so, and the attempts that came after them.

        `stem` ends where a name of its own ends, as in ``renewal:12:``.
        """
        return self.filter(reference__startswith=stem)

    def orphaned(self, *, now: datetime) -> "MessageQuerySet":
        """What a process claimed and has not answered for in time."""
        return self.filter(state=Message.State.SENDING, claim_expires_at__lte=now)

    def to_look_up(self, *, now: datetime) -> "MessageQuerySet":
        """What is in doubt and whose carrier is asked about it next."""
        return self.filter(state=Message.State.UNKNOWN, look_up_at__lte=now)


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
    # What a person may settle, whatever the reason it stopped.
    BEFORE_A_PERSON = frozenset({State.UNKNOWN, State.HELD})

    # Attempts of one occasion are told apart by what follows this sign in the reference.
    NEXT_ATTEMPT = "~"

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="messages")
    # Empty when the person left nothing by which the channel could reach them.
    point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    # No index: so few purposes narrow nothing down, and each index costs when a town is written to.
    purpose = models.SlugField(max_length=40, db_index=False)
    reference = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=Contact.Channel.choices)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    # A few letters at the end of an SMS: what a resident reads out, and what tells two texts to
    # one number apart when the provider is asked whether it has them.
    code = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    # The same words in the forms of the channels that come after this one (`texts.Forms`).
    # Empty for an announcement, which holds its own words.
    other_forms = models.JSONField(default=dict, blank=True)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    # The attempt by another channel that this one comes after.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    # The file or print run it is in; nothing else may send it meanwhile.
    hand_over = models.ForeignKey(
        HandOver, on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    useless_after = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    claim_expires_at = models.DateTimeField(null=True, blank=True)
    carrier = models.CharField(max_length=12, blank=True)  # the transport that took it
    provider_id = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    parts = models.PositiveSmallIntegerField(default=0)  # SMS parts that are charged
    attempts = models.PositiveSmallIntegerField(default=0)
    # When a doubt is put to the provider next, and how often it has been.
    look_up_at = models.DateTimeField(null=True, blank=True)
    look_ups = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="message_reference_once"),
            # Whoever shares a number: it hears of an announcement once. What follows a failure
            # is another try for one person.
            models.UniqueConstraint(
                fields=["announcement", "point"],
                condition=models.Q(announcement__isnull=False, follows=None),
                name="message_announced_once_to_a_number",
            ),
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
                condition=models.Q(channel__in=["sms", "email", "voice", "call", "letter"]),
                name="message_channel_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sending", claim__isnull=False)
                | (~models.Q(state="sending") & models.Q(claim=None)),
                name="message_claim_only_while_sending",
            ),
            models.CheckConstraint(
                condition=models.Q(look_up_at=None) | models.Q(state="unknown"),
                name="message_look_up_only_in_doubt",
            ),
            models.CheckConstraint(
                condition=models.Q(hand_over=None) | ~models.Q(state="sending"),
                name="message_handed_over_or_sending",
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
            models.Index(
                fields=["look_up_at"], condition=models.Q(state="unknown"), name="message_in_doubt"
            ),
            models.Index(
                fields=["provider_id"],
                condition=~models.Q(provider_id=""),
                name="message_by_provider_id",
            ),
            models.Index(
                fields=["queued_at"],
                condition=models.Q(announcement__isnull=False),
                name="message_announced_by_day",
            ),
            models.Index(
                fields=["sent_at", "channel"],
                condition=models.Q(sent_at__isnull=False),
                name="message_sent_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.reference}"

    @property
    def occasion(self) -> str:
        """The reference it was queued under, whichever attempt this is."""
        return self.reference.partition(self.NEXT_ATTEMPT)[0]
