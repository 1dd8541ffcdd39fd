from django.conf import settings
from django.db import models

from notifications.models.contact_point import ContactPoint


class PointEvent(models.Model):
    """A colleague's word on a number or address: what they noted, and why. Never changed."""

    point = models.ForeignKey(ContactPoint, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=8, choices=ContactPoint.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)  # guarded

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="usable", reason=""),
                name="point_event_usable_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"point {self.point_id}: {self.state}"
