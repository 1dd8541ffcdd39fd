from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.visits.models.team import Team


class CustodyCount(models.Model):
    """Sealed PIN sheets and cards, counted by two people when a team leaves and when it is back.

    Numbers of pieces alone: no PIN and no number of a card is written down anywhere.
    """

    class When(models.TextChoices):
        OUT = "out", _("Counted out")
        BACK = "back", _("Counted in")

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="custody")
    day = models.DateField()
    when = models.CharField(max_length=4, choices=When.choices)
    sheets = models.PositiveSmallIntegerField()
    cards = models.PositiveSmallIntegerField()
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "day", "when"], name="custody_counted_once"),
            models.CheckConstraint(
                condition=~models.Q(second=models.F("counted_by")),
                name="custody_counted_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(when__in=["out", "back"]), name="custody_when_known"
            ),
        ]

    def __str__(self) -> str:
        return f"custody of team {self.team_id} on {self.day}: {self.when}"
