from datetime import date, timedelta
from itertools import pairwise

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact
from outreach.people.models import Person
from outreach.visits.models.request_group import RequestGroup
from outreach.visits.rules import transitions
from outreach.visits.rules.urgency import DAYS_TO_MAKE_A_CARD


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def with_people(self) -> "VisitRequestQuerySet":
        return self.select_related(
            "person__contact", "person__district", "person__residence__facility", "asked_by"
        )

    def to_plan(self) -> "VisitRequestQuerySet":
        """With everything the planning screen shows about a request."""
        return (
            self.with_people()
            .select_related("taken_by", "holder", "conditions", "group")
            .prefetch_related("person__contact__points", "asked_by__points")
        )

    def awaiting_visit(self, *, today: date) -> "VisitRequestQuerySet":
        """Requests somebody has to put on a day, most urgent first.

        Cards that expire, and periods of stay that end, before a new card could be made come
        first, the soonest leading; then whoever waits longest. A date that lies far ahead makes
        nobody urgent.
        """
        too_soon = today + timedelta(days=DAYS_TO_MAKE_A_CARD)
        # Where one date is missing the other stands for it: a NULL would win on SQLite.
        first = Least(Coalesce("expires_on", "stay_until"), Coalesce("stay_until", "expires_on"))
        pressing = models.Case(
            models.When(first__lte=too_soon, then=models.F("first")),
            default=None,
            output_field=models.DateField(),
        )
        return (
            self.filter(state__in=VisitRequest.AWAITING_VISIT)
            .annotate(first=first)
            .with_people()
            .order_by(pressing.asc(nulls_last=True), "asked_at", "pk")
        )


def needing(day: str) -> list[str]:
    """The states that cannot be without one of the days on the way to a card."""
    return sorted(str(state) for state, days in transitions.DATES.items() if day in days)


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
        REPLACEMENT = "replacement", _("A new card for one that was lost or is damaged")
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
        APPLIED = "applied", _("Applied, not yet at J-LIS")
        AT_JLIS = "at_jlis", _("Card is being made")
        ARRIVED = "arrived", _("Card is at City Hall")
        POSTED = "posted", _("Card is in the post")
        TO_COLLECT = "to_collect", _("Card waits to be collected")
        TO_HAND_OVER = "to_hand_over", _("Card has to be brought")
        DONE = "done", _("Finished")
        ENDED = "ended", _("Ended without a card")
        CANCELLED = "cancelled", _("Cancelled")

    STANDING = transitions.STANDING
    SETTLED = transitions.SETTLED
    AWAITING_VISIT = transitions.AWAITING_VISIT
    UNDER_WAY = transitions.UNDER_WAY
    # From here whoever asked can still say that nobody need come.
    CANCELLABLE = transitions.sources(State.CANCELLED) | transitions.sources(
        State.ARRIVED, actor=transitions.Actor.ASKER
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visit_requests")
    reference = models.CharField(max_length=12)
    # One per sending of the form, so that a double click is one request.
    submission = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices)
    # Who asked, when it was not the person; the city calls them back.
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="visit_requests"
    )
    # Asked for together with others of one facility.
    group = models.ForeignKey(
        RequestGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    topic = models.CharField(max_length=20, choices=Topic.choices)
    expires_on = models.DateField(null=True, blank=True)  # printed on the card, if they have one
    stay_until = models.DateField(null=True, blank=True)  # period of stay of a foreign resident
    parking = models.BooleanField(null=True)  # room for the staff's car; None: not known
    wishes = models.TextField(blank=True)  # days and times that suit, and anything else
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    # The colleague who sees to it; None: nobody yet.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    # The day the present state began; of a planned visit, the day of the visit.
    since = models.DateField()
    applied_on = models.DateField(null=True, blank=True)
    at_jlis_on = models.DateField(null=True, blank=True)
    arrived_on = models.DateField(null=True, blank=True)  # the card, at City Hall
    handed_over_on = models.DateField(null=True, blank=True)

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
                condition=models.Q(group=None) | models.Q(asked_by__isnull=False),
                name="visit_request_of_group_has_asker",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(map(str, transitions.State))),
                name="visit_request_state_known",
            ),
            *(
                models.CheckConstraint(
                    condition=~models.Q(state__in=needing(day))
                    | models.Q(**{f"{day}__isnull": False}),
                    name=f"visit_request_has_{day}",
                )
                for day in transitions.ALL_DATES[:3]
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{earlier: None})
                    | models.Q(**{later: None})
                    | models.Q(**{f"{later}__gte": models.F(earlier)}),
                    name=f"visit_request_{later}_in_order",
                )
                for earlier, later in pairwise(transitions.ALL_DATES)
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
                        "replacement",
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
            ("see_figures", "Can see the figures of visits"),
        ]

    def __str__(self) -> str:
        return f"visit request {self.reference}"

    @property
    def awaits_visit(self) -> bool:
        return self.state in self.AWAITING_VISIT

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in self.CANCELLABLE
