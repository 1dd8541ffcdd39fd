from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from mynumber.ladder import ladder
from mynumber.rules.reminder_ladder import STALE_AFTER_DAYS, Step, due_step, steps
from mynumber.rules.validity import renewal_opens_on
from notifications.models import Contact


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def standing(self) -> "ReminderQuerySet":
        """Reminders nobody has cancelled, with the contact, in the order they fall due."""
        return self.filter(cancelled_at=None).select_related("contact").order_by("expires_on", "pk")

    def within_reach(self, *, today: date) -> "ReminderQuerySet":
        """Standing reminders that may have a step of the ladder due today."""
        days = ladder()
        if not days:
            return self.none()
        return self.standing().filter(
            expires_on__gte=today - timedelta(days=max(days) + STALE_AFTER_DAYS),
            expires_on__lte=today - timedelta(days=min(days)),
        )


class Reminder(models.Model):
    """Somebody asked to be told before a card or its certificates expire.

    The date is the one printed on the card; a computed date is an estimate and never stands here.
    """

    class Kind(models.TextChoices):
        CARD = "card"
        CERTIFICATE = "certificate"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    expires_on = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=models.Q(cancelled_at=None),
                name="reminder_once_while_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["card", "certificate"]), name="reminder_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.pk} ({self.kind})"

    @property
    def reference_stem(self) -> str:
        """What the references of all messages about this reminder begin with."""
        return f"renewal:{self.pk}:"

    @property
    def asked_on(self) -> date:
        """The day somebody asked, by the town's clock."""
        return timezone.localdate(self.asked_at, timezone.get_default_timezone())

    @property
    def opens_on(self) -> date:
        """The first day of the renewal period."""
        return renewal_opens_on(self.expires_on)

    @property
    def steps_ahead(self) -> tuple[Step, ...]:
        """The steps on which this person is written to, counted from the day they asked."""
        return tuple(
            step for step in steps(self.expires_on, ladder()) if step.due_on >= self.asked_on
        )

    def due_step(self, *, today: date) -> Step | None:
        """The step to write about today, or None."""
        return due_step(self.expires_on, today=today, since=self.asked_on, ladder=ladder())
