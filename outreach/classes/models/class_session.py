from datetime import datetime

from django.db import models

from outreach.classes.models.course import Course
from outreach.places.models import Venue


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def upcoming(self, *, now: datetime) -> "ClassSessionQuerySet":
        """Sessions that have not begun and are not called off, soonest first."""
        return (
            self.filter(starts_at__gt=now, state=ClassSession.State.ANNOUNCED)
            .select_related("course", "venue__district")
            .order_by("starts_at", "pk")
        )


class ClassSession(models.Model):
    """One day a course is held at one venue."""

    class State(models.TextChoices):
        ANNOUNCED = "announced"
        CALLED_OFF = "called_off"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    # Counted here and not from the rows, so that one conditional UPDATE can take the last seat.
    seats_taken = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)

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
                condition=models.Q(capacity__gt=0), name="class_session_has_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["announced", "called_off"]),
                name="class_session_state_known",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="class_session_start")]

    def __str__(self) -> str:
        return f"class session {self.pk}"

    @property
    def seats_left(self) -> int:
        return self.capacity - self.seats_taken
