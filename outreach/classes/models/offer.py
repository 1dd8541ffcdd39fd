from datetime import datetime

from django.conf import settings
from django.db import models

from outreach.classes.models.registration import Registration


class OfferQuerySet(models.QuerySet["Offer"]):
    def run_out(self, *, now: datetime) -> "OfferQuerySet":
        """Offers nobody answered in time, the longest past first."""
        return self.filter(answer="", ends_at__lte=now).order_by("ends_at", "pk")

    def open_at(self, now: datetime) -> "OfferQuerySet":
        """Offers that wait for an answer and can still get one."""
        return self.filter(answer="", ends_at__gt=now)

    def made_to(self, registration: Registration) -> "OfferQuerySet":
        """Offers of the place a registration is for; of a series on whichever day they stand."""
        rows = models.Q(registration=registration)
        if registration.whole_id is not None:
            rows = models.Q(registration__whole=registration.whole_id)
        return self.filter(rows)

    def unanswered(self, registration: Registration) -> "Offer | None":
        """The one somebody has still to answer."""
        return self.made_to(registration).filter(answer="").first()


class Offer(models.Model):
    """A place that became free, kept for one person in line until `ends_at`."""

    # How the outbox names the occasion of an offer: this and its key.
    OCCASION = "class-offer"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        RAN_OUT = "ran_out"
        WITHDRAWN = "withdrawn"  # the class was called off, or the person cancelled otherwise

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="offers")
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Who gave the place out of turn, and why; empty for an offer in the order of the line.
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(answer=""),
                name="offer_one_open_per_registration",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | models.Q(
                    answer__in=["accepted", "declined", "ran_out", "withdrawn"],
                    answered_at__isnull=False,
                ),
                name="offer_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(given_by=None) | ~models.Q(reason=""),
                name="offer_out_of_turn_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=models.Q(answer=""), name="offer_open")
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
