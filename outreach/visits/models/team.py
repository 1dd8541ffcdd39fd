from django.conf import settings
from django.db import models


class Team(models.Model):
    """The staff who go out together, two as a rule."""

    name = models.CharField(max_length=60)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="visit_teams", blank=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name
