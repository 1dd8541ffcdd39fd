"""The waiting list of a class at the desk: answers told by telephone, and places out of turn."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from notifications.actions.messages import Told
from outreach.classes.actions import offers
from outreach.classes.actions.offers import NoPlaceFree, OfferGone
from outreach.classes.forms import OutOfTurnForm
from outreach.classes.line_rows import line_rows
from outreach.classes.models import Registration
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

SCREEN = "classes/line"

may_manage = permission_required("classes.manage_classes", raise_exception=True)


@may_manage
@never_cache
@require_POST
def answer(request: StaffRequest, session_pk: int, registration_pk: int) -> HttpResponse:
    """What somebody who was offered a place has told on the telephone."""
    now = timezone.now()
    registration = _registration(session_pk, registration_pk)
    accepts = request.POST.get("answer") == "accept"
    act = offers.accept if accepts else offers.decline
    try:
        told = Told(registration.person.contact, by=request.user)
        act(registration=registration, now=now, told=told)
    except OfferGone as refusal:
        messages.warning(request, str(refusal))
        return redirect("classes_staff:roster", session_pk=session_pk)
    _note(request, registration, AccessRecord.Action.CHANGE, now)
    if accepts:
        said = _("The place is taken. The reference is %(reference)s.")
    else:
        said = _("The place goes to the next in line. %(reference)s is cancelled.")
    messages.success(request, said % {"reference": registration.reference})
    return redirect("classes_staff:roster", session_pk=session_pk)


@may_manage
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: StaffRequest, session_pk: int, registration_pk: int) -> HttpResponse:
    """Ask for the reason, then give a free place to somebody who is not next.

    Close to the class, when offers are over, whoever is next is given it without a question.
    """
    now = timezone.now()
    registration = _registration(session_pk, registration_pk)
    typed: Mapping[str, object] | None = request.POST if request.method == "POST" else None
    if typed is not None and "in_turn" in typed and _is_next(registration, now):
        typed = {"reason": _("Called in the order of the line: too late for an offer.")}
    form = OutOfTurnForm(typed)
    if form.is_bound and form.is_valid():
        try:
            offers.give(
                registration=registration,
                by=request.user,
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except (NoPlaceFree, OfferGone) as refusal:
            form.add_error(None, str(refusal))
        else:
            _note(request, registration, AccessRecord.Action.CHANGE, now)
            messages.success(request, _("The place is given, and the person is told."))
            return redirect("classes_staff:roster", session_pk=session_pk)
    _note(request, registration, AccessRecord.Action.VIEW, now)
    context = {"registration": registration, "session": registration.session, "form": form}
    return render(request, "classes/staff/give_place.html", context)


def _is_next(registration: Registration, now: datetime) -> bool:
    rows = line_rows(registration.session, now=now)
    return any(row.is_next and row.registration == registration for row in rows)


def _registration(session_pk: int, registration_pk: int) -> Registration:
    in_session = Registration.objects.to_confirm().filter(session_id=session_pk)
    return get_object_or_404(in_session, pk=registration_pk)


def _note(
    request: StaffRequest, registration: Registration, action: AccessRecord.Action, now: datetime
) -> None:
    people = [registration.person]
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)
