"""An officer takes a request a step further, undoes a step, and corrects an outcome."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest
from outreach.visits import request_page
from outreach.visits.actions import card_steps
from outreach.visits.day_stops import stop_of
from outreach.visits.forms.card_steps import CorrectionForm, StepForm, UndoForm
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.step_words import state_label

may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_POST
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """One step on the way of the card, on the day it was made."""
    asked = get_object_or_404(VisitRequest.objects.to_plan(), pk=pk)
    form = StepForm(request.POST, state=asked.state)
    _changes(request, asked.person, "visits:step")
    if form.is_valid():
        try:
            card_steps.step(request=asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        except card_steps.DayRefused as refusal:
            form.add_error("on", str(refusal))
        except card_steps.StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _now_stands(asked))
            return redirect("visits_staff:request", pk=asked.pk)
    return _again(request, asked, step_form=form, wrong=form)


@may_plan
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """The last step was wrong: back to where the request stood, with the reason."""
    asked = get_object_or_404(VisitRequest.objects.to_plan(), pk=pk)
    form = UndoForm(request.POST, auto_id="undo_%s")
    _changes(request, asked.person, "visits:undo")
    if form.is_valid():
        try:
            card_steps.undo(request=asked, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (card_steps.StepRefused, card_steps.NothingToUndo) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _now_stands(asked))
            return redirect("visits_staff:request", pk=asked.pk)
    return _again(request, asked, undo_form=form, wrong=form)


@may_plan
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Another outcome for a visit that was written down wrongly."""
    visit = get_object_or_404(Visit.objects.with_people(), pk=pk)
    given = {"outcome": visit.outcome, "note": visit.outcome_note}
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=given)
    record_access(
        by=request.user,
        people=[visit.request.person],
        action=AccessRecord.Action.CHANGE if form.is_bound else AccessRecord.Action.VIEW,
        screen="visits:correct",
        now=timezone.now(),
    )
    if form.is_bound and form.is_valid():
        try:
            card_steps.correct_outcome(
                visit=visit, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except card_steps.StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _now_stands(visit.request))
            return redirect("visits_staff:request", pk=visit.request_id)
    return render(
        request,
        "visits/staff/correct.html",
        {
            "visit": visit,
            "stop": stop_of(visit),
            "form": form,
            "can_be_corrected": card_steps.can_be_corrected(visit),
        },
    )


def _again(request: StaffRequest, asked: VisitRequest, **forms: object) -> HttpResponse:
    """The page once more with what was typed and what is wrong with it."""
    asked = VisitRequest.objects.to_plan().get(pk=asked.pk)
    context = request_page.shown(asked, request_page.visit_ahead(asked), **forms)
    return render(request, "visits/staff/request.html", context)


def _changes(request: StaffRequest, person: Person, screen: str) -> None:
    record_access(
        by=request.user,
        people=[person],
        action=AccessRecord.Action.CHANGE,
        screen=screen,
        now=timezone.now(),
    )


def _now_stands(asked: VisitRequest) -> str:
    return _("It is written down. The request now stands at: %(state)s.") % {
        "state": state_label(asked.state)
    }
