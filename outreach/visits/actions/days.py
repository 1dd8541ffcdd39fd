"""A planned day is saved as a whole or not at all; single visits are pinned and let go."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from outreach.visits.actions import notices, participants, team_days, visits
from outreach.visits.day_problem import Day
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.planning import Plan
from outreach.visits.planning.checker import faults
from outreach.visits.proposal import Proposal, placed, read_again
from outreach.visits.rules.time_slots import HOURS
from outreach.visits.told_hours import still_holds

DayChanged = team_days.DayChanged


def save(*, proposal: Proposal, by: User, now: datetime) -> Plan:
    """Put the proposal on the day: visits for requests that waited, times for all of them.

    Whoever gets a visit is told day and hours; whoever had one stays in its time slot, and is told
    again only when it no longer begins between the hours they know. Raises DayChanged when anybody
    changed one of the days since the proposal was made or when it does not keep the rules any
    more; AlreadyPlanned or RequestSettled when a request that waited waits no more; DayPassed,
    CannotPlan and RoutingUnavailable.
    """
    visits.refuse_past(proposal.on, now)
    day = _as_it_is_now(proposal)
    with transaction.atomic():
        held = {
            request.pk: request
            for request in VisitRequest.objects.select_for_update(of=("self",))
            .filter(pk__in=placed(proposal.plan))
            .order_by("pk")
        }
        team_days.compare_and_swap(
            on=proposal.on, seen=proposal.versions, travel_source=proposal.travel_source
        )
        _write(proposal, day, held, by=by, now=now)
    return proposal.plan


def _as_it_is_now(proposal: Proposal) -> Day:
    """The day read again and the plan judged by it, before any row is held."""
    day = read_again(proposal)
    known = {stop.id for stop in day.problem.stops}
    # Requests that came in since are nobody's fault; they wait for the next plan.
    broken = [
        fault
        for fault in faults(day.problem, proposal.plan)
        if fault.team is not None or fault.stop in placed(proposal.plan)
    ]
    if day.versions != proposal.versions or broken or not set(placed(proposal.plan)) <= known:
        raise DayChanged(
            _("Somebody changed this day in the meantime. Look at it and plan it again.")
        )
    return day


def _write(
    proposal: Proposal,
    day: Day,
    held: dict[int, VisitRequest],
    *,
    by: User,
    now: datetime,
) -> None:
    # Times are cleared first: on the way from one order to another two visits may cross.
    planned = [stop.id for stop in day.problem.stops if stop.id in day.visits]
    Visit.objects.ahead().filter(request__in=planned).update(starts_at=None, ends_at=None)
    for route in proposal.plan.routes:
        for position, stop in enumerate(route.stops, start=1):
            where = {
                "team_id": route.team,
                "time_slot": _slot(stop.arrive),
                "position": position,
                "starts_at": day.at(stop.arrive),
                "ends_at": day.at(stop.leave),
            }
            if visit := day.visits.get(stop.stop):
                pinned = visit.pinned or stop.stop in proposal.kept
                _put_again(visit, {**where, "pinned": pinned}, now=now)
            else:
                _put(held[stop.stop], proposal, where, by=by, now=now)


def _put_again(visit: Visit, where: dict[str, object], *, now: datetime) -> None:
    """A visit of that day gets another time; its people hear of it when it is not as told."""
    for name, value in where.items():
        setattr(visit, name, value)
    visit.save(update_fields=sorted(where))
    if not still_holds(visit):
        notices.say_planned(visit=visit, moved=True, now=now)


def _put(
    request: VisitRequest, proposal: Proposal, where: dict[str, object], *, by: User, now: datetime
) -> None:
    visits.take(request=request, on=proposal.on, by=by, now=now)
    visit = Visit.objects.create(
        request=request, visit_on=proposal.on, pinned=request.pk in proposal.kept, **where
    )
    participants.name(visit=visit, people=[request.person])
    notices.say_planned(visit=visit, moved=False, now=now)


def _slot(arrive: int) -> str:
    """The time slot a moment of the day belongs to: the last that has begun by then."""
    begun = [
        slot
        for slot, hours in HOURS.items()
        if _seconds(hours.starts.hour, hours.starts.minute) <= arrive
    ]
    return max(begun, key=lambda slot: HOURS[slot].starts)


def _seconds(hour: int, minute: int) -> int:
    return hour * 3600 + minute * 60


@transaction.atomic
def pin(*, visit: Visit, pinned: bool) -> None:
    """Keep a visit where it is when the day is planned again, or let it go.

    Raises OutcomeRecorded for a visit that does not lie ahead any more.
    """
    VisitRequest.objects.select_for_update().get(pk=visit.request_id)
    team_days.touch([(visit.team_id, visit.visit_on)])
    if not Visit.objects.ahead().filter(pk=visit.pk).update(pinned=pinned):
        raise visits.OutcomeRecorded(
            _("The outcome of this visit was written down already, or it was called off.")
        )
