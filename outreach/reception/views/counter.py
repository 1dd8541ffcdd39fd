"""At the counter: the list of the day, who is called, numbers drawn, and the waiting room."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.reception.actions import appointments, tickets, turns
from outreach.reception.actions.appointments import AppointmentEnded
from outreach.reception.actions.tickets import NoTickets
from outreach.reception.actions.turns import TurnRefused
from outreach.reception.day_list import ahead_of, day_list
from outreach.reception.forms.turns import DrawForm
from outreach.reception.models import Appointment, OpeningDay, Ticket

SCREEN = "counter"
may_receive = permission_required("reception.receive", raise_exception=True)
KINDS: dict[str, Any] = {"appointment": Appointment, "ticket": Ticket}
# How often the waiting room looks again, in seconds.
REFRESH = 10


@may_receive
@never_cache
@require_safe
def day(request: StaffRequest, day_pk: int) -> HttpResponse:
    """Who comes when and to which booth; the same on paper with `?print=1`."""
    found, now = _day(day_pk), timezone.now()
    listed = day_list(found, booth=_booth(request.GET.get("booth"), found), now=now)
    people = [line.appointment.person for line in listed.lines]
    printed = "print" in request.GET
    action = AccessRecord.Action.EXPORT if printed else AccessRecord.Action.VIEW
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)
    template = "day_print" if printed else "day"
    context = {
        "day": found,
        "listed": listed,
        "form": DrawForm(point=found.point),
        "is_today": found.on == timezone.localdate(now),
        "now": now,
    }
    return render(request, f"reception/staff/{template}.html", context)


@may_receive
@require_POST
def call_next(request: StaffRequest, day_pk: int) -> HttpResponse:
    """The next number to this booth."""
    found = _day(day_pk)
    booth = _booth(request.POST.get("booth"), found)
    try:
        if booth is None:
            raise TurnRefused(_("Choose your booth first."))
        turns.call_next(day=found, booth=booth, by=request.user, now=timezone.now())
    except TurnRefused as refusal:
        messages.warning(request, str(refusal))
    return _back(found, booth)


@may_receive
@require_POST
def step(request: StaffRequest, day_pk: int, kind: str, pk: int, name: str) -> HttpResponse:
    """Call, finish, note that somebody did not come, take over, cancel, or undo."""
    if kind not in KINDS or name not in STEPS:
        raise Http404
    found, now = _day(day_pk), timezone.now()
    turn = get_object_or_404(KINDS[kind].objects.filter(day=found), pk=pk)
    booth = _booth(request.POST.get("booth"), found)
    try:
        STEPS[name](turn=turn, booth=booth, by=request.user, now=now)
    except (TurnRefused, AppointmentEnded) as refusal:
        messages.warning(request, str(refusal))
    if isinstance(turn, Appointment):
        record_access(
            by=request.user,
            people=[turn.person],
            action=AccessRecord.Action.CHANGE,
            screen=SCREEN,
            now=now,
        )
    return _back(found, booth)


@may_receive
@require_POST
def draw(request: StaffRequest, day_pk: int) -> HttpResponse:
    """A number for somebody who comes without an appointment."""
    found = _day(day_pk)
    form = DrawForm(request.POST, point=found.point)
    if not form.is_valid():
        messages.warning(request, " ".join(str(e) for e in form.errors["service"]))
        return _back(found, None)
    try:
        ticket = tickets.draw(day=found, service=form.cleaned_data["service"], now=timezone.now())
    except NoTickets as refusal:
        messages.warning(request, str(refusal))
        return _back(found, None)
    return redirect("reception_staff:ticket", day_pk=found.pk, ticket_pk=ticket.pk)


@may_receive
@never_cache
@require_safe
def ticket(request: StaffRequest, day_pk: int, ticket_pk: int) -> HttpResponse:
    """The number, big enough to be read from the other side of the counter and to be printed."""
    one = get_object_or_404(
        Ticket.objects.filter(day=day_pk).select_related("day__point"), pk=ticket_pk
    )
    context = {"ticket": one, "day": one.day, "ahead": ahead_of(one)}
    return render(request, "reception/staff/ticket.html", context)


@may_receive
@never_cache
@require_safe
def waiting_room(request: StaffRequest, day_pk: int) -> HttpResponse:
    """Numbers and references alone, for the screen on the wall; it names nobody."""
    found, now = _day(day_pk), timezone.now()
    listed = day_list(found, booth=None, now=now)
    context = {"day": found, "listed": listed, "refresh": REFRESH, "now": now}
    return render(request, "reception/staff/waiting_room.html", context)


def _call(*, turn: Any, booth: int | None, by: Any, now: Any) -> None:
    chosen = booth or turn.booth
    if chosen is None:
        raise TurnRefused(_("Choose your booth first."))
    turns.call(turn=turn, booth=chosen, by=by, now=now)


def _take(*, turn: Any, booth: int | None, by: Any, now: Any) -> None:
    if booth is None or not isinstance(turn, Appointment):
        raise TurnRefused(_("Choose your booth first."))
    turns.take(appointment=turn, booth=booth, by=by, now=now)


def _cancel(*, turn: Any, booth: int | None, by: Any, now: Any) -> None:
    if isinstance(turn, Appointment):
        appointments.cancel(appointment=turn, now=now, by=by)


STEPS: dict[str, Callable[..., None]] = {
    "call": _call,
    "finish": lambda *, turn, booth, by, now: turns.finish(turn=turn, now=now),
    "miss": lambda *, turn, booth, by, now: turns.miss(turn=turn, now=now),
    "undo": lambda *, turn, booth, by, now: turns.undo(turn=turn, now=now),
    "take": _take,
    "cancel": _cancel,
}


def _day(key: int) -> OpeningDay:
    return get_object_or_404(OpeningDay.objects.to_show(), pk=key)


def _booth(written: str | None, day: OpeningDay) -> int | None:
    """The booth somebody sits at; None for all of them, or for one that is not there."""
    known = (written or "").isascii() and (written or "").isdecimal() and len(written or "") < 3
    return int(written or 0) if known and int(written or 0) in day.booth_numbers else None


def _back(day: OpeningDay, booth: int | None) -> HttpResponseRedirect:
    address = reverse("reception_staff:day", args=[day.pk])
    return HttpResponseRedirect(f"{address}?booth={booth}" if booth else address)
