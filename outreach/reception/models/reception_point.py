from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.places.models import Venue
from outreach.reception.models.service import Payment, Service

# Multiples of the steps appointments stand on (rules.slots.STEP).
LENGTHS = tuple(range(5, 125, 5))
BUFFERS = tuple(range(0, 65, 5))


class ReceptionPointQuerySet(models.QuerySet["ReceptionPoint"]):
    def open_to_residents(self) -> "ReceptionPointQuerySet":
        """The points residents can come to, counters before mobile desks."""
        return (
            self.filter(is_open=True)
            .select_related("venue__district")
            .order_by("kind", "name_ja", "pk")
        )

    def to_choose_from(self) -> "ReceptionPointQuerySet":
        """The same for a staff form, closed ones too."""
        return self.order_by("kind", "name_ja", "pk")


def minutes_field() -> Any:
    """How long one service takes at a point; empty where it is not done."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


class ReceptionPoint(models.Model):
    """A counter or a mobile desk that takes applications and renewals (取組7: 申請・更新窓口)."""

    class Kind(models.TextChoices):
        COUNTER = "counter", _("Counter")
        MOBILE_DESK = "mobile_desk", _("Mobile desk")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    hours = models.TextField(blank=True)
    fees = models.TextField(blank=True)
    payments = models.JSONField(default=list, blank=True)  # of Payment
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="reception_points")
    booths = models.PositiveSmallIntegerField(
        default=1
    )  # 窓口 side by side, unless a day says more
    apply_minutes = minutes_field()
    renew_card_minutes = minutes_field()
    renew_certificate_minutes = minutes_field()
    collect_minutes = minutes_field()
    pin_minutes = minutes_field()
    buffer_minutes = models.PositiveSmallIntegerField(default=5)  # behind every appointment
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="reception_points"
    )
    is_open = models.BooleanField(default=True)

    objects = ReceptionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("reception point")
        verbose_name_plural = _("reception points")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["counter", "mobile_desk"]),
                name="reception_point_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(booths__gte=1), name="reception_point_has_booth"
            ),
            models.CheckConstraint(
                condition=models.Q(buffer_minutes__in=BUFFERS),
                name="reception_point_buffer_on_grid",
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{service}_minutes", None))
                    | models.Q((f"{service}_minutes__in", LENGTHS)),
                    name=f"reception_point_{service}_on_grid",
                )
                for service in ("apply", "renew_card", "renew_certificate", "collect", "pin")
            ),
        ]
        permissions = [
            ("receive", "Can receive people at counters and plan their opening days"),
            ("see_where_next", "Can see where a mobile desk would reach the most people"),
        ]

    def __str__(self) -> str:
        return self.name_ja or self.name

    @property
    def services(self) -> list[Service]:
        """What can be done here."""
        return [service for service in Service if self._minutes(service)]

    def length_of(self, service: str) -> timedelta:
        """How long a service takes here. Raises ValueError for one that is not done here."""
        minutes = self._minutes(service)
        if not minutes:
            raise ValueError(f"{service!r} is not done at reception point {self.pk}.")
        return timedelta(minutes=minutes)

    @property
    def shortest(self) -> timedelta | None:
        """The length of the shortest service; None where nothing can be booked."""
        lengths = [self.length_of(service) for service in self.services]
        return min(lengths, default=None)

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)

    @property
    def payment_words(self) -> list[str]:
        """The ways to pay, in the reader's language."""
        words = dict(Payment.choices)
        return [str(words[way]) for way in self.payments if way in words]

    def _minutes(self, service: str) -> int | None:
        minutes: int | None = getattr(self, f"{Service(service).value}_minutes")
        return minutes
