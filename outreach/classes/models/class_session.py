from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone

from outreach.classes.late_places import latest_without_offers
from outreach.classes.models.course import Course
from outreach.classes.models.free_places import is_left, nobody_comes_first
from outreach.classes.models.series import Series
from outreach.classes.models.tutor import Tutor
from outreach.classes.rules.bookings import Booking
from outreach.classes.rules.line import Free
from outreach.classes.rules.too_few import DECIDE_BEFORE
from outreach.places.models import Venue
from outreach.places.rules.seats import SeatWord, seat_word

# A class for two is one the city would rather hold as a visit.
MIN_PEOPLE = 3


class ClosedBecause(StrEnum):
    """Why a session takes no registrations."""

    CALLED_OFF = "called_off"
    BEGUN = "begun"
    FULL = "full"


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def to_show(self) -> "ClassSessionQuerySet":
        """Sessions with everything a page says about them."""
        return self.select_related("course", "venue__district", "series")

    def upcoming(self, *, now: datetime) -> "ClassSessionQuerySet":
        """Sessions that have not begun and are not called off, soonest first."""
        return (
            self.to_show()
            .filter(starts_at__gt=now, state=ClassSession.State.ANNOUNCED)
            .order_by("starts_at", "pk")
        )

    def public_schedule(self, *, now: datetime) -> "ClassSessionQuerySet":
        """Of a whole series its first day. What is called off stays: in snow, people look there."""
        return self._ahead(now=now)._first_days()._with_seats(now)

    def on_the_calendar(self, *, now: datetime) -> "ClassSessionQuerySet":
        """The same day by day: of a whole series every day, until it begins."""
        begun = self._other_days().filter(starts_at__lte=now)
        return self._ahead(now=now).exclude(models.Exists(begun))._with_seats(now)

    def to_register_for(self, *, now: datetime) -> "ClassSessionQuerySet":
        """What residents choose from, soonest first."""
        return self.to_offer_by_telephone(now=now).for_residents()

    def to_offer_by_telephone(self, *, now: datetime) -> "ClassSessionQuerySet":
        """What the desk can register somebody for, soonest first.

        Of a whole series its first day stands for all of them, and none once it has begun.
        """
        return self.upcoming(now=now)._first_days()._with_seats(now)

    def _ahead(self, *, now: datetime) -> "ClassSessionQuerySet":
        ahead = self.to_show().for_residents().filter(starts_at__gt=now)
        return ahead.order_by("starts_at", "pk")

    def _first_days(self) -> "ClassSessionQuerySet":
        earlier = self._other_days().filter(starts_at__lt=models.OuterRef("starts_at"))
        return self.exclude(models.Exists(earlier))

    def _with_seats(self, now: datetime) -> "ClassSessionQuerySet":
        """With all that the word for the seats hangs on: other days, and whether a line counts."""
        is_kept = models.Q(starts_at__gt=latest_without_offers(now))
        return self.prefetch_related("series__sessions").annotate(
            is_kept=models.ExpressionWrapper(is_kept, output_field=models.BooleanField())
        )

    def open_for_registration(self, *, now: datetime) -> "ClassSessionQuerySet":
        """The same as far as there is still a seat for whoever asks with their own telephone."""
        return self.to_register_for(now=now).that_take(needs_handset=False, now=now)

    def that_take(self, *, needs_handset: bool, now: datetime) -> "ClassSessionQuerySet":
        """Where one more person finds a place: of a whole series, given its first day, on all."""
        others = self._other_days()
        without = others.exclude(nobody_comes_first(needs_handset), is_left(needs_handset))
        with_none_left = others.exclude(is_left(needs_handset))
        is_kept = models.Q(starts_at__gt=latest_without_offers(now))
        return (
            self.with_a_place(needs_handset=needs_handset, now=now)
            .exclude(is_kept & models.Exists(without))
            .exclude(models.Exists(with_none_left))
        )

    def with_a_place(self, *, needs_handset: bool, now: datetime) -> "ClassSessionQuerySet":
        """Where one more person finds a place that is not kept for somebody in line.

        The rules of `rules.line` and `rules.offers`, in the words of the database, so that one
        statement both looks and takes. It looks at each day by itself.
        """
        is_kept_no_more = models.Q(starts_at__lte=latest_without_offers(now))
        return self.filter(
            is_left(needs_handset), is_kept_no_more | nobody_comes_first(needs_handset)
        )

    def for_residents(self) -> "ClassSessionQuerySet":
        """Sessions everybody may register for: none for staff, none a group asked for."""
        return self.filter(course__audience=Course.Audience.RESIDENTS)

    def with_too_few(self, *, now: datetime) -> "ClassSessionQuerySet":
        """Upcoming sessions that are close and have fewer people than they need."""
        return self.upcoming(now=now).filter(
            starts_at__lte=now + DECIDE_BEFORE, seats_taken__lt=models.F("min_people")
        )

    def staff_list(self, *, since: datetime) -> "ClassSessionQuerySet":
        """Sessions that begin at or after `since`, called off or not, soonest first."""
        return (
            self.to_show()
            .prefetch_related("tutors")
            .filter(starts_at__gte=since)
            .order_by("starts_at", "pk")
        )

    def covered_by(self, session: "ClassSession") -> "ClassSessionQuerySet":
        """What one registration for a day is for: that day, or all days of its whole series."""
        same = models.Q(series__in=Series.objects.filter(is_whole=True, sessions=session.pk))
        return self.filter(models.Q(pk=session.pk) | same)

    @staticmethod
    def _other_days() -> "ClassSessionQuerySet":
        """The days of the same whole series, for each row of a query."""
        return ClassSession.objects.filter(
            series=models.OuterRef("series"),
            series__is_whole=True,
            state=ClassSession.State.ANNOUNCED,
        )

    def held_by(self, *, venue: Venue, tutors: Iterable[Tutor]) -> "ClassSessionQuerySet":
        """Sessions that take one of the rooms of a venue or the time of one of the tutors."""
        whose = models.Q(venue=venue) | models.Q(tutors__in=list(tutors))
        standing = self.filter(whose, state=ClassSession.State.ANNOUNCED)
        return standing.distinct().prefetch_related("tutors").order_by("starts_at", "pk")


class ClassSession(models.Model):
    """One day a course is held at one venue."""

    class State(models.TextChoices):
        ANNOUNCED = "announced"
        CALLED_OFF = "called_off"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="sessions")
    room = models.CharField(max_length=80, blank=True)  # empty: the class has the whole venue
    tutors = models.ManyToManyField(Tutor, blank=True, related_name="sessions")
    # Which plan it belongs to; empty for a day planned by itself.
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # When it was to begin before it was last moved; and when it was last given another day, time
    # or place, of which everybody was told then.
    moved_from = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    capacity = models.PositiveSmallIntegerField()
    # Counted here and not from the rows, so that one conditional UPDATE can take the last seat.
    # A seat that is offered to somebody counts as taken until they answer.
    seats_taken = models.PositiveSmallIntegerField(default=0)
    handsets = models.PositiveSmallIntegerField(default=0)  # to lend to who has none
    handsets_taken = models.PositiveSmallIntegerField(default=0)
    # Who waits, with a telephone of their own and without; and the last number drawn.
    line_own = models.PositiveSmallIntegerField(default=0)
    line_loan = models.PositiveSmallIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    bus_seats = models.PositiveSmallIntegerField(default=0)  # for rides to the venue and back
    # With fewer people ten days ahead somebody should decide whether it is held.
    min_people = models.PositiveSmallIntegerField(default=MIN_PEOPLE)
    # Raised with each change, so that calendars take the newer entry for the same class.
    sequence = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    called_off_reason = models.CharField(max_length=200, blank=True)
    announced_at = models.DateTimeField(default=timezone.now)
    # Empty when no officer planned it, as in a demonstration.
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="class_session_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(seats_taken__lte=models.F("capacity")),
                name="class_session_not_oversold",
            ),
            models.CheckConstraint(
                condition=models.Q(handsets_taken__lte=models.F("handsets")),
                name="class_session_handsets_not_overlent",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gt=0), name="class_session_has_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["announced", "called_off"]),
                name="class_session_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="called_off")
                | models.Q(called_off_at=None, called_off_by=None, called_off_reason=""),
                name="class_session_called_off_only_when_so",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="class_session_start")]

    def __str__(self) -> str:
        return f"class session {self.pk}"

    @property
    def seats_left(self) -> int:
        return self.capacity - self.seats_taken

    @property
    def free(self) -> Free:
        """What is left, for the rules of the line."""
        return Free(self.capacity - self.seats_taken, self.handsets - self.handsets_taken)

    @property
    def waiting(self) -> int:
        """How many people stand in line."""
        return self.line_own + self.line_loan

    @property
    def lends(self) -> bool:
        """Whether handsets are lent: of a whole series, on every day."""
        return all(day.handsets for day in self.days)

    @property
    def is_day_of_whole(self) -> bool:
        """Whether one registration is for this and the other days of its series."""
        return self.series is not None and self.series.is_whole

    @property
    def days(self) -> list["ClassSession"]:
        """The days one registration is for, the first one first: more than one of a whole series.

        Without others that were called off.
        """
        if self.series is None or not self.series.is_whole:
            return [self]
        every = self.series.sessions.all()
        held = [day for day in every if day.state == self.State.ANNOUNCED or day == self]
        return sorted(held, key=lambda day: day.starts_at)

    @property
    def seat_word(self) -> SeatWord:
        """The seats as a kept page may show them: of a whole series, on its fullest day."""
        fullest = min(self.days, key=lambda day: day.seats_left)
        return seat_word(fullest.capacity, fullest.seats_taken)

    @property
    def booking(self) -> Booking:
        """What it takes of the town: a room and tutors, for a time."""
        return Booking(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            venue=self.venue_id,
            room=self.room,
            tutors=frozenset(tutor.pk for tutor in self.tutors.all()),
        )

    def has_too_few(self, *, now: datetime) -> bool:
        """Whether somebody should decide now if it is held: the rule of `with_too_few`."""
        return (
            self.state == self.State.ANNOUNCED
            and now < self.starts_at <= now + DECIDE_BEFORE
            and self.seats_taken < self.min_people
        )

    def closed_because(self, *, now: datetime) -> ClosedBecause | None:
        """Why nobody can register any more; None while there is a seat and the class is ahead."""
        if self.state == self.State.CALLED_OFF:
            return ClosedBecause.CALLED_OFF
        if self.starts_at <= now:
            return ClosedBecause.BEGUN
        return ClosedBecause.FULL if self.seats_left <= 0 else None
