"""The desk plans classes: one day, many by a rule; moves them, adjusts them, calls them off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.classes.actions import calling_off, changes
from outreach.classes.actions import sessions as planned_sessions
from outreach.classes.actions.bookings import AlreadyTaken
from outreach.classes.actions.calling_off import CannotCallOff, CannotOffer, Offered
from outreach.classes.actions.changes import CannotChange
from outreach.classes.actions.sessions import CannotAnnounce, PlanChanged
from outreach.classes.models import ClassSession, Registration
from outreach.classes.planning_forms import (
    AdjustForm,
    CallOffForm,
    ElsewhereForm,
    FilterForm,
    MoveForm,
    SeasonForm,
    SessionForm,
)
from outreach.classes.session_list import listed
from outreach.people.staff import StaffRequest

may_manage = permission_required("classes.manage_classes", raise_exception=True)
ask = require_http_methods(["GET", "HEAD", "POST"])


@may_manage
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """Every class that is planned or was held lately, with its seats and what needs a decision."""
    now = timezone.now()
    form = FilterForm(request.GET, today=timezone.localdate(now))
    rows = list(listed(form.chosen(), now=now))
    context = {
        "form": form,
        "rows": [(session, session.has_too_few(now=now)) for session in rows],
        "now": now,
        "filtered": any(form.chosen().values()),
    }
    return render(request, "classes/staff/sessions.html", context)


@may_manage
@ask
def new_session(request: StaffRequest) -> HttpResponse:
    """Plan a class; it is on the public schedule at once."""
    form = SessionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            session = planned_sessions.announce(**form.plan(), now=timezone.now(), by=request.user)
        except (CannotAnnounce, AlreadyTaken) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The class is on the public schedule. People can register now.")
            )
            return redirect("classes_staff:roster", session_pk=session.pk)
    return render(request, "classes/staff/new_session.html", {"form": form})


@may_manage
@never_cache
@ask
def plan(request: StaffRequest) -> HttpResponse:
    """Write a rule, read every day it gives with what is left out and why, then plan them all."""
    now = timezone.now()
    form = SeasonForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("step")
    if not form.is_bound or step == "change" or not form.is_valid():
        return render(request, "classes/staff/plan.html", {"form": form})
    season = form.season()
    try:
        if step == "confirm":
            expected = _moments(request.POST.getlist("expected"))
            planned = planned_sessions.plan(season, expected=expected, now=now, by=request.user)
            messages.success(request, _planned_in_words(len(planned)))
            return redirect("classes_staff:sessions")
    except PlanChanged as refusal:
        messages.warning(request, str(refusal))
    except CannotAnnounce as refusal:
        form.add_error(None, str(refusal))
        return render(request, "classes/staff/plan.html", {"form": form})
    try:
        days = planned_sessions.preview(season, now=now)
    except CannotAnnounce as refusal:
        form.add_error(None, str(refusal))
        return render(request, "classes/staff/plan.html", {"form": form})
    context = {
        "form": form,
        "season": season,
        "days": days,
        "planned": [day for day in days if day.left_out is None],
        "typed": _typed(form, request.POST),
    }
    return render(request, "classes/staff/plan_days.html", context)


@may_manage
@never_cache
@ask
def move(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Another day, time or place; everybody who comes or waits is told."""
    now = timezone.now()
    session = _session(session_pk)
    form = MoveForm(
        request.POST if request.method == "POST" else None, initial=MoveForm.as_it_is(session)
    )
    if form.is_bound and form.is_valid():
        try:
            told = changes.move(session=session, **form.moved(), now=now, by=request.user)
        except (CannotAnnounce, CannotChange, AlreadyTaken) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told_in_words(told))
            return redirect("classes_staff:roster", session_pk=session.pk)
    context = {"form": form, "session": session, "people": _people(session)}
    return render(request, "classes/staff/move.html", context)


@may_manage
@never_cache
@ask
def adjust(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Other tutors, more seats or handsets: nobody needs to be told."""
    now = timezone.now()
    session = _session(session_pk)
    form = AdjustForm(request.POST if request.method == "POST" else None, session=session)
    if form.is_bound and form.is_valid():
        try:
            changes.adjust(session=session, **form.cleaned_data, now=now)
        except (CannotAnnounce, CannotChange, AlreadyTaken) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The class is changed. Nobody needed to be told."))
            return redirect("classes_staff:roster", session_pk=session.pk)
    return render(request, "classes/staff/adjust.html", {"form": form, "session": session})


@may_manage
@never_cache
@ask
def call_off(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Say why, then call the class off; the next page offers its people other days."""
    now = timezone.now()
    session = _session(session_pk)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            told = calling_off.call_off(
                session=session, reason=form.cleaned_data["reason"], now=now, by=request.user
            )
        except CannotCallOff as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The class is called off.") + " " + _told_in_words(told))
            return redirect("classes_staff:offer_elsewhere", session_pk=session.pk)
    context = {"form": form, "session": session, "people": _people(session)}
    return render(request, "classes/staff/call_off.html", context)


@may_manage
@never_cache
@ask
def offer_elsewhere(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Offer the people of a class that was called off other days of the course, in their order."""
    now = timezone.now()
    session = _session(session_pk)
    days = calling_off.days_elsewhere(session, now=now)
    form = ElsewhereForm(request.POST if request.method == "POST" else None, days=days)
    if form.is_bound and form.is_valid():
        try:
            offered = calling_off.offer_elsewhere(
                session=session, elsewhere=form.elsewhere(), now=now, by=request.user
            )
        except CannotOffer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _offered_in_words(offered))
            return redirect("classes_staff:offer_elsewhere", session_pk=session.pk)
    people = Registration.objects.to_offer_elsewhere(session).count()
    context = {"form": form, "session": session, "people": people, "days": days}
    return render(request, "classes/staff/offer_elsewhere.html", context)


def _session(key: int) -> ClassSession:
    rows = ClassSession.objects.to_show().prefetch_related("tutors")
    return get_object_or_404(rows, pk=key)


def _people(session: ClassSession) -> int:
    return Registration.objects.in_any_way(session).count()


def _typed(form: SeasonForm, data: QueryDict) -> list[tuple[str, str]]:
    """The answers as they came, to travel on to the next step unseen."""
    return [(name, value) for name in form.fields for value in data.getlist(name)]


def _moments(written: list[str]) -> list[datetime]:
    """The beginnings the officer saw; one that cannot be read is one nobody saw."""
    try:
        return [datetime.fromisoformat(one) for one in written]
    except ValueError:
        return []


def _planned_in_words(number: int) -> str:
    return ngettext(
        "%(number)d class is on the public schedule. People can register now.",
        "%(number)d classes are on the public schedule. People can register now.",
        number,
    ) % {"number": number}


def _offered_in_words(offered: Offered) -> str:
    said = _("Offered a place: %(offered)d. Waiting in line: %(waiting)d.") % {
        "offered": offered.offered,
        "waiting": offered.waiting,
    }
    if not offered.left:
        return said
    to_call = _("To be called, because no smartphone is lent there: %(left)d.")
    return f"{said} {to_call % {'left': offered.left}}"


def _told_in_words(told: int) -> str:
    words: dict[str, Any] = {"people": told}
    if not told:
        return _("Nobody needed to be told.")
    return (
        ngettext(
            "%(people)d person is told by their own channel.",
            "%(people)d people are told by their own channel.",
            told,
        )
        % words
    )
