from django.db import models

from notifications.models.contact_point import ContactPoint


class InboundText(models.Model):
    """One SMS or key press that came in, once: the provider may tell it again."""

    class Kind(models.TextChoices):
        STOP = "stop"
        START = "start"
        OTHER = "other"

    provider_id = models.CharField(max_length=80)
    # Empty for a number nobody here has written to.
    point = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="inbound"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Guarded: numbers that may not be kept are masked before anything is stored.
    body = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider_id"], name="inbound_text_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["stop", "start", "other"]),
                name="inbound_text_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"inbound {self.pk} ({self.kind})"
