from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.visits.models.visit import Visit


class VisitMark(models.Model):
    """What a team pressed on a visit: arrived, left, a consent, the outcome. Never changed.

    The key is drawn by the telephone before the mark is sent: one that arrives twice, because the
    network dropped before the answer came back, is one mark.
    """

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        LEFT = "left", _("Left")
        CONSENT = "consent", _("Agreed")
        OUTCOME = "outcome", _("Outcome")

    class Consent(models.TextChoices):
        """What the person says yes to before anything is done (G)."""

        APPLY = "apply", _("Wants to apply for the card")
        PHOTO = "photo", _("The photo may be taken")
        HELP = "help", _("Staff may help to fill in the form")

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="marks")
    client_key = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=16, blank=True)  # which consent, or which outcome
    marked_at = models.DateTimeField()
    received_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # The other member of the team, who was there too.
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="visit_mark_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["arrived", "left"], value="", second__isnull=False)
                | models.Q(kind="consent", value__in=["apply", "photo", "help"])
                | (models.Q(kind="outcome") & ~models.Q(value="")),
                name="visit_mark_kind_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(second=models.F("marked_by")), name="visit_mark_by_two_people"
            ),
            models.CheckConstraint(
                condition=models.Q(marked_at__lte=models.F("received_at")),
                name="visit_mark_not_from_the_future",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at visit {self.visit_id}"
