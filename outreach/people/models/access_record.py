from django.conf import settings
from django.db import models

from outreach.people.models.person import Person


class AccessRecord(models.Model):
    """One look of one staff member at one resident's record. Appended, never changed."""

    class Action(models.TextChoices):
        VIEW = "view"
        SEARCH = "search"
        CHANGE = "change"
        EXPORT = "export"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The record of a look outlives the person it was at.
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="access_records"
    )
    action = models.CharField(max_length=8, choices=Action.choices)
    screen = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["view", "search", "change", "export"]),
                name="access_record_action_known",
            )
        ]
        indexes = [
            models.Index(fields=["person", "at"], name="access_record_of_person"),
            models.Index(fields=["by", "at"], name="access_record_by_colleague"),
        ]

    def __str__(self) -> str:
        return f"{self.action} on {self.screen}"
