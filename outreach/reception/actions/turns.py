"""Call people to a booth, and note what came of it: appointments and tickets alike."""

from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.reception.actions import booths
from outreach.reception.models import Appointment, OpeningDay, Ticket
from outreach.reception.openings import taken_on
from outreach.reception.rules.turns import State, Step, Waiting, next_state, next_ticket

Turn = TypeVar("Turn", Appointment, Ticket)


class TurnRefused(Exception):
    """The step does not fit how things stand; the text says what to do first."""


@transaction.atomic
def call(*, turn: Turn, booth: int, by: User, now: datetime) -> Turn:
    """Call somebody to a booth. Raises TurnRefused, also while the booth has somebody."""
    day = _hold(turn.day_id, now=now)
    turn = _read(turn)
    _refuse_busy_booth(day, booth)
    _step(turn, Step.CALL)
    if isinstance(turn, Appointment):
        turn.served_by = by
        if turn.booth != booth:
            _to_booth(turn, day, booth, now=now)
    else:
        turn.called_by, turn.booth = by, booth
    turn.called_at = now
    turn.save()
    return turn


@transaction.atomic
def call_next(*, day: OpeningDay, booth: int, by: User, now: datetime) -> Ticket:
    """Call the ticket whose turn it is to a booth that is free. Raises TurnRefused for none."""
    held = _hold(day.pk, now=now)
    waiting = list(Ticket.objects.waiting().filter(day=held).select_related("day__point"))
    following = (
        Appointment.objects.filter(day=held, booth=booth, state=State.OPEN, ends_at__gt=now)
        .order_by("starts_at")
        .first()
    )
    line = [Waiting(ticket.number, ticket.length) for ticket in waiting]
    chosen = next_ticket(line, now=now, busy_from=following.starts_at if following else None)
    if chosen is None:
        raise TurnRefused(
            _("Nobody waits.")
            if not waiting
            else _("Nobody in the line can be served before the next appointment of this booth.")
        )
    ticket = next(ticket for ticket in waiting if ticket.number == chosen.number)
    return call(turn=ticket, booth=booth, by=by, now=now)


@transaction.atomic
def finish(*, turn: Turn, now: datetime) -> Turn:
    """Note that somebody has been served. Raises TurnRefused."""
    return _end(turn, Step.FINISH, now=now)


@transaction.atomic
def miss(*, turn: Turn, now: datetime) -> Turn:
    """Note that somebody did not come when it was their turn. Raises TurnRefused."""
    return _end(turn, Step.MISS, now=now)


@transaction.atomic
def undo(*, turn: Turn, now: datetime) -> Turn:
    """Take the last step back. Raises TurnRefused."""
    day = _hold(turn.day_id, now=now)
    turn = _read(turn)
    if next_state(turn.state, Step.UNDO) == State.CALLED and turn.booth is not None:
        _refuse_busy_booth(day, turn.booth)
    _step(turn, Step.UNDO)
    turn.ended_at = None
    if turn.state == State.OPEN:
        turn.called_at = None
        if isinstance(turn, Ticket):
            turn.booth, turn.called_by = None, None
        else:
            turn.served_by = None
    turn.save()
    return turn


@transaction.atomic
def take(*, appointment: Appointment, booth: int, by: User, now: datetime) -> Appointment:
    """Take somebody over from another booth, for the same time. Raises TurnRefused."""
    day = _hold(appointment.day_id, now=now)
    appointment = _read_appointment(appointment.pk)
    if appointment.state != State.OPEN:
        raise TurnRefused(_("Only somebody who has not been called can go to another booth."))
    _to_booth(appointment, day, booth, now=now)
    appointment.served_by = by
    appointment.save(update_fields=["booth", "served_by"])
    return appointment


def _end(turn: Turn, step: Step, *, now: datetime) -> Turn:
    _hold(turn.day_id, now=now)
    turn = _read(turn)
    _step(turn, step)
    turn.ended_at = now
    turn.save()
    return turn


def _hold(day: int, *, now: datetime) -> OpeningDay:
    held = booths.hold([day])[day]
    if held.on != timezone.localdate(now, timezone.get_default_timezone()):
        raise TurnRefused(_("People are called on the day itself."))
    return held


def _read(turn: Turn) -> Turn:
    """The row as it stands, held: another officer may have been faster."""
    if isinstance(turn, Appointment):
        return _read_appointment(turn.pk)
    return Ticket.objects.select_for_update().get(pk=turn.pk)


def _read_appointment(key: int) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("day__point")
    return rows.get(pk=key)


def _step(turn: Turn, step: Step) -> None:
    following = next_state(turn.state, step)
    if following is None:
        raise TurnRefused(
            _("A colleague has been faster, or this was changed. Look at the list again.")
        )
    turn.state = following.value


def _refuse_busy_booth(day: OpeningDay, booth: int) -> None:
    if booth not in day.booth_numbers:
        raise TurnRefused(_("There is no such booth on this day."))
    at_booth = {"day": day, "booth": booth, "state": State.CALLED}
    if (
        Appointment.objects.filter(**at_booth).exists()
        or Ticket.objects.filter(**at_booth).exists()
    ):
        raise TurnRefused(_("Somebody is at this booth. Finish with them first."))


def _to_booth(appointment: Appointment, day: OpeningDay, booth: int, *, now: datetime) -> None:
    """Move an appointment to another booth for its own time. Raises TurnRefused."""
    if booth not in day.booth_numbers:
        raise TurnRefused(_("There is no such booth on this day."))
    ends_at = appointment.ends_at + day.point.buffer
    for one in taken_on([day], besides=appointment)[day.pk]:
        if one.booth == booth and one.starts_at < ends_at and appointment.starts_at < one.ends_at:
            raise TurnRefused(_("This booth has another appointment at that time."))
    booths.give_back(appointment)
    appointment.booth = booth
    booths.take(appointment)
