"""A request is put on a day, moved to another, and its outcome is written down."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.people.actions import status
from outreach.people.models import Person
from outreach.visits.actions import notices, participants, states, team_days
from outreach.visits.actions.participants import AlreadyPlanned
from outreach.visits.actions.requests import RequestSettled
from outreach.visits.models import Team, Visit, VisitRequest
from outreach.visits.rules import transitions

__all__ = ["AlreadyPlanned", "DayConfirmed", "DayPassed", "NotVisitedYet", "OutcomeRecorded"]


class DayConfirmed(Exception):
    """The people confirmed the day, and nobody has asked them about another one."""


class DayPassed(Exception):
    """The day lies in the past."""


class NotVisitedYet(Exception):
    """An outcome was given before the day of the visit."""


class OutcomeRecorded(Exception):
    """The visit has its outcome already, or was called off."""


@transaction.atomic
def schedule(
    *,
    request: VisitRequest,
    team: Team,
    on: date,
    time_slot: str,
    by: User,
    now: datetime,
) -> Visit:
    """Put an open request at the end of a team's time slot and tell everybody concerned.

    Raises DayPassed, AlreadyPlanned or RequestSettled.
    """
    take(request=request, on=on, by=by, now=now)
    team_days.touch([(team.pk, on)])
    visit = _put_last(request=request, team=team, on=on, time_slot=time_slot)
    notices.say_planned(visit=visit, moved=False, now=now)
    return visit


def take(*, request: VisitRequest, on: date, by: User, now: datetime) -> None:
    """Make an open request a planned one; the caller puts its visit on the day.

    Raises DayPassed, AlreadyPlanned or RequestSettled.
    """
    refuse_past(on, now)
    if not states.change(
        request=request,
        was=VisitRequest.AWAITING_VISIT,
        to=VisitRequest.State.PLANNED,
        on=on,
        now=now,
        by=by,
    ):
        raise _why_not_open(request)


@transaction.atomic
def move(
    *,
    visit: Visit,
    team: Team,
    on: date,
    time_slot: str,
    by: User,
    now: datetime,
    agreed: bool = False,
) -> Visit:
    """Call off a visit that lies ahead and plan its request for another day, as one change.

    A day that was confirmed moves only when the people have `agreed` to the new one; that is
    confirmed in turn. Raises DayPassed, DayConfirmed, or OutcomeRecorded when the visit was made
    or called off in the meantime.
    """
    refuse_past(on, now)
    settle(
        visit=visit,
        outcome=Visit.Outcome.CALLED_OFF,
        note="",
        leaves=VisitRequest.State.PLANNED,
        on=on,
        by=by,
        now=now,
    )
    # Read with the request held, so that nobody confirms it in between.
    visit.refresh_from_db(fields=["confirmation"])
    if visit.confirmation == Visit.Confirmation.CONFIRMED and not agreed:
        raise DayConfirmed(
            _("The people have confirmed this day. Ask them first, and tick that they agreed.")
        )
    notices.take_back_plan(visit=visit, now=now)
    team_days.touch([(visit.team_id, visit.visit_on), (team.pk, on)])
    later = _put_last(request=visit.request, team=team, on=on, time_slot=time_slot)
    if agreed:
        later.confirmation = Visit.Confirmation.CONFIRMED
        later.confirmed_at, later.confirmed_by = now, by
        later.save(update_fields=["confirmation", "confirmed_at", "confirmed_by"])
    notices.say_planned(visit=later, moved=True, now=now)
    return later


@transaction.atomic
def record_outcome(*, visit: Visit, outcome: str, note: str, by: User, now: datetime) -> Visit:
    """Write down how a visit ended; `transitions.after_visit` says where that leaves the request.

    Who has died or moved away leaves the city's care with it, and all that is open for them ends.
    Raises NotVisitedYet before the day, OutcomeRecorded when there is an outcome already.
    """
    if visit.visit_on > timezone.localdate(now):
        raise NotVisitedYet(
            _("The day of this visit has not come yet. Write its outcome down after the visit.")
        )
    if outcome in Visit.LEFT:
        status.hold(visit.request.person)
    settle(
        visit=visit,
        outcome=outcome,
        note=note,
        leaves=left_by(visit=visit, outcome=outcome),
        on=visit.visit_on,
        by=by,
        now=now,
    )
    note_who_left(visit=visit, by=by, now=now)
    return visit


def note_who_left(*, visit: Visit, by: User, now: datetime) -> None:
    """Let the person leave the record as the outcome says; nothing where that is noted already.

    Whoever calls holds the person since before the request.
    """
    person = visit.request.person
    person.refresh_from_db(fields=["status"])
    if visit.outcome in Visit.LEFT and person.status == Person.Status.HERE:
        left = Visit.LEFT[visit.outcome]
        status.leave(person=person, status=left, on=visit.visit_on, by=by, now=now)


def left_by(*, visit: Visit, outcome: str) -> transitions.State:
    """Where an outcome of this visit leaves its request."""
    request = visit.request
    return transitions.after_visit(
        outcome, topic=request.topic, card_is_here=request.arrived_on is not None
    )


def refuse_past(on: date, now: datetime) -> None:
    """Raises DayPassed for a day that lies behind us."""
    if on < timezone.localdate(now):
        raise DayPassed(_("This day has passed. Choose today or a later day."))


def _why_not_open(request: VisitRequest) -> AlreadyPlanned | RequestSettled:
    if request.state == VisitRequest.State.PLANNED:
        return AlreadyPlanned(
            _(
                "Somebody put this request on a day in the meantime. "
                "Open it again to see which day it is."
            )
        )
    return RequestSettled(_("Nobody need go for this request, so it cannot be put on a day."))


def _put_last(*, request: VisitRequest, team: Team, on: date, time_slot: str) -> Visit:
    """Equal positions, which two officers at once can bring about, are told apart by the key."""
    taken = Visit.objects.filter(team=team, visit_on=on, time_slot=time_slot)
    last = taken.aggregate(last=Max("position"))["last"]
    visit = Visit.objects.create(
        request=request,
        team=team,
        visit_on=on,
        time_slot=time_slot,
        position=(last or 0) + 1,
    )
    participants.name(visit=visit, people=[request.person])
    return visit


def settle(
    *,
    visit: Visit,
    outcome: str,
    note: str,
    leaves: str,
    on: date,
    by: User | None,
    now: datetime,
    why: str = "",
) -> None:
    """Give a visit its outcome once, and its request the state it leaves. Raises OutcomeRecorded.

    The request's row is changed first, as everywhere in the house: transactions that take rows
    in one order cannot wait for each other in a circle.
    """
    settled = {"outcome": outcome, "outcome_note": note, "outcome_at": now, "outcome_by": by}
    changed = states.change(
        request=visit.request,
        was={VisitRequest.State.PLANNED},
        to=leaves,
        on=on,
        now=now,
        by=by,
        why=why,
    )
    if not changed or not Visit.objects.ahead().filter(pk=visit.pk).update(**settled):
        raise OutcomeRecorded(
            _("The outcome of this visit was written down already, or it was called off.")
        )
    participants.close(visits=[visit])
    for name, value in settled.items():
        setattr(visit, name, value)
