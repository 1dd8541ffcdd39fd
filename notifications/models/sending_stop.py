from django.conf import settings
from django.db import models


class SendingStop(models.Model):
    """Somebody, or a ceiling, halted all sending; it goes on when a person lifts it."""

    reason = models.CharField(max_length=200)
    stopped_at = models.DateTimeField()
    # Empty when a ceiling did it.
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(lifted_at=None),
                name="sending_stop_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="sending_stop_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"sending stop {self.pk}"
