from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.places.models import District


class RoadClosureQuerySet(models.QuerySet["RoadClosure"]):
    def on(self, day: date) -> "RoadClosureQuerySet":
        """What is closed on that day."""
        return self.filter(closed_from__lte=day, closed_until__gte=day)


class RoadClosure(models.Model):
    """No car gets to a district for some days: a road closed in winter, or after a landslide."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="road_closures")
    closed_from = models.DateField()
    closed_until = models.DateField()  # the last day it is closed

    objects = RoadClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed road")
        verbose_name_plural = _("closed roads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_until__gte=models.F("closed_from")),
                name="road_closure_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.district}, {self.closed_from} – {self.closed_until}"
