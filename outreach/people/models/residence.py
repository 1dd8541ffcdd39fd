from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.people.models.care_facility import CareFacility
from outreach.people.models.key_field import KeyField
from outreach.people.models.person import Person
from outreach.people.rules.addresses import place_key


class Residence(models.Model):
    """Where one person lives and how to get there.

    Where the contact is protected (DV 支援措置) nothing of this is shown anywhere: screens read it
    through `outreach.people.whereabouts`, which knows.
    """

    class RoadHeight(models.IntegerChoices):
        """How high the road climbs, which decides what snow does to it from December to March."""

        VALLEY = 1, _("In the valley: cleared first")
        SLOPE = 2, _("On the slope")
        MOUNTAIN = 3, _("In the mountains: last cleared, four-wheel drive")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="residence")
    # As on an envelope, from 大字 on; empty for who lives in a facility whose address is known.
    address = models.CharField(max_length=200, blank=True)
    oaza = models.CharField(max_length=40, blank=True)
    koaza = models.CharField(max_length=60, blank=True)
    oaza_key = KeyField(max_length=40, source="oaza", rule=place_key)
    koaza_key = KeyField(max_length=60, source="koaza", rule=place_key)
    facility = models.ForeignKey(
        CareFacility, on_delete=models.PROTECT, null=True, blank=True, related_name="residences"
    )
    # Degrees, WGS 84; of the door, not of the district.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Stairs, a dog, snow, where to park; guarded, and nothing about illness.
    access_notes = models.TextField(blank=True)
    parking = models.BooleanField(null=True)  # room for the staff's car; None: not known
    road_height = models.PositiveSmallIntegerField(
        choices=RoadHeight.choices, null=True, blank=True
    )

    class Meta:
        constraints = [
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
                name="residence_lies_in_japan",
            ),
            models.CheckConstraint(
                condition=models.Q(koaza="") | ~models.Q(oaza=""),
                name="residence_koaza_lies_in_oaza",
            ),
            models.CheckConstraint(
                condition=models.Q(road_height=None) | models.Q(road_height__in=[1, 2, 3]),
                name="residence_road_height_known",
            ),
        ]
        indexes = [models.Index(fields=["oaza_key", "koaza_key"], name="residence_by_place")]

    def __str__(self) -> str:
        return f"residence {self.pk}"

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """With 大字 and 小字 go the keys they are compared by."""
        if update_fields is not None and {"oaza", "koaza"} & set(update_fields):
            update_fields = {*update_fields, "oaza_key", "koaza_key"}
        super().save(update_fields=update_fields, **kwargs)
