from django.conf import settings
from django.db import models
from django.utils import timezone

from notifications.models.contact import Contact


class Consent(models.Model):
    """One person's yes to one purpose: when, how, noted by whom, to which wording."""

    class How(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"
        IN_PERSON = "in_person"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.SlugField(max_length=40)
    given_at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10, choices=How.choices)
    # Empty when the resident gave it without staff.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wording = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_once_while_valid",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["web", "phone", "paper", "in_person"]),
                name="consent_how_known",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} ({self.purpose})"
