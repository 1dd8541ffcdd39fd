from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.visits.models.visit_request import VisitRequest
from outreach.visits.rules import transitions


class RequestEvent(models.Model):
    """One line of a request's history: who did what, when and why. Appended, never changed."""

    class Kind(models.TextChoices):
        STEP = "step", _("Step")
        CORRECTION = "correction", _("Correction")
        HOLDER = "holder", _("Who has it")

    request = models.ForeignKey(VisitRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STEP)
    # Where it came from; empty when it was asked.
    was = models.CharField(max_length=12, choices=VisitRequest.State.choices, blank=True)
    state = models.CharField(max_length=12, choices=VisitRequest.State.choices)
    # Who has the request from now on; nobody when it was given back. Only of the kind "holder".
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The day it happened, where that is not the day it was written down.
    on = models.DateField(null=True, blank=True)
    why = models.TextField(blank=True)  # guarded
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, transitions.State)))
                & models.Q(was__in=["", *sorted(map(str, transitions.State))]),
                name="request_event_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["step", "holder"])
                | (models.Q(kind="correction") & ~models.Q(why="")),
                name="request_event_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"visit request {self.request_id}: {self.state}"
