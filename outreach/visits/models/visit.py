from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.people.models import Person
from outreach.visits.models.team import Team
from outreach.visits.models.visit_request import VisitRequest


class VisitQuerySet(models.QuerySet["Visit"]):
    def with_people(self) -> "VisitQuerySet":
        """With everybody concerned and the ways to reach them."""
        return self.select_related(
            "team",
            "request__person__contact",
            "request__person__district",
            "request__person__residence__facility",
            "request__asked_by",
            "request__conditions",
        ).prefetch_related("request__person__contact__points", "request__asked_by__points")

    def day_list(self, *, on: date) -> "VisitQuerySet":
        """One day's visits in the order they are made, team by team."""
        return (
            self.filter(visit_on=on)
            .exclude(outcome=Visit.Outcome.CALLED_OFF)
            .with_people()
            .order_by(
                "team__name",
                models.F("starts_at").asc(nulls_last=True),
                "time_slot",
                "position",
                "pk",
            )
        )

    def ahead(self) -> "VisitQuerySet":
        """Visits not made yet: they have no outcome."""
        return self.filter(outcome="")

    def days_ahead(self, *, today: date) -> list[tuple[date, int]]:
        """Each coming day that has visits, with how many, the next day first."""
        days = self.filter(visit_on__gte=today).exclude(outcome=Visit.Outcome.CALLED_OFF)
        counted = days.order_by("visit_on").values("visit_on").annotate(count=models.Count("pk"))
        return [(day["visit_on"], day["count"]) for day in counted]

    def of(self, user: User) -> "VisitQuerySet":
        """The visits of the teams somebody is on: all a visitor may see.

        Not those called off: whoever a visit was taken from has nothing to look up about it.
        """
        return self.filter(team__members=user).exclude(outcome=Visit.Outcome.CALLED_OFF)

    def shown_to(self, user: User) -> "VisitQuerySet":
        """Every visit for those who plan, a visitor's own for everybody else."""
        return self if user.has_perm("visits.plan_visit") else self.of(user)


class Visit(models.Model):
    """One request put on one day and one team; with its outcome once it was made.

    No two visits of a team overlap: `outreach.visits.overlap_guard` has the database refuse it.
    """

    class TimeSlot(models.TextChoices):
        MORNING = "am", _("Morning")
        AFTERNOON = "pm", _("Afternoon")

    class Confirmation(models.TextChoices):
        NONE = "none", _("Not asked yet")
        ASKED = "asked", _("Asked, no answer yet")
        CONFIRMED = "confirmed", _("Confirmed")

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("Applied for a card")
        DECLINED = "declined", _("Does not want a card")
        CANNOT_CONSENT = "cannot_consent", _("Could not say what they want")
        ABSENT = "absent", _("Nobody at home")
        ID_MISSING = "id_missing", _("Identity documents missing")
        DECEASED = "deceased", _("Has died")
        MOVED = "moved", _("Has moved away")
        ALREADY_HELD = "already_held", _("Holds a valid card already")
        PROXY = "proxy", _("Referred to collection by another person")
        FACE_CARD = "face_card", _("Wants a card without a PIN")
        CALLED_OFF = "called_off", _("Called off before the visit")

    # After these the city must come again; the request is open once more.
    COME_AGAIN = frozenset({Outcome.ABSENT, Outcome.ID_MISSING})
    # Nobody lives there any more: what the city's own record of the person says from then on.
    LEFT: Mapping[str, Person.Status] = MappingProxyType(
        {Outcome.DECEASED: Person.Status.DECEASED, Outcome.MOVED: Person.Status.MOVED}
    )
    # Nobody went: the day was moved, or the request cancelled.
    NOT_MADE = frozenset({Outcome.CALLED_OFF})
    CLOSED = frozenset(set(Outcome) - COME_AGAIN - NOT_MADE)

    request = models.ForeignKey(VisitRequest, on_delete=models.PROTECT, related_name="visits")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="visits")
    visit_on = models.DateField()
    time_slot = models.CharField(max_length=2, choices=TimeSlot.choices)
    position = models.PositiveSmallIntegerField(default=0)
    # When exactly, once the day was planned as a whole; None: some time in the time slot.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # Staff want it to stay where it is when the day is planned again.
    pinned = models.BooleanField(default=False)
    # What the people visited have said about the day and time.
    confirmation = models.CharField(
        max_length=10, choices=Confirmation.choices, default=Confirmation.NONE
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The colleague who was told it on the telephone; None: they answered themselves.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What they were told last: when, and between which hours somebody arrives.
    told_at = models.DateTimeField(null=True, blank=True)
    told_from = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    people = models.PositiveSmallIntegerField(default=1)  # how many are seen in one visit
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(outcome=""), name="visit_one_ahead"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", outcome_at=None)
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False)),
                name="visit_outcome_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(time_slot__in=["am", "pm"]), name="visit_time_slot_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at=None, ends_at=None)
                | models.Q(
                    starts_at__isnull=False,
                    ends_at__isnull=False,
                    ends_at__gt=models.F("starts_at"),
                ),
                name="visit_times_have_length",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmation__in=["none", "asked", "confirmed"]),
                name="visit_confirmation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmation="confirmed", confirmed_at__isnull=False)
                | (~models.Q(confirmation="confirmed") & models.Q(confirmed_at=None)),
                name="visit_confirmed_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(told_at=None, told_from=None, told_until=None)
                | models.Q(
                    told_at__isnull=False,
                    told_from__isnull=False,
                    told_until__gt=models.F("told_from"),
                ),
                name="visit_told_hours_have_length",
            ),
            models.CheckConstraint(condition=models.Q(people__gt=0), name="visit_is_to_somebody"),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=[
                        "",
                        "applied",
                        "declined",
                        "cannot_consent",
                        "absent",
                        "id_missing",
                        "deceased",
                        "moved",
                        "already_held",
                        "proxy",
                        "face_card",
                        "called_off",
                    ]
                ),
                name="visit_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk} on {self.visit_on}"

    @property
    def stays_put(self) -> bool:
        """Whether planning may not move it: confirmed by the people, or pinned by staff."""
        return self.pinned or self.confirmation == self.Confirmation.CONFIRMED
