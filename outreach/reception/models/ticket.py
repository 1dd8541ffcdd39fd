from datetime import timedelta

from django.conf import settings
from django.db import models

from outreach.reception.models.opening_day import OpeningDay
from outreach.reception.models.service import Service
from outreach.reception.rules import turns


class TicketQuerySet(models.QuerySet["Ticket"]):
    def waiting(self) -> "TicketQuerySet":
        """Who has not been called, in the order of their numbers."""
        return self.filter(state=Ticket.State.OPEN).order_by("number")

    def day_list(self, day: OpeningDay) -> "TicketQuerySet":
        """Every number drawn on a day."""
        return self.filter(day=day).select_related("called_by").order_by("number")


class Ticket(models.Model):
    """A number somebody draws who comes without an appointment. It belongs to nobody by name."""

    class State(models.TextChoices):
        OPEN = turns.State.OPEN.value
        CALLED = turns.State.CALLED.value
        DONE = turns.State.DONE.value
        ABSENT = turns.State.ABSENT.value

    day = models.ForeignKey(OpeningDay, on_delete=models.PROTECT, related_name="tickets")
    number = models.PositiveIntegerField()
    service = models.CharField(max_length=20, choices=Service.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    drawn_at = models.DateTimeField()
    booth = models.PositiveSmallIntegerField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(
                fields=["day", "booth"],
                condition=models.Q(state="called"),
                name="ticket_one_served_at_a_booth",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "called", "done", "absent"]),
                name="ticket_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "absent"])
                | models.Q(booth__isnull=False, called_at__isnull=False),
                name="ticket_called_to_a_booth",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    service__in=["apply", "renew_card", "renew_certificate", "collect", "pin"]
                ),
                name="ticket_service_known",
            ),
        ]

    def __str__(self) -> str:
        return f"ticket {self.number}"

    @property
    def length(self) -> timedelta:
        return self.day.point.length_of(self.service)
