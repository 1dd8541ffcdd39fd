"""A visit is asked for, and a request is taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.actions.messages import Told
from notifications.models import Contact
from outreach.people.models import Person
from outreach.people.rules.references import new_reference
from outreach.visits.actions import notices, participants, states, team_days
from outreach.visits.models import (
    RequestConditions,
    RequestEvent,
    RequestGroup,
    Visit,
    VisitRequest,
)
from outreach.visits.rules import transitions

REFERENCE_PREFIX = "V"


class RequestSettled(Exception):
    """The request is finished or cancelled, and nothing can be changed about it any more."""


@transaction.atomic
def ask(
    *,
    person: Person,
    relation: str,
    asked_by: Contact | None,
    topic: str,
    submission: UUID,
    how: str,
    now: datetime,
    expires_on: date | None = None,
    stay_until: date | None = None,
    conditions: Mapping[str, Any] | None = None,
    parking: bool | None = None,
    wishes: str = "",
    group: RequestGroup | None = None,
    by: User | None = None,
) -> VisitRequest:
    """Note a request for a visit and confirm it to whoever asked.

    `conditions` are fields of RequestConditions, as far as somebody answered them.
    The same submission sent twice is one request, and the first one is returned.
    """
    if earlier := VisitRequest.objects.filter(submission=submission).first():
        return earlier
    try:
        with transaction.atomic():
            request = VisitRequest.objects.create(
                person=person,
                reference=new_reference(REFERENCE_PREFIX),
                submission=submission,
                relation=relation,
                asked_by=asked_by,
                topic=topic,
                expires_on=expires_on,
                stay_until=stay_until,
                parking=parking,
                wishes=wishes,
                group=group,
                how=how,
                taken_by=by,
                asked_at=now,
                state=VisitRequest.State.OPEN,
                since=timezone.localdate(now),
            )
    except IntegrityError:
        # The second click arrived between the look above and the insert.
        if earlier := VisitRequest.objects.filter(submission=submission).first():
            return earlier
        raise
    RequestEvent.objects.create(
        request=request, state=request.state, on=request.since, at=now, by=by
    )
    if conditions:
        RequestConditions.objects.create(request=request, **conditions)
    if group is None:  # whoever asks for a group hears of it once
        notices.say_asked(request=request, now=now)
    return request


@transaction.atomic
def cancel(
    *,
    request: VisitRequest,
    now: datetime,
    by: User | None = None,
    told: Told | None = None,
) -> VisitRequest:
    """Take a request back; a visit that was planned for it is called off. Raises RequestSettled.

    Everybody concerned hears of it; who was `told`, cancelling it on the telephone, is not called.
    A card that is at City Hall already goes on waiting there. Cancelling what is cancelled already
    changes nothing.
    """
    # Locked: whether the card is there must stay true until the state is written.
    locked = VisitRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    card_is_here = locked.arrived_on is not None
    to = VisitRequest.State.ARRIVED if card_is_here else VisitRequest.State.CANCELLED
    if not states.change(
        request=request,
        was=transitions.sources(to, actor=transitions.Actor.ASKER),
        to=to,
        now=now,
        by=by,
    ):
        if request.state == VisitRequest.State.CANCELLED:
            return request
        raise RequestSettled(_why_not_cancelled(request))
    called_off = list(request.visits.ahead())
    for visit in called_off:
        notices.take_back_plan(visit=visit, now=now)
    request.visits.ahead().update(outcome=Visit.Outcome.CALLED_OFF, outcome_at=now, outcome_by=by)
    participants.close(visits=called_off)
    team_days.touch((visit.team_id, visit.visit_on) for visit in called_off)
    notices.say_cancelled(request=request, now=now, told=told)
    return request


@transaction.atomic
def close(*, request: VisitRequest, by: User | None, now: datetime) -> None:
    """End a request whose person has moved away or died, wherever it stands on the way to a card.

    What can be taken back is, and whoever asked hears that nobody will come.
    """
    if request.state in VisitRequest.CANCELLABLE:
        cancel(request=request, by=by, now=now)
    if request.state not in VisitRequest.SETTLED:
        states.change(request=request, to=VisitRequest.State.ENDED, by=by, now=now)


def _why_not_cancelled(request: VisitRequest) -> str:
    if request.state in VisitRequest.SETTLED:
        return _("This visit is finished already, so there is nothing left to cancel.")
    return _("The card is being made or is ready. Please call the city if it is not wanted.")
