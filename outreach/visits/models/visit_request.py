from django.conf import settings
from django.db import models

from notifications.models import Contact
from outreach.people.models import Person


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def with_people(self) -> "VisitRequestQuerySet":
        return self.select_related("person__contact", "person__district", "asked_by")

    def awaiting_visit(self) -> "VisitRequestQuerySet":
        """Open requests, most urgent first: what expires soonest, then who waits longest."""
        return (
            self.filter(state=VisitRequest.State.OPEN)
            .with_people()
            .order_by(models.F("expires_on").asc(nulls_last=True), "asked_at", "pk")
        )


class VisitRequest(models.Model):
    """Somebody asked the city to come: for themselves, or on behalf of the person to be visited."""

    class Relation(models.TextChoices):
        SELF = "self"
        FAMILY = "family"
        CARE_MANAGER = "care_manager"
        FACILITY = "facility"
        OTHER = "other"

    class Topic(models.TextChoices):
        FIRST_CARD = "first_card"
        CARD_RENEWAL = "card_renewal"
        CERTIFICATE_RENEWAL = "certificate_renewal"
        COLLECTION = "collection"
        UNSURE = "unsure"

    class How(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"

    class State(models.TextChoices):
        OPEN = "open"
        PLANNED = "planned"
        DONE = "done"
        CANCELLED = "cancelled"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visit_requests")
    reference = models.CharField(max_length=12)
    # One per sending of the form, so that a double click is one request.
    submission = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices)
    # Who asked, when it was not the person; the city calls them back.
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="visit_requests"
    )
    topic = models.CharField(max_length=20, choices=Topic.choices)
    expires_on = models.DateField(null=True, blank=True)  # printed on the card, if they have one
    parking = models.BooleanField(null=True)  # room for the staff's car; None: not known
    wishes = models.TextField(blank=True)  # days and times that suit, and anything else
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    objects = VisitRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="visit_request_reference_once"),
            models.UniqueConstraint(fields=["submission"], name="visit_request_submission_once"),
            models.CheckConstraint(
                condition=models.Q(relation="self", asked_by=None)
                | (~models.Q(relation="self") & models.Q(asked_by__isnull=False)),
                name="visit_request_asker_recorded",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "planned", "done", "cancelled"]),
                name="visit_request_state_known",
            ),
        ]
        permissions = [
            ("plan_visit", "Can see requests and put them on a day"),
            ("record_outcome", "Can see own visits and record their outcome"),
        ]

    def __str__(self) -> str:
        return f"visit request {self.reference}"
