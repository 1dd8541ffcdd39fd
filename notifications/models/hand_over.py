from django.conf import settings
from django.db import models


class HandOver(models.Model):
    """One file or print run: messages that leave the house by another's hand, together."""

    class Kind(models.TextChoices):
        LETTERS = "letters"
        POSTCARDS = "postcards"
        SMS_FILE = "sms_file"

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DISCARDED = "discarded"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["letters", "postcards", "sms_file"]),
                name="hand_over_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | models.Q(state__in=["done", "discarded"], settled_at__isnull=False),
                name="hand_over_settled_when_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
