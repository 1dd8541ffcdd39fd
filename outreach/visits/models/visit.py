from datetime import date

from django.conf import settings
from django.db import models

from outreach.visits.models.team import Team
from outreach.visits.models.visit_request import VisitRequest


class VisitQuerySet(models.QuerySet["Visit"]):
    def day_list(self, *, on: date) -> "VisitQuerySet":
        """One day's visits in the order they are made, team by team."""
        return (
            self.filter(visit_on=on)
            .select_related("team", "request__person__contact", "request__person__district")
            .prefetch_related("request__person__contact__points")
            .order_by("team__name", "time_slot", "position", "pk")
        )

    def of(self, user: object) -> "VisitQuerySet":
        """The visits of the teams somebody is on: all a visitor may see."""
        return self.filter(team__members=user)


class Visit(models.Model):
    """One request put on one day and one team; with its outcome once it was made."""

    class TimeSlot(models.TextChoices):
        MORNING = "am"
        AFTERNOON = "pm"

    class Outcome(models.TextChoices):
        APPLIED = "applied"
        DECLINED = "declined"
        CANNOT_CONSENT = "cannot_consent"
        ABSENT = "absent"
        ID_MISSING = "id_missing"
        DECEASED = "deceased"
        MOVED = "moved"
        ALREADY_HELD = "already_held"
        PROXY = "proxy"
        FACE_CARD = "face_card"

    # After these the city must come again; the request is open once more.
    COME_AGAIN = frozenset({Outcome.ABSENT, Outcome.ID_MISSING})
    CLOSED = frozenset(set(Outcome) - COME_AGAIN)

    request = models.ForeignKey(VisitRequest, on_delete=models.PROTECT, related_name="visits")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="visits")
    visit_on = models.DateField()
    time_slot = models.CharField(max_length=2, choices=TimeSlot.choices)
    position = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(outcome=""), name="visit_one_ahead"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_at=None)
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False)),
                name="visit_outcome_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk} on {self.visit_on}"
