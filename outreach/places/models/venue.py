from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.places.models.district import District


class VenueQuerySet(models.QuerySet["Venue"]):
    def to_choose_from(self) -> "VenueQuerySet":
        """Venues for a staff form, by their Japanese name."""
        return self.order_by("name_ja", "pk")


class Venue(models.Model):
    """A place where a class or a mobile desk can be held (会場)."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # A venue outlives boundary sets, so it keeps its place when districts are imported anew.
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="venues"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    has_parking = models.BooleanField(default=False)
    is_step_free = models.BooleanField(default=False)
    has_heating = models.BooleanField(default=False)
    rooms = models.TextField(blank=True)  # one a line; none written means the venue is one room

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None) | models.Q(latitude__gte=-90, latitude__lte=90),
                name="venue_latitude_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude=None)
                | models.Q(longitude__gte=-180, longitude__lte=180),
                name="venue_longitude_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name_ja or self.name

    @property
    def room_names(self) -> list[str]:
        """The rooms that can be taken one by one."""
        return [name for line in self.rooms.splitlines() if (name := line.strip())]
