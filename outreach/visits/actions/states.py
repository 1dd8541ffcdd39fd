"""The one place where a request's state changes, with the event that is its history."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from notifications.text_guard import guard
from outreach.visits.actions import stuck
from outreach.visits.models import RequestEvent, VisitRequest
from outreach.visits.rules import transitions


class NotAStep(Exception):
    """The table of transitions has no such step."""


@transaction.atomic
def change(
    *,
    request: VisitRequest,
    to: str,
    now: datetime,
    by: User | None,
    was: Collection[str] | None = None,
    on: date | None = None,
    why: str = "",
) -> bool:
    """Move a request to a state if it still is in one of `was`; False if somebody was faster.

    `was` is every state the table knows a way from, unless narrowed. `on` is the day the step was
    made, today when not told. A conditional UPDATE, because two officers may press at the same
    moment: the database lets one of them change the row and tells the other that there was
    nothing to change. Raises NotAStep for what is not in the table, and ValidationError when
    `why` holds a number that may not be kept.
    """
    known = transitions.sources(to)
    from_states = known if was is None else frozenset(was)
    if not from_states or not from_states <= known:
        raise NotAStep(f"There is no step from {sorted(from_states - known)} to {to}.")
    # Again only when somebody moved the request, meanwhile, to another state a way leads from.
    while True:
        request.refresh_from_db(fields=["state", *transitions.ALL_DATES])
        if request.state not in from_states:
            return False
        if move(request=request, was=request.state, to=to, now=now, by=by, on=on, why=why):
            return True


def move(
    *,
    request: VisitRequest,
    was: str,
    to: str,
    now: datetime,
    by: User | None,
    on: date | None = None,
    why: str = "",
    kind: RequestEvent.Kind = RequestEvent.Kind.STEP,
) -> bool:
    """Write one change and its event; the caller has asked the table and opened a transaction."""
    guard(why)
    day = on or timezone.localdate(now)
    written = {"state": to, "since": day, **_days(request, to, day, kind)}
    if not VisitRequest.objects.filter(pk=request.pk, state=was).update(**written):
        return False
    RequestEvent.objects.create(
        request=request, kind=kind, was=was, state=to, on=day, why=why, at=now, by=by
    )
    for name, value in written.items():
        setattr(request, name, value)
    stuck.close(request=request, now=now)
    return True


def _days(
    request: VisitRequest, to: str, day: date, kind: RequestEvent.Kind
) -> dict[str, date | None]:
    """The days on the way to a card that change with a step: no longer true, or true from now."""
    is_correction = kind == RequestEvent.Kind.CORRECTION
    has_card = request.arrived_on is not None
    if to in VisitRequest.SETTLED and is_correction and not has_card:
        # An outcome was put right: nothing was applied for.
        return dict.fromkeys(transitions.ALL_DATES)
    needed = transitions.DATES.get(transitions.State(to), ())
    days: dict[str, date | None] = dict.fromkeys(transitions.dates_to_clear(to))
    days |= {name: day for name in needed if getattr(request, name) is None}
    if to == VisitRequest.State.DONE and has_card:
        days["handed_over_on"] = day
    return days
