from django.db import models

from notifications.models import Contact
from outreach.places.models import District


class PersonQuerySet(models.QuerySet["Person"]):
    def by_kana(self) -> "PersonQuerySet":
        """As a desk officer looks people up: by reading, then name."""
        return self.select_related("contact", "district").order_by("kana", "name", "pk")


class Person(models.Model):
    """A resident the city helps. How to reach them is their contact's business."""

    name = models.CharField(max_length=120)
    # Full-width katakana; empty for names in Roman letters.
    kana = models.CharField(max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="person")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=models.Q(birth_year=None)
                | models.Q(birth_year__gte=1890, birth_year__lte=2100),
                name="person_birth_year_plausible",
            ),
        ]
        permissions = [
            ("see_outbox", "Can read the outbox"),
            ("stop_sending", "Can see what waits to be sent and stop all sending"),
            ("control_sending", "Can let messages go out again after a stop"),
            ("see_protection", "Can see and set whose address is protected"),
            ("announce", "Can tell many people something"),
            ("approve_announcements", "Can allow an announcement a colleague has written"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
