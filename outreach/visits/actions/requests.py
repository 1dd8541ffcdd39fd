"""A visit is asked for, and a request is taken back."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.actions.messages import Told
from notifications.models import Contact
from outreach.people.models import Person
from outreach.people.rules.references import new_reference
from outreach.visits.actions import notices, states
from outreach.visits.models import RequestEvent, Visit, VisitRequest

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
    parking: bool | None = None,
    wishes: str = "",
    by: User | None = None,
) -> VisitRequest:
    """Note a request for a visit and confirm it to whoever asked.

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
                parking=parking,
                wishes=wishes,
                how=how,
                taken_by=by,
                asked_at=now,
                state=VisitRequest.State.OPEN,
            )
    except IntegrityError:
        # The second click arrived between the look above and the insert.
        if earlier := VisitRequest.objects.filter(submission=submission).first():
            return earlier
        raise
    RequestEvent.objects.create(request=request, state=request.state, at=now, by=by)
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
    Cancelling what is cancelled already changes nothing.
    """
    if not states.change(
        request=request,
        was=VisitRequest.STANDING,
        to=VisitRequest.State.CANCELLED,
        now=now,
        by=by,
    ):
        request.refresh_from_db(fields=["state"])
        if request.state == VisitRequest.State.CANCELLED:
            return request
        raise RequestSettled(
            _("This visit is finished already, so there is nothing left to cancel.")
        )
    for visit in request.visits.ahead():
        notices.take_back_plan(visit=visit, now=now)
    request.visits.ahead().update(outcome=Visit.Outcome.CALLED_OFF, outcome_at=now, outcome_by=by)
    notices.say_cancelled(request=request, now=now, told=told)
    return request
