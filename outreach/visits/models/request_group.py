from django.conf import settings
from django.db import models

from notifications.models import Contact
from outreach.people.models import CareFacility


class RequestGroup(models.Model):
    """Several residents of a facility, asked for in one go by one asker."""

    reference = models.CharField(max_length=12)
    # One per sending of the form, so that a double click is one group.
    submission = models.UUIDField()
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="visit_request_groups"
    )
    facility_name = models.CharField(max_length=120)
    facility_address = models.CharField(max_length=250, blank=True)
    # The facility on record, once an officer has recognised it.
    facility = models.ForeignKey(
        CareFacility, on_delete=models.PROTECT, null=True, blank=True, related_name="request_groups"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="request_group_reference_once"),
            models.UniqueConstraint(fields=["submission"], name="request_group_submission_once"),
            models.CheckConstraint(
                condition=~models.Q(reference="") & ~models.Q(facility_name=""),
                name="request_group_has_names",
            ),
        ]

    def __str__(self) -> str:
        return f"request group {self.reference}"
