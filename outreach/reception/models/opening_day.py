from datetime import date, datetime, time

from django.conf import settings
from django.db import models
from django.utils import timezone

from outreach.places.models import Venue
from outreach.reception.models.reception_point import ReceptionPoint
from outreach.reception.rules.slots import Span


class OpeningDayQuerySet(models.QuerySet["OpeningDay"]):
    def to_show(self) -> "OpeningDayQuerySet":
        """Days with everything a page says about them."""
        return self.select_related("point", "venue__district")

    def standing(self) -> "OpeningDayQuerySet":
        """Days on which the point opens."""
        return self.filter(state=OpeningDay.State.OPEN)

    def ahead(self, *, today: date) -> "OpeningDayQuerySet":
        """Days residents can still book at points that are open to them, soonest first."""
        return (
            self.standing()
            .filter(on__gte=today, point__is_open=True)
            .to_show()
            .order_by("on", "opens", "pk")
        )

    def staff_list(self, *, since: date) -> "OpeningDayQuerySet":
        """Days from one on, called off or not, with how many people have an appointment."""
        return (
            self.filter(on__gte=since)
            .to_show()
            .annotate(
                people=models.Count(
                    "appointments", filter=~models.Q(appointments__state="cancelled")
                )
            )
            .order_by("on", "opens", "pk")
        )


class OpeningDay(models.Model):
    """One day on which a counter or a mobile desk receives people, with its hours and booths."""

    class State(models.TextChoices):
        OPEN = "open"
        CALLED_OFF = "called_off"

    point = models.ForeignKey(ReceptionPoint, on_delete=models.PROTECT, related_name="days")
    # A mobile desk goes to another venue every time; a counter is where it is.
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="opening_days")
    on = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    break_from = models.TimeField(null=True, blank=True)
    break_to = models.TimeField(null=True, blank=True)
    booths = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)  # the last ticket that was drawn
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OpeningDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "on"], name="opening_day_once"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="opening_day_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(break_from=None, break_to=None)
                | models.Q(
                    # An unknown comparison would pass.
                    break_from__isnull=False,
                    break_to__isnull=False,
                    break_from__gt=models.F("opens"),
                    break_to__gt=models.F("break_from"),
                    closes__gt=models.F("break_to"),
                ),
                name="opening_day_break_within_hours",
            ),
            models.CheckConstraint(condition=models.Q(booths__gte=1), name="opening_day_has_booth"),
            models.CheckConstraint(
                condition=models.Q(state="open", called_off_at=None)
                | models.Q(state="called_off", called_off_at__isnull=False),
                name="opening_day_called_off_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["on"], name="opening_day_on")]

    def __str__(self) -> str:
        return f"opening day {self.pk} on {self.on}"

    @property
    def midnight(self) -> datetime:
        """When the day begins in town: steps of the grid are counted from here."""
        return self.moment(time.min)

    @property
    def opens_at(self) -> datetime:
        return self.moment(self.opens)

    @property
    def closes_at(self) -> datetime:
        return self.moment(self.closes)

    @property
    def spans(self) -> list[Span]:
        """When people are received: once, or before and after the break."""
        if self.break_from is None or self.break_to is None:
            return [Span(self.opens_at, self.closes_at)]
        return [
            Span(self.opens_at, self.moment(self.break_from)),
            Span(self.moment(self.break_to), self.closes_at),
        ]

    @property
    def booth_numbers(self) -> range:
        return range(1, self.booths + 1)

    def moment(self, at: time) -> datetime:
        """A time of this day as the town's clock shows it."""
        return datetime.combine(self.on, at, tzinfo=timezone.get_default_timezone())
