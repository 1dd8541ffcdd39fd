from django.db import models

from outreach.places.models.boundary_set import BoundarySet


class DistrictQuerySet(models.QuerySet["District"]):
    def in_force(self) -> "DistrictQuerySet":
        """Districts of the active boundary set, by code."""
        return self.filter(boundary_set__is_active=True).order_by("code")

    def leaves(self) -> "DistrictQuerySet":
        """Districts without parts: the only ones counts stand on."""
        return self.filter(parts=None)

    def to_choose_from(self) -> "DistrictQuerySet":
        """What a resident picks from: the coarsest level of the active set."""
        return self.in_force().filter(parent=None)


class District(models.Model):
    """One area of one boundary set; a parent is the sum of its parts."""

    boundary_set = models.ForeignKey(
        BoundarySet, on_delete=models.CASCADE, related_name="districts"
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_roman = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts"
    )
    # A GeoJSON geometry, WGS 84, simplified at import; empty where only a list was loaded.
    boundary = models.JSONField(null=True, blank=True)
    # A point that lies inside the area, for labels and distances (degrees, WGS 84).
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["boundary_set", "code"], name="district_code_once"),
            models.CheckConstraint(condition=~models.Q(code=""), name="district_has_code"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="district_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
