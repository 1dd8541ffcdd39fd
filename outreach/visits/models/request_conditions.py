from django.db import models
from django.utils.translation import gettext_lazy as _

from mynumber.rules import situations
from outreach.visits.models.visit_request import VisitRequest


class RequestConditions(models.Model):
    """What was asked about the person and the house, so that the right way is offered.

    Every answer may be missing. Shown on the page of the request alone, never in lists, exports
    or on maps: who speaks for somebody, and where they stay, says something about their health.
    """

    class Staying(models.TextChoices):
        HOME = "home", _("At home")
        FACILITY = "facility", _("In a facility")
        HOSPITAL = "hospital", _("In a hospital")
        ELSEWHERE = "elsewhere", _("With family or elsewhere")

    class Identity(models.TextChoices):
        ONE_WITH_PHOTO = "a1", _("One with a photo (driving licence, passport, residence card …)")
        TWO_WITH_PHOTO = "a2", _("Two or more with a photo")
        PHOTO_AND_OTHER = (
            "ab",
            _("One with a photo, and others without (health insurance, pension book …)"),
        )
        NO_PHOTO = "b", _("Only ones without a photo")

    class Voice(models.TextChoices):
        SELF = "self", _("The person, alone or with somebody's help")
        GUARDIAN = "guardian", _("A guardian named by the court")
        NOBODY = "nobody", _("The person cannot say it, and there is no guardian")

    class Event(models.TextChoices):
        LOST = "lost", _("The card was lost or stolen")
        DAMAGED = "damaged", _("The card or its chip is damaged")
        NEWBORN = "newborn", _("A child was born")
        FROM_ABROAD = "from_abroad", _("Moved here from abroad")
        NEWLY_REGISTERED = "newly_registered", _("Registered as a resident for the first time")
        NUMBER_CHANGED = "number_changed", _("The personal number was changed")
        REMARKS_FULL = "remarks_full", _("There is no room left on the card for a new address")
        RELEASED = "released", _("Left a penal institution")

    request = models.OneToOneField(
        VisitRequest, on_delete=models.CASCADE, related_name="conditions"
    )
    staying = models.CharField(max_length=10, choices=Staying.choices, blank=True)
    moved_recently = models.BooleanField(null=True)  # within two months
    mail_forwarding = models.BooleanField(null=True)
    identity = models.CharField(max_length=2, choices=Identity.choices, blank=True)
    voice = models.CharField(max_length=8, choices=Voice.choices, blank=True)
    event = models.CharField(max_length=16, choices=Event.choices, blank=True)
    companion = models.CharField(max_length=120, blank=True)  # who will be there on the visit
    access = models.TextField(blank=True)  # stairs, a dog, where the door is

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{field}__in": [str(word) for word in words]}),
                name=f"request_conditions_{field}_known",
            )
            for field, words in (
                ("staying", situations.Staying),
                ("identity", situations.Identity),
                ("voice", situations.Voice),
                ("event", ["", *situations.Event]),
            )
        ]

    def __str__(self) -> str:
        return f"conditions of visit request {self.request_id}"
