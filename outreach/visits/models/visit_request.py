from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact
from outreach.people.models import Person
from outreach.visits.rules.urgency import DAYS_TO_MAKE_A_CARD


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def with_people(self) -> "VisitRequestQuerySet":
        return self.select_related("person__contact", "person__district", "asked_by")

    def to_plan(self) -> "VisitRequestQuerySet":
        """With everything the planning screen shows about a request."""
        return (
            self.with_people()
            .select_related("taken_by")
            .prefetch_related("person__contact__points", "asked_by__points")
        )

    def awaiting_visit(self, *, today: date) -> "VisitRequestQuerySet":
        """Open requests, most urgent first.

        Cards that expire before a new one could be made come first, the soonest leading; then
        whoever waits longest. A printed date that lies far ahead makes nobody urgent.
        """
        too_soon = today + timedelta(days=DAYS_TO_MAKE_A_CARD)
        pressing = models.Case(
            models.When(expires_on__lte=too_soon, then="expires_on"),
            default=None,
            output_field=models.DateField(),
        )
        return (
            self.filter(state=VisitRequest.State.OPEN)
            .with_people()
            .order_by(pressing.asc(nulls_last=True), "asked_at", "pk")
        )


class VisitRequest(models.Model):
    """Somebody asked the city to come: for themselves, or on behalf of the person to be visited."""

    class Relation(models.TextChoices):
        """Who asked, seen from the person to be visited."""

        SELF = "self", _("The person")
        FAMILY = "family", _("Family")
        CARE_MANAGER = "care_manager", _("Care manager")
        FACILITY = "facility", _("Facility")
        OTHER = "other", _("Somebody else")

    class Topic(models.TextChoices):
        FIRST_CARD = "first_card", _("Applying for a first card")
        CARD_RENEWAL = "card_renewal", _("Renewing the card")
        CERTIFICATE_RENEWAL = "certificate_renewal", _("Renewing the digital certificates")
        COLLECTION = "collection", _("Receiving a card that is ready")
        UNSURE = "unsure", _("Not sure, would like to talk about it")

    class How(models.TextChoices):
        WEB = "web", _("Website")
        PHONE = "phone", _("Phone")
        PAPER = "paper", _("On paper")
        CLASS = "class", _("At a class")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for a day")
        PLANNED = "planned", _("Day fixed")
        DONE = "done", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    # A request is settled once, and stays so.
    STANDING = frozenset({State.OPEN, State.PLANNED})
    SETTLED = frozenset({State.DONE, State.CANCELLED})

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
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=["self", "family", "care_manager", "facility", "other"]
                ),
                name="visit_request_relation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    topic__in=[
                        "first_card",
                        "card_renewal",
                        "certificate_renewal",
                        "collection",
                        "unsure",
                    ]
                ),
                name="visit_request_topic_known",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["web", "phone", "paper", "class"]),
                name="visit_request_how_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference=""), name="visit_request_has_reference"
            ),
        ]
        permissions = [
            ("plan_visit", "Can see requests and put them on a day"),
            ("record_outcome", "Can see own visits and record their outcome"),
        ]

    def __str__(self) -> str:
        return f"visit request {self.reference}"
