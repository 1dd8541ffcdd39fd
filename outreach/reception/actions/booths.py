"""Take a booth for a time, and give it back."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from outreach.reception.models import Appointment, BoothStep, OpeningDay
from outreach.reception.openings import slots_of
from outreach.reception.rules.slots import Slot, Span, steps_of


class TimeTaken(Exception):
    """Somebody else has the time, or it cannot be booked at all."""


def hold(days: Iterable[int]) -> dict[int, OpeningDay]:
    """The days by key, held until the end of the transaction; always in the same order."""
    rows = OpeningDay.objects.select_for_update(of=("self",)).filter(pk__in=set(days))
    return {day.pk: day for day in rows.select_related("point", "venue").order_by("pk")}


def find(
    day: OpeningDay,
    service: str,
    starts_at: datetime,
    *,
    now: datetime,
    besides: Appointment | None = None,
) -> Slot:
    """The booth that is free at a time of a day that is held. Raises TimeTaken."""
    for slot in slots_of(day, service, now=now, besides=besides):
        if slot.starts_at == starts_at:
            return slot
    raise TimeTaken(_("This time has just been taken. Please choose another one."))


def take(appointment: Appointment) -> None:
    """Write down the steps an appointment takes at its booth, with the buffer behind it.

    Raises IntegrityError for a booth that is taken.
    """
    day = appointment.day
    kept = Span(appointment.starts_at, appointment.ends_at + day.point.buffer)
    BoothStep.objects.bulk_create(
        BoothStep(day=day, booth=appointment.booth, step=step, appointment=appointment)
        for step in steps_of(kept, day_begins=day.midnight)
    )


def give_back(appointment: Appointment) -> None:
    """Let somebody else have the time."""
    BoothStep.objects.filter(appointment=appointment).delete()
