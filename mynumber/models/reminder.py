from django.db import models
from django.utils import timezone

from notifications.models import Contact


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def standing(self) -> "ReminderQuerySet":
        """Reminders nobody has cancelled, with the contact, in the order they fall due."""
        return (
            self.filter(cancelled_at=None).select_related("contact").order_by("expires_on", "pk")
        )


class Reminder(models.Model):
    """Somebody asked to be told before a card or its certificates expire.

    The date is the one printed on the card; a computed date is an estimate and never stands here.
    """

    class Kind(models.TextChoices):
        CARD = "card"
        CERTIFICATE = "certificate"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    expires_on = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=models.Q(cancelled_at=None),
                name="reminder_once_while_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["card", "certificate"]), name="reminder_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk} ({self.kind})"
