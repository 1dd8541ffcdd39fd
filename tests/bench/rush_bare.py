"""Two ways to a seat without a line: the least a site could do, and the house's page around it."""

from contextvars import ContextVar
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from outreach.classes.actions import registrations
from outreach.classes.actions.places import SessionFull
from outreach.classes.models import ClassSession, Registration
from outreach.classes.views import public

_without_line: ContextVar[bool] = ContextVar("without_line", default=False)
_write = registrations.write


def bare(request: HttpRequest, session_pk: int) -> HttpResponse:
    """No form and no person: one conditional UPDATE, and one INSERT for who got a seat."""
    with transaction.atomic():
        seated = take_seat(session_pk, int(request.POST["person"]), uuid4())
    return redirect("/ja/taken/" if seated else "/ja/full/")


def page_without_line(request: HttpRequest, session_pk: int) -> HttpResponse:
    """The house's own view of the check page, that takes a seat in the bare way."""
    token = _without_line.set(True)
    try:
        return public.register(request, session_pk)
    finally:
        _without_line.reset(token)


def take_seat(session_pk: int, person_pk: int, submission: UUID) -> Registration | None:
    """The seat of somebody who came in time; None for the others, who are not written down."""
    free = ClassSession.objects.filter(pk=session_pk, seats_taken__lt=F("capacity"))
    if not free.update(seats_taken=F("seats_taken") + 1):
        return None
    return hold_seat(session_pk, person_pk, submission)


def hold_seat(session_pk: int, person_pk: int, submission: UUID) -> Registration:
    """The row of somebody for whom a seat was counted."""
    return Registration.objects.create(
        session_id=session_pk,
        person_id=person_pk,
        reference=uuid4().hex[:12],
        submission=submission,
        how=Registration.How.WEB,
        registered_at=timezone.now(),
    )


def _write_or_bare(registration: Registration, **told: Any) -> Registration:
    if not _without_line.get():
        return _write(registration, **told)
    seat = take_seat(registration.session_id, registration.person_id, registration.submission)
    if seat is None:
        raise SessionFull
    return seat


registrations.write = _write_or_bare
