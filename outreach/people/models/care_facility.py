from django.db import models

from outreach.places.models import District


class CareFacility(models.Model):
    """A home or day centre whose residents the city visits together. Not a venue of classes."""

    name = models.CharField(max_length=120)
    kana = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="care_facilities"
    )
    latitude = models.FloatField(null=True, blank=True)  # degrees, WGS 84
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    # Where to park, which door, hours of meals; guarded.
    access_notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="care_facility_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="care_facility_has_name"),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=20,
                    latitude__lte=46,
                    longitude__gte=122,
                    longitude__lte=154,
                ),
                name="care_facility_lies_in_japan",
            ),
        ]

    def __str__(self) -> str:
        return self.name
