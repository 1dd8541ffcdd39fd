"""By the venue's door: who came, who came without a seat, what was asked, who wants a card."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from outreach.classes import door_page
from outreach.classes.actions import attendance, class_outcomes, voices, walk_ins
from outreach.classes.actions.attendance import Mark, NotYet
from outreach.classes.actions.places import SessionFull
from outreach.classes.day_forms import QuestionForm, WalkInForm
from outreach.classes.models import Attendance, ClassSession, Registration
from outreach.classes.sent_marks import MarksNotUnderstood, read_marks
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

SCREEN = "classes/attendance"
BAD_REQUEST, CONFLICT = 400, 409

may_manage = permission_required("classes.manage_classes", raise_exception=True)
# The page stands alone and needs nothing that Wagtail's admin needs.
strict = csp_replace({"script-src": [SELF], "style-src": [SELF]})


@strict
@never_cache
@may_manage
@require_safe
def door(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Everybody with a seat, one tap each; the forms work without any script."""
    return _page(request, _session(session_pk))


@never_cache
@may_manage
@require_POST
def mark(request: StaffRequest, session_pk: int) -> HttpResponse:
    """One tap, sent as a plain form."""
    session, now = _session(session_pk), timezone.now()
    key, _colon, state = request.POST.get("mark", "").partition(":")
    registration = _registration(session, key)
    if state in Attendance.State.values:
        try:
            attendance.note(
                session=session,
                marks=[Mark(registration.pk, state, uuid4(), now)],
                by=request.user,
                now=now,
            )
        except NotYet as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(f"{_address(session)}#person-{registration.pk}")


@never_cache
@may_manage
@require_POST
def marks(request: StaffRequest, session_pk: int) -> HttpResponse:
    """What the page kept while there was no network. Sent again, it changes nothing."""
    session, now = _session(session_pk), timezone.now()
    try:
        noted = attendance.note(
            session=session, marks=read_marks(request.body), by=request.user, now=now
        )
    except MarksNotUnderstood:
        return JsonResponse({"error": _("The marks cannot be read.")}, status=BAD_REQUEST)
    except NotYet as refusal:
        return JsonResponse({"error": str(refusal)}, status=CONFLICT)
    return JsonResponse({"kept": noted.kept, "refused": noted.refused})


@strict
@never_cache
@may_manage
@require_POST
def walk_in(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Let somebody in who has no seat."""
    session, now = _session(session_pk), timezone.now()
    form = WalkInForm(request.POST)
    submission = _submission(request)
    if not form.is_valid():
        return _page(request, session, walk_in=form, submission=submission)
    try:
        registration = walk_ins.admit(
            session=session, submission=submission, now=now, by=request.user, **form.cleaned_data
        )
    except (SessionFull, NotYet) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, session, walk_in=form, submission=submission)
    _note_access(request, [registration], AccessRecord.Action.CHANGE, now)
    messages.success(
        request,
        _("%(name)s is on the list and marked present.") % {"name": registration.person.name},
    )
    return HttpResponseRedirect(f"{_address(session)}#person-{registration.pk}")


@never_cache
@may_manage
@require_POST
def outcome(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Somebody wants to apply for a card: at home, or at the counter."""
    session, now = _session(session_pk), timezone.now()
    key, _colon, wanted = request.POST.get("outcome", "").partition(":")
    registration = _registration(session, key)
    if wanted == "visit":
        asked = class_outcomes.ask_for_visit(registration=registration, by=request.user, now=now)
        said = _("A home visit is asked for: %(reference)s. The person is told by message.")
        messages.success(request, said % {"reference": asked.reference})
    elif wanted == "counter":
        class_outcomes.ask_for_counter(registration=registration, now=now)
        messages.success(request, _("It stands on the desk's list: call and agree on a day."))
    _note_access(request, [registration], AccessRecord.Action.CHANGE, now)
    return HttpResponseRedirect(f"{_address(session)}#person-{registration.pk}")


@strict
@never_cache
@may_manage
@require_POST
def question(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Keep what somebody asked."""
    session = _session(session_pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, session, question=form)
    voices.note_question(
        session=session, text=form.cleaned_data["text"], by=request.user, now=timezone.now()
    )
    return HttpResponseRedirect(f"{_address(session)}#questions")


def _page(request: StaffRequest, session: ClassSession, **changes: Any) -> HttpResponse:
    lines = door_page.door_lines(session)
    _note_access(
        request, [line.registration for line in lines], AccessRecord.Action.VIEW, timezone.now()
    )
    context = {
        "session": session,
        "lines": lines,
        "counts": door_page.counts(lines),
        "walk_in": WalkInForm(),
        "question": QuestionForm(),
        "submission": uuid4(),
        "feedback": door_page.feedback_counts(session),
        "questions": session.questions.order_by("-noted_at", "-pk"),
        "closed_because": _closed_because(session),
        **changes,
    }
    context["form"] = next((form for form in changes.values() if hasattr(form, "errors")), None)
    return render(request, "classes/staff/attendance.html", context)


def _closed_because(session: ClassSession) -> str:
    """Why nobody can be marked, to be read before the first tap; empty when they can."""
    try:
        attendance.opening(session, timezone.now())
    except NotYet as refusal:
        return str(refusal)
    return ""


def _session(pk: int) -> ClassSession:
    return get_object_or_404(ClassSession.objects.to_show(), pk=pk)


def _registration(session: ClassSession, key: str) -> Registration:
    seats = Registration.objects.standing().filter(session=session)
    return get_object_or_404(seats, pk=int(key) if key.isdecimal() else 0)


def _address(session: ClassSession) -> str:
    return redirect("classes_staff:attendance", session_pk=session.pk).url


def _submission(request: StaffRequest) -> UUID:
    """The number this form was given when it was shown; a new one for a new form."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


def _note_access(
    request: StaffRequest,
    registrations: list[Registration],
    action: AccessRecord.Action,
    now: datetime,
) -> None:
    people = [registration.person for registration in registrations]
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)
