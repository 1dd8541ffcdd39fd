from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.places.models import Venue


class ReceptionPointQuerySet(models.QuerySet["ReceptionPoint"]):
    def open_to_residents(self) -> "ReceptionPointQuerySet":
        """The points residents can come to, counters before mobile desks."""
        return self.filter(is_open=True).select_related("venue").order_by("kind", "name_ja", "pk")


class ReceptionPoint(models.Model):
    """A counter or a mobile desk that takes applications and renewals (取組7: 申請・更新窓口)."""

    class Kind(models.TextChoices):
        COUNTER = "counter", _("Counter")
        MOBILE_DESK = "mobile_desk", _("Mobile desk")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    hours = models.TextField(blank=True)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="reception_points")
    is_open = models.BooleanField(default=True)

    objects = ReceptionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("reception point")
        verbose_name_plural = _("reception points")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["counter", "mobile_desk"]),
                name="reception_point_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name_ja or self.name
