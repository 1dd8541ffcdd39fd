"""Staff take a request down for a caller, put it on a day, and take it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest
from outreach.people.whereabouts import whereabouts
from outreach.visits import request_page
from outreach.visits.actions import answers, visits
from outreach.visits.actions.requests import RequestSettled, cancel
from outreach.visits.day_stops import phones_of
from outreach.visits.forms.caller import CallerForm
from outreach.visits.forms.planning import PlanForm
from outreach.visits.models import Visit, VisitRequest

REFUSALS = (
    visits.AlreadyPlanned,
    visits.DayConfirmed,
    visits.DayPassed,
    visits.OutcomeRecorded,
    RequestSettled,
)
may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: StaffRequest) -> HttpResponse:
    """One screen for a caller; ends at the request, where its day can be fixed at once.

    Who is on record already (`?person=`) is not typed again.
    """
    known = _known(request)
    form = CallerForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        taken = answers.receive(
            answers=form.answers(),
            submission=form.submission,
            how=form.taken_how,
            language=form.cleaned_data["language"],
            now=now,
            by=request.user,
        )
        record_access(
            by=request.user,
            people=[taken.person],
            action=AccessRecord.Action.CHANGE,
            screen="visits:new",
            now=now,
        )
        messages.info(
            request,
            _(
                "The request is written down. Tell the caller the reference %(reference)s. "
                "A day can be fixed right here."
            )
            % {"reference": taken.reference},
        )
        return redirect("visits_staff:request", pk=taken.pk)
    return render(request, "visits/staff/new_request.html", {"form": form})


def _known(request: StaffRequest) -> dict[str, Any]:
    """What is on record about the person a link names, as the form asks it."""
    key = request.GET.get("person", "")
    if request.method == "POST" or not (key.isascii() and key.isdecimal()):
        return {}
    person = get_object_or_404(Person.objects.by_kana().select_related("residence"), pk=key)
    record_access(
        by=request.user,
        people=[person],
        action=AccessRecord.Action.VIEW,
        screen="visits:new",
        now=timezone.now(),
    )
    lives = whereabouts(person)
    return {
        "name": person.name,
        "kana": person.kana,
        "phone": next(iter(phones_of(person.contact)), ""),
        "birth_year": person.birth_year,
        "district": None if lives.withheld else person.district_id,
        "address": next(iter(lives.lines), ""),
        "language": person.contact.language,
    }


@may_plan
@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything about one request; the form puts it on a day, or moves it to another one."""
    asked = get_object_or_404(VisitRequest.objects.to_plan(), pk=pk)
    now = timezone.now()
    ahead = request_page.visit_ahead(asked)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={"visit": ahead and ahead.pk},
        auto_id="plan_%s",
        is_confirmed=request_page.is_confirmed(ahead),
    )
    record_access(
        by=request.user,
        people=[asked.person],
        action=AccessRecord.Action.CHANGE if form.is_bound else AccessRecord.Action.VIEW,
        screen="visits:request",
        now=now,
    )
    if form.is_bound and form.is_valid() and (visit := _plan(request, asked, form)):
        messages.info(
            request,
            _("The visit is on the list of %(day)s. The people concerned are being told.")
            % {"day": date_format(visit.visit_on, "DATE_FORMAT")},
        )
        return redirect("visits_staff:request", pk=asked.pk)
    context = request_page.shown(asked, ahead, form=form, wrong=form)
    return render(request, "visits/staff/request.html", context)


@may_plan
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_request(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask once more, then take the request back for the person who called."""
    asked = get_object_or_404(VisitRequest.objects.to_plan(), pk=pk)
    now = timezone.now()
    is_confirmed = request.method == "POST"
    record_access(
        by=request.user,
        people=[asked.person],
        action=AccessRecord.Action.CHANGE if is_confirmed else AccessRecord.Action.VIEW,
        screen="visits:cancel",
        now=now,
    )
    if not is_confirmed:
        return render(request, "visits/staff/cancel.html", {"asked": asked})
    try:
        cancel(request=asked, now=now, by=request.user)
    except RequestSettled as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, _("The request is cancelled. The people concerned are being told."))
    return redirect("visits_staff:request", pk=asked.pk)


def _plan(request: StaffRequest, asked: VisitRequest, form: PlanForm) -> Visit | None:
    """Plan the request, or move the visit the officer saw; a refusal becomes a form error.

    The page carries the key of the visit it showed, so that an officer who saw an open request
    cannot move, unknowingly, what a colleague has just planned.
    """
    chosen = {
        "team": form.cleaned_data["team"],
        "on": form.cleaned_data["visit_on"],
        "time_slot": form.cleaned_data["time_slot"],
        "by": request.user,
        "now": timezone.now(),
    }
    try:
        if seen := form.cleaned_data["visit"]:
            agreed = form.cleaned_data.get("agreed", False)
            visit = get_object_or_404(asked.visits, pk=seen)
            return visits.move(visit=visit, agreed=agreed, **chosen)
        return visits.schedule(request=asked, **chosen)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None
