"""Everybody who is expected or waits at a counter on one day, as its officers work through them."""

from dataclasses import dataclass
from datetime import datetime

from outreach.reception.models import Appointment, OpeningDay, Ticket
from outreach.reception.rules.turns import State, Step, steps_from


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment, what can be done with it now, and whether its time has passed."""

    appointment: Appointment
    steps: tuple[Step, ...]
    is_late: bool
    may_take: bool


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One number, what can be done with it now, and how many come before it."""

    ticket: Ticket
    steps: tuple[Step, ...]
    ahead: int


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of one day for whoever sits at one booth, or for all of them."""

    day: OpeningDay
    booth: int | None
    lines: list[Line]
    tickets: list[TicketLine]

    @property
    def waiting(self) -> int:
        """How many numbers have not been called."""
        return sum(one.ticket.state == State.OPEN for one in self.tickets)

    @property
    def at_booths(self) -> list[tuple[int, Appointment | Ticket]]:
        """Who is at which booth at this moment."""
        at: list[tuple[int, Appointment | Ticket]] = []
        at += [(line.appointment.booth, line.appointment) for line in self.lines]
        at += [(line.ticket.booth or 0, line.ticket) for line in self.tickets]
        called = [(booth, one) for booth, one in at if one.state == State.CALLED]
        return sorted(called, key=lambda pair: pair[0])


def day_list(day: OpeningDay, *, booth: int | None, now: datetime) -> DayList:
    """All appointments and numbers of a day; three queries for any number of them."""
    lines = [
        Line(
            appointment,
            steps_from(appointment.state),
            is_late=appointment.state == State.OPEN and appointment.starts_at <= now,
            may_take=bool(booth) and appointment.booth != booth and appointment.state == State.OPEN,
        )
        for appointment in Appointment.objects.day_list(day)
    ]
    tickets, ahead = [], 0
    for ticket in Ticket.objects.day_list(day):
        tickets.append(TicketLine(ticket, steps_from(ticket.state), ahead))
        ahead += ticket.state == State.OPEN
    return DayList(day, booth, lines, tickets)


def ahead_of(ticket: Ticket) -> int:
    """How many people with a lower number wait still."""
    return Ticket.objects.waiting().filter(day=ticket.day_id, number__lt=ticket.number).count()
