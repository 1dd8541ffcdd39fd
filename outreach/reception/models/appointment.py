from datetime import datetime

from django.conf import settings
from django.db import models

from notifications.models import Contact
from outreach.people.models import Person
from outreach.reception.models.opening_day import OpeningDay
from outreach.reception.models.service import Service
from outreach.reception.rules import turns
from outreach.visits.models import VisitRequest

# Who asked, seen from the person who comes: the same words as for a visit.
Relation = VisitRequest.Relation


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def to_confirm(self) -> "AppointmentQuerySet":
        """Appointments in any state, with what the confirmation page shows."""
        return self.select_related(
            "person__contact", "asked_by", "day__point", "day__venue__district"
        )

    def standing(self) -> "AppointmentQuerySet":
        """Appointments somebody is still to come to, with what their messages need."""
        return self.to_confirm().filter(state=Appointment.State.OPEN).order_by("starts_at", "pk")

    def ahead(self, *, now: datetime) -> "AppointmentQuerySet":
        """Those that have not ended yet, soonest first."""
        return self.standing().filter(ends_at__gt=now)

    def day_list(self, day: OpeningDay) -> "AppointmentQuerySet":
        """Everybody who is expected on a day, in the order of their times."""
        return (
            self.filter(day=day)
            .exclude(state=Appointment.State.CANCELLED)
            .select_related("person__contact", "asked_by", "served_by")
            .prefetch_related("person__contact__points")
            .order_by("starts_at", "booth", "pk")
        )

    def taking_booths(self) -> "AppointmentQuerySet":
        """Those that keep a booth; a time is free again once it is taken back."""
        return self.exclude(state=Appointment.State.CANCELLED)


class Appointment(models.Model):
    """One person's time at a counter, for one service."""

    class State(models.TextChoices):
        OPEN = turns.State.OPEN.value
        CALLED = turns.State.CALLED.value
        DONE = turns.State.DONE.value
        ABSENT = turns.State.ABSENT.value
        CANCELLED = turns.State.CANCELLED.value

    class How(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    day = models.ForeignKey(OpeningDay, on_delete=models.PROTECT, related_name="appointments")
    service = models.CharField(max_length=20, choices=Service.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booth = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    # One per sending of the form, so that a double click is one appointment.
    submission = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.SELF)
    # Who booked it, when it was somebody else.
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    booked_at = models.DateTimeField()
    # When it was last given another time; who was told then is not reminded of the same at once.
    moved_at = models.DateTimeField(null=True, blank=True)
    # Raised with each change, so that calendars take the newer entry for the same appointment.
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    served_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Empty when the resident cancelled without staff.
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="appointment_reference_once"),
            models.UniqueConstraint(fields=["submission"], name="appointment_submission_once"),
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=models.Q(state__in=["open", "called"]),
                name="appointment_one_open_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["day", "booth"],
                condition=models.Q(state="called"),
                name="appointment_one_served_at_a_booth",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(booth__gte=1), name="appointment_has_booth"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "called", "done", "absent", "cancelled"]),
                name="appointment_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled", cancelled_at__isnull=False)
                | (~models.Q(state="cancelled") & models.Q(cancelled_at=None)),
                name="appointment_cancelled_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    service__in=["apply", "renew_card", "renew_certificate", "collect", "pin"]
                ),
                name="appointment_service_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=["self", "family", "care_manager", "facility", "other"]
                ),
                name="appointment_relation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["web", "phone", "paper"]), name="appointment_how_known"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="appointment_start")]

    def __str__(self) -> str:
        return f"appointment {self.reference}"

    @property
    def made_the_contact(self) -> bool:
        """Whether the city first heard of this contact with this very appointment.

        Whoever filled in the form then knows no more about the person than they typed. It is
        what makes it safe to show them the person's own page.
        """
        return self.person.contact.created_at >= self.booked_at
