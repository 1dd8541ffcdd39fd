"""Draw a number for somebody who comes without an appointment."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.reception.actions import booths
from outreach.reception.models import OpeningDay, Ticket


class NoTickets(Exception):
    """Nobody is received now, or not for this service."""


@transaction.atomic
def draw(*, day: OpeningDay, service: str, now: datetime) -> Ticket:
    """The next number of the day. Raises NoTickets."""
    held = booths.hold([day.pk])[day.pk]
    today = timezone.localdate(now, timezone.get_default_timezone())
    if held.state != OpeningDay.State.OPEN or held.on != today or held.closes_at <= now:
        raise NoTickets(_("Numbers are drawn on the day itself, until the counter closes."))
    if service not in held.point.services:
        raise NoTickets(_("This is not done here."))
    held.last_number += 1
    held.save(update_fields=["last_number"])
    return Ticket.objects.create(day=held, number=held.last_number, service=service, drawn_at=now)
