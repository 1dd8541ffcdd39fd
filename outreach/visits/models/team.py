from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamQuerySet(models.QuerySet["Team"]):
    def to_choose_from(self) -> "TeamQuerySet":
        """Teams for a planning form, by name."""
        return self.order_by("name", "pk")


class Team(models.Model):
    """The staff who go out together, two as a rule: when, from where, and what they bring."""

    name = models.CharField(max_length=60)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="visit_teams", blank=True
    )
    # The shift, by the town's clock; the team leaves and is back within it.
    starts = models.TimeField(default=time(8, 30))
    ends = models.TimeField(default=time(17, 15))
    # The most they work in a day without lunch; None: the shift alone limits it.
    longest_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    lunch_minutes = models.PositiveSmallIntegerField(default=45)
    lunch_from = models.TimeField(default=time(11, 30))
    lunch_until = models.TimeField(default=time(13, 30))
    # Where the car stands in the morning and in the evening (degrees, WGS 84); None: City Hall.
    start_latitude = models.FloatField(null=True, blank=True)
    start_longitude = models.FloatField(null=True, blank=True)
    end_latitude = models.FloatField(null=True, blank=True)
    end_longitude = models.FloatField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)  # codes of settings.LANGUAGES
    takes_photos = models.BooleanField(default=True)
    has_tablet = models.BooleanField(default=True)
    four_wheel_drive = models.BooleanField(default=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("visiting team")
        verbose_name_plural = _("visiting teams")
        constraints = [
            models.UniqueConstraint(fields=["name"], name="team_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="team_has_name"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="team_shift_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(lunch_until__gt=models.F("lunch_from")),
                name="team_lunch_has_room",
            ),
            models.CheckConstraint(
                condition=models.Q(start_latitude=None, start_longitude=None)
                | models.Q(start_latitude__isnull=False, start_longitude__isnull=False),
                name="team_starts_at_a_point",
            ),
            models.CheckConstraint(
                condition=models.Q(end_latitude=None, end_longitude=None)
                | models.Q(end_latitude__isnull=False, end_longitude__isnull=False),
                name="team_ends_at_a_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name
