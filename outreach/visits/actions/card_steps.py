"""The way of a card from the application to the hand, step by step, and a step put right."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.text_guard import guard
from outreach.people.actions import status
from outreach.visits.actions import notices, states
from outreach.visits.actions.visits import left_by, note_who_left
from outreach.visits.models import RequestEvent, Visit, VisitRequest
from outreach.visits.rules import transitions
from outreach.visits.rules.transitions import Actor


class StepRefused(Exception):
    """The request no longer stands where the officer saw it, or no such step leads from there."""


class DayRefused(Exception):
    """The day of a step lies ahead, or before the step that came first."""


class NothingToUndo(Exception):
    """The last step is none an officer can undo."""


@transaction.atomic
def step(
    *,
    request: VisitRequest,
    seen: str,
    to: str,
    on: date,
    by: User,
    now: datetime,
    why: str = "",
) -> VisitRequest:
    """Take a request one step further, from the state the officer `seen`, on a day.

    The person and whoever asked hear how the card that has arrived comes to them.
    Raises StepRefused, DayRefused, and ValidationError when `why` holds a number that may not be
    kept.
    """
    known = transitions.find(seen, to)
    if known is None or known.actor is not Actor.DESK:
        raise StepRefused(_("This step does not lead on from here."))
    locked = VisitRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    _check_day(locked, on, timezone.localdate(now))
    if not states.change(request=request, was={seen}, to=to, on=on, by=by, now=now, why=why):
        raise StepRefused(_moved_on())
    notices.say_card_is_here(request=request, now=now)
    return request


@transaction.atomic
def undo(*, request: VisitRequest, seen: str, why: str, by: User, now: datetime) -> VisitRequest:
    """Put the last step of an officer right: the request stands where it stood before.

    The history keeps both. Raises NothingToUndo, StepRefused when the request moved on, and
    ValidationError when `why` holds a number that may not be kept.
    """
    locked = VisitRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.state != seen:
        raise StepRefused(_moved_on())
    last = undoable(locked)
    if last is None:
        raise NothingToUndo(_("The last step cannot be undone here."))
    before = _steps(locked).filter(state=last.was).first()
    states.move(
        request=request,
        was=locked.state,
        to=last.was,
        on=before.on if before else None,
        now=now,
        by=by,
        why=why,
        kind=RequestEvent.Kind.CORRECTION,
    )
    notices.take_back_card(request=request, now=now)
    return request


def undoable(request: VisitRequest) -> RequestEvent | None:
    """The step by which a request came to stand here, if an officer may undo it."""
    steps = _steps(request).filter(kind=RequestEvent.Kind.STEP)
    last = steps.filter(state=request.state).first()
    known = transitions.find(last.was, last.state) if last else None
    return last if known and known.actor is Actor.DESK else None


@transaction.atomic
def correct_outcome(
    *, visit: Visit, outcome: str, note: str, why: str, by: User, now: datetime
) -> Visit:
    """Replace a wrong outcome while nothing has followed from it yet; the history says why.

    Who was taken for somebody who has died or moved away lives here again; what was ended then
    stays ended.
    Raises StepRefused when the request went on since, or the visit was not made, and
    ValidationError when a text holds a number that may not be kept.
    """
    guard(note)
    person = status.hold(visit.request.person)
    request = VisitRequest.objects.select_for_update(of=("self",)).get(pk=visit.request_id)
    visit.refresh_from_db()
    visit.request = request
    if not can_be_corrected(visit):
        raise StepRefused(_moved_on())
    states.move(
        request=request,
        was=request.state,
        to=left_by(visit=visit, outcome=outcome),
        on=visit.visit_on,
        now=now,
        by=by,
        why=why,
        kind=RequestEvent.Kind.CORRECTION,
    )
    if visit.outcome in Visit.LEFT and person.status == Visit.LEFT[visit.outcome]:
        status.come_back(person=person)
    visit.outcome, visit.outcome_note, visit.outcome_at, visit.outcome_by = outcome, note, now, by
    visit.save(update_fields=["outcome", "outcome_note", "outcome_at", "outcome_by"])
    note_who_left(visit=visit, by=by, now=now)
    return visit


def can_be_corrected(visit: Visit) -> bool:
    """Whether the outcome of this visit is the last thing that happened to its request."""
    made = visit.outcome not in {"", *Visit.NOT_MADE}
    last = visit.request.visits.order_by("-pk").first()
    return (
        made
        and visit == last
        and visit.request.state == left_by(visit=visit, outcome=visit.outcome)
    )


def _steps(request: VisitRequest) -> QuerySet[RequestEvent]:
    """What moved the request, the latest first."""
    return request.events.exclude(kind=RequestEvent.Kind.HOLDER).order_by("-at", "-pk")


def _check_day(request: VisitRequest, on: date, today: date) -> None:
    if on > today:
        raise DayRefused(_("This day has not come yet."))
    days = [day for name in transitions.ALL_DATES if (day := getattr(request, name))]
    if days and on < max(days):
        raise DayRefused(_("This day lies before the step that came first. Check both days."))


def _moved_on() -> str:
    return _("The request has moved on since this page was opened. Look at it again.")
