from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact
from outreach.people.models.care_facility import CareFacility
from outreach.people.models.person import Person


class CarerQuerySet(models.QuerySet["Carer"]):
    def standing(self, *, on: date) -> "CarerQuerySet":
        """Who looks after somebody on a day."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=on), since__lte=on)


class Carer(models.Model):
    """Somebody who looks after a person, with what they may say in that person's name.

    A contact, who may be a resident on record too (`contact.person`).
    """

    class Relation(models.TextChoices):
        FAMILY = "family", _("Family")
        NEIGHBOUR = "neighbour", _("Neighbour")
        CARE_MANAGER = "care_manager", _("Care manager")
        FACILITY = "facility", _("Facility")
        WELFARE_COMMISSIONER = "welfare_commissioner", _("Welfare commissioner")
        OTHER = "other", _("Somebody else")

    class Authority(models.TextChoices):
        """What the carer may do: each includes those before it."""

        MAY_ASK = "may_ask", _("May ask and be told")
        MAY_DECIDE = "may_decide", _("May decide")
        LEGAL_GUARDIAN = "legal_guardian", _("Legal guardian")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="carers")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="cares_for")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    authority = models.CharField(
        max_length=16, choices=Authority.choices, default=Authority.MAY_ASK
    )
    facility = models.ForeignKey(
        CareFacility, on_delete=models.PROTECT, null=True, blank=True, related_name="carers"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day

    objects = CarerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "contact"],
                condition=models.Q(until=None),
                name="carer_once_while_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="carer_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=[
                        "family",
                        "neighbour",
                        "care_manager",
                        "facility",
                        "welfare_commissioner",
                        "other",
                    ]
                ),
                name="carer_relation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(authority__in=["may_ask", "may_decide", "legal_guardian"]),
                name="carer_authority_known",
            ),
        ]

    def __str__(self) -> str:
        return f"carer {self.pk} of person {self.person_id}"
