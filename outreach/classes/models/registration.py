from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact
from outreach.classes.models.class_session import ClassSession
from outreach.classes.models.series_registration import SeriesRegistration
from outreach.classes.rules.needs import Needs
from outreach.people.models import Person


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def roster(self) -> "RegistrationQuerySet":
        """Who holds a seat, as the tutor's list shows it: by reading, then name."""
        return (
            self.filter(state=Registration.State.REGISTERED)
            .select_related("person__contact", "session")
            .prefetch_related("person__contact__points")
            .order_by("person__kana", "person__name", "pk")
        )

    def at_the_door(self) -> "RegistrationQuerySet":
        """The roster with what was marked, and how often each was absent from other classes."""
        absences = (
            Registration.objects.filter(
                person=models.OuterRef("person"),
                state=Registration.State.REGISTERED,
                attendance__state="absent",
            )
            .exclude(session=models.OuterRef("session"))
            .order_by()
            .values("person")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        return (
            self.roster()
            .select_related("attendance")
            .annotate(no_shows=Coalesce(models.Subquery(absences), 0))
        )

    def riders(self) -> "RegistrationQuerySet":
        """Who holds a seat and wants to be fetched."""
        return self.roster().filter(wants_ride=True).select_related("person__district")

    def in_line(self) -> "RegistrationQuerySet":
        """Who waits and has not been offered a place, in the order of the line."""
        return self.filter(state=Registration.State.WAITING).order_by("line_number")

    def line_list(self) -> "RegistrationQuerySet":
        """Who waits and who has been offered a place, as the desk sees the line."""
        return (
            self.filter(state__in=Registration.IN_LINE)
            .select_related("person__contact")
            .prefetch_related("person__contact__points", "offers")
            .order_by("line_number")
        )

    def in_line_to_tell(self) -> "RegistrationQuerySet":
        """The same with everybody who hears of an offer and the ways to reach them."""
        return (
            self.in_line()
            .select_related("person__contact", "asked_by")
            .prefetch_related("person__contact__points", "asked_by__points")
        )

    def to_confirm(self) -> "RegistrationQuerySet":
        """Registrations in any state, with what the confirmation page shows."""
        return self.select_related(
            "person__contact", "asked_by", "session__course", "session__venue__district", "whole"
        )

    def all_days_of(self, registration: "Registration") -> "RegistrationQuerySet":
        """The rows of one registration in any state, the first day first."""
        rows = self.to_confirm().filter(pk=registration.pk)
        if registration.whole_id is not None:
            rows = self.to_confirm().filter(whole=registration.whole_id)
        return rows.order_by("session__starts_at", "pk")

    def to_offer_elsewhere(self, session: ClassSession) -> "RegistrationQuerySet":
        """Whose place or number ended when a session was called off, first come first.

        Who held a place comes before who waited for one. Left out is who has moved away or died,
        and who has got another day; if that was called off too, they are asked among its people.
        """
        ended = self.filter(
            session=session,
            cancelled_at=session.called_off_at,
            person__status=Person.Status.HERE,
        )
        stands = models.Q(state__in=Registration.STANDING)
        called_off_too = models.Q(cancelled_at=models.F("session__called_off_at"))
        has_another = models.Exists(
            Registration.objects.filter(stands | called_off_too, instead_of=models.OuterRef("pk"))
        )
        had_place = models.Q(line_number=None) | models.Q(offers__answer="accepted")
        return (
            ended.exclude(has_another)
            .alias(waited=models.Case(models.When(had_place, then=0), default=1))
            .order_by("waited", "registered_at", "pk")
        )

    def in_any_way(self, session: ClassSession) -> "RegistrationQuerySet":
        """Whoever is to be told of a change: who comes, who is asked, who waits."""
        return (
            self.filter(session=session, state__in=Registration.STANDING)
            .select_related("person__contact")
            .order_by("pk")
        )

    def standing(self) -> "RegistrationQuerySet":
        """Registrations that hold a seat, with what their messages and lists need."""
        return (
            self.filter(state=Registration.State.REGISTERED)
            .select_related("person__contact", "asked_by", "session__course", "session__venue")
            .order_by("registered_at", "pk")
        )


class Registration(models.Model):
    """One person's seat in one class session, or their number in the line of those who wait."""

    class Relation(models.TextChoices):
        """Who asked, seen from the person who comes."""

        SELF = "self", _("The person")
        FAMILY = "family", _("Family")
        CARE_MANAGER = "care_manager", _("Care manager")
        FACILITY = "facility", _("Facility")
        OTHER = "other", _("Somebody else")

    class How(models.TextChoices):
        WEB = "web"
        PHONE = "phone"
        PAPER = "paper"
        DOOR = "door"  # came to the class without having registered

    class State(models.TextChoices):
        REGISTERED = "registered"
        WAITING = "waiting"
        OFFERED = "offered"  # a place is kept until the person answers
        CANCELLED = "cancelled"

    HOLDS_PLACE = frozenset({State.REGISTERED, State.OFFERED})
    IN_LINE = frozenset({State.WAITING, State.OFFERED})
    STANDING = frozenset({State.REGISTERED, State.WAITING, State.OFFERED})
    ENDED = frozenset({State.CANCELLED})

    session = models.ForeignKey(
        ClassSession, on_delete=models.PROTECT, related_name="registrations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    # What the row shares with the other days of a whole series; empty for a day by itself.
    whole = models.ForeignKey(
        SeriesRegistration, on_delete=models.PROTECT, null=True, blank=True, related_name="days"
    )
    reference = models.CharField(max_length=12)
    # One per sending of the form, so that a double click is one seat.
    submission = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.SELF)
    # Who registered the person, when it was somebody else.
    asked_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    note = models.TextField(blank=True)  # what the tutor should know
    needs_handset = models.BooleanField(default=False)  # else they bring their own
    phone_model = models.CharField(max_length=80, blank=True)
    wish = models.TextField(blank=True)  # what they want to learn
    hearing = models.BooleanField(default=False)  # hard of hearing
    wheelchair = models.BooleanField(default=False)
    companion = models.BooleanField(default=False)  # somebody comes along
    wants_ride = models.BooleanField(default=False)
    # Drawn by who waits; kept afterwards, so that the order can be shown to have been fair.
    line_number = models.PositiveIntegerField(null=True, blank=True)
    # The registration for a day that was called off, in place of which this one was offered.
    instead_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Empty when the resident cancelled without staff.
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    # Who came without a seat sits on the seat of somebody who did not come; it is counted once.
    takes_over = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on_to"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(whole=None),
                name="registration_reference_once",
            ),
            models.UniqueConstraint(
                fields=["whole", "session"], name="registration_one_row_per_day_of_series"
            ),
            models.UniqueConstraint(fields=["submission"], name="registration_submission_once"),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=~models.Q(state="cancelled"),
                name="registration_one_seat_per_person",
            ),
            models.UniqueConstraint(
                fields=["session", "line_number"], name="registration_number_in_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["registered", "waiting", "offered"], cancelled_at=None
                )
                | models.Q(state="cancelled", cancelled_at__isnull=False),
                name="registration_cancelled_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["registered", "cancelled"])
                | models.Q(line_number__isnull=False),
                name="registration_in_line_has_number",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    relation__in=["self", "family", "care_manager", "facility", "other"]
                ),
                name="registration_relation_known",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["web", "phone", "paper", "door"]),
                name="registration_how_known",
            ),
            models.CheckConstraint(
                condition=models.Q(takes_over=None) | models.Q(how="door"),
                name="registration_seat_passed_on_at_the_door",
            ),
        ]

    def __str__(self) -> str:
        return f"registration {self.reference}"

    @property
    def needs(self) -> Needs:
        """What the person told about how they come and what they want to learn."""
        return Needs(**{name: getattr(self, name) for name in Needs.names()})

    @cached_property
    def place_in_line(self) -> int | None:
        """How many people come first, this one included, when it was first asked of this object.

        None for who does not wait.
        """
        if self.state not in self.IN_LINE:
            return None
        ahead = Registration.objects.filter(
            session_id=self.session_id, state__in=self.IN_LINE, line_number__lt=self.line_number
        )
        return ahead.count() + 1

    @cached_property
    def days(self) -> list[ClassSession]:
        """Every day it is for, the first one first.

        Of a whole series those that stand as this one does; of a cancelled one those that ended
        with it, so that a day that was called off by itself is not among them.
        """
        if self.whole is None:
            return [self.session]
        same = self.whole.days.filter(state=self.state, cancelled_at=self.cancelled_at)
        rows = same.select_related("session__course", "session__venue__district")
        return [row.session for row in rows.order_by("session__starts_at", "pk")]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, and forget what was looked up before."""
        for name in ("place_in_line", "days"):
            self.__dict__.pop(name, None)
        super().refresh_from_db(*args, **kwargs)

    @property
    def made_the_contact(self) -> bool:
        """Whether the city first heard of this contact with this very registration.

        Whoever filled in the form then knows no more about the person than they typed. It is
        what makes it safe to show them the person's own page.
        """
        return self.person.contact.created_at >= self.registered_at
