"""The desk's side of a class: see who comes, cancel a seat."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.classes.actions import registrations
from outreach.classes.line_rows import line_rows, offers_are_over, phones_of
from outreach.classes.models import ClassSession, Registration
from outreach.classes.roster import roster_lines
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest

SCREEN = "classes/roster"


may_manage = permission_required("classes.manage_classes", raise_exception=True)


@may_manage
@never_cache
@require_safe
def roster(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Who comes and who waits, to read or to print."""
    now = timezone.now()
    session = get_object_or_404(
        ClassSession.objects.to_show().prefetch_related("tutors"), pk=session_pk
    )
    seats, line = list(session.registrations.at_the_door()), line_rows(session, now=now)
    on_paper = bool(request.GET.get("print"))
    seen = AccessRecord.Action.EXPORT if on_paper else AccessRecord.Action.VIEW
    shown = [one.person for one in seats] + [row.registration.person for row in line]
    _note_access(request, shown, seen, now)
    context = {
        "session": session,
        "rows": [(seat, phones_of(seat)) for seat in seats],
        "lines": roster_lines(seats),
        "line": line,
        "offers_are_over": offers_are_over(session, now=now),
        "may_change": session.state == ClassSession.State.ANNOUNCED and session.starts_at > now,
        "may_call_off": session.state == ClassSession.State.ANNOUNCED and session.ends_at > now,
        "is_over": session.ends_at <= now,
        "too_few": session.has_too_few(now=now),
        "has_seats": session.closed_because(now=now) is None,
    }
    paper = "roster_print" if on_paper else "roster"
    return render(request, f"classes/staff/{paper}.html", context)


@may_manage
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, session_pk: int, registration_pk: int) -> HttpResponse:
    """Ask once more, then take somebody off the list; their seat is free at once."""
    now = timezone.now()
    # Who was on the list of a class that is over stays on it.
    not_over = Registration.objects.to_confirm().filter(session__ends_at__gt=now)
    registration = get_object_or_404(not_over, pk=registration_pk, session_id=session_pk)
    person = registration.person
    if request.method == "POST":
        registrations.cancel(registration=registration, now=now, by=request.user)
        _note_access(request, [person], AccessRecord.Action.CHANGE, now)
        messages.success(
            request,
            _("The registration %(reference)s is cancelled. The person is told by message.")
            % {"reference": registration.reference},
        )
        return redirect("classes_staff:roster", session_pk=session_pk)
    _note_access(request, [person], AccessRecord.Action.VIEW, now)
    context = {
        "registration": registration,
        "session": registration.session,
        "days": [day for day in registration.days if day.ends_at > now] or registration.days,
    }
    return render(request, "classes/staff/cancel.html", context)


def _note_access(
    request: StaffRequest, people: list[Person], action: AccessRecord.Action, now: datetime
) -> None:
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)
