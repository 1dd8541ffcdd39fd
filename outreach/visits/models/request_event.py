from django.conf import settings
from django.db import models

from outreach.visits.models.visit_request import VisitRequest


class RequestEvent(models.Model):
    """One change of a request's state. Appended, never changed."""

    request = models.ForeignKey(VisitRequest, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=VisitRequest.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "planned", "done", "cancelled"]),
                name="request_event_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"visit request {self.request_id}: {self.state}"
