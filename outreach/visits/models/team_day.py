from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.visits.models.team import Team


class TeamDayQuerySet(models.QuerySet["TeamDay"]):
    def versions(self, *, on: date) -> dict[int, int]:
        """How often each team's day was changed; teams that are not in it: never."""
        return dict(self.filter(day=on).values_list("team_id", "version"))


class TeamDay(models.Model):
    """One team's day as a whole. Whoever changes a visit of it counts the version up.

    A plan is saved only over the version it was made from, so that two officers who plan at once
    cannot mix their plans.
    """

    class TravelSource(models.TextChoices):
        ESTIMATE = "estimate", _("Estimated from the distance")
        SERVER = "server", _("From the routing server")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    version = models.PositiveIntegerField(default=0)
    # Where the driving times of the saved plan came from; empty while the day is planned by hand.
    travel_source = models.CharField(max_length=8, choices=TravelSource.choices, blank=True)

    objects = TeamDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "day"], name="team_day_once"),
            models.CheckConstraint(
                condition=models.Q(travel_source__in=["", "estimate", "server"]),
                name="team_day_travel_source_known",
            ),
        ]

    def __str__(self) -> str:
        return f"team {self.team_id} on {self.day}"
