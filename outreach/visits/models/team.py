from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamQuerySet(models.QuerySet["Team"]):
    def to_choose_from(self) -> "TeamQuerySet":
        """Teams for a planning form, by name."""
        return self.order_by("name", "pk")


class Team(models.Model):
    """The staff who go out together, two as a rule."""

    name = models.CharField(max_length=60)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="visit_teams", blank=True
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("visiting team")
        verbose_name_plural = _("visiting teams")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="team_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
