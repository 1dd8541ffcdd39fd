from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact
from outreach.people.models.household import Household
from outreach.people.models.key_field import KeyField
from outreach.people.rules.sounds import name_key, sound_of
from outreach.places.models import District


class PersonQuerySet(models.QuerySet["Person"]):
    def on_record(self) -> "PersonQuerySet":
        """Everybody once: who was merged into somebody else is found as that person."""
        return self.filter(merged_into=None)

    def living_here(self) -> "PersonQuerySet":
        """Whom the city still has something to bring to."""
        return self.on_record().filter(status=Person.Status.HERE)

    def by_kana(self) -> "PersonQuerySet":
        """As a desk officer looks people up: by reading, then name."""
        people = self.on_record().select_related("contact", "district")
        return people.order_by("kana", "name", "pk")


class Person(models.Model):
    """A resident the city helps. How to reach them is their contact's business."""

    class Status(models.TextChoices):
        HERE = "here", _("Lives here")
        MOVED = "moved", _("Has moved away")
        DECEASED = "deceased", _("Has died")

    GONE = frozenset({Status.MOVED, Status.DECEASED})

    name = models.CharField(max_length=120)
    # Full-width katakana; empty for names in Roman letters.
    kana = models.CharField(max_length=120, blank=True)
    # Who tells only the year is known by it; who tells the day, by both.
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    district = models.ForeignKey(
        District, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="person")
    household = models.ForeignKey(
        Household, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.HERE)
    # The day somebody moved or died, or else the day the city heard of it.
    status_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_people"
    )
    sound = KeyField(max_length=120, source="kana", rule=sound_of)
    name_key = KeyField(max_length=120, source="name", rule=name_key)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=models.Q(birth_year=None)
                | models.Q(birth_year__gte=1890, birth_year__lte=2100),
                name="person_birth_year_plausible",
            ),
            # Read from the date as it is written, which both databases do alike.
            models.CheckConstraint(
                condition=models.Q(birth_date=None)
                | models.Q(
                    birth_year__isnull=False,
                    birth_year=Cast(
                        Substr(Cast("birth_date", models.CharField(max_length=10)), 1, 4),
                        models.IntegerField(),
                    ),
                ),
                name="person_birth_year_is_of_date",
            ),
            models.CheckConstraint(
                condition=models.Q(status="here", status_on=None)
                | models.Q(status__in=["moved", "deceased"], status_on__isnull=False),
                name="person_status_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="person_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["sound"], name="person_by_sound"),
            models.Index(fields=["name_key"], name="person_by_name_key"),
            models.Index(fields=["birth_date"], name="person_by_birth_date"),
            models.Index(fields=["kana", "name", "id"], name="person_by_kana"),
        ]
        permissions = [
            ("see_people", "Can see residents and look them up"),
            ("change_people", "Can change residents' records and merge them"),
            ("see_care", "Can see and write down care level, illness and disability"),
            ("see_access", "Can see who looked at whose record"),
            ("see_outbox", "Can read the outbox"),
            ("stop_sending", "Can see what waits to be sent and stop all sending"),
            ("control_sending", "Can let messages go out again after a stop"),
            ("see_protection", "Can see and set whose address is protected"),
            ("announce", "Can tell many people something"),
            ("approve_announcements", "Can allow an announcement a colleague has written"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """With the name go the keys it is looked up by."""
        if update_fields is not None and {"name", "kana"} & set(update_fields):
            update_fields = {*update_fields, "sound", "name_key"}
        super().save(update_fields=update_fields, **kwargs)
