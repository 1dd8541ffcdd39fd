"""The desk plans the days of counters and mobile desks, and calls one off."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.people.staff import StaffRequest
from outreach.reception.actions import opening_days
from outreach.reception.actions.opening_days import CannotCallOff, CannotPlan, PlanChanged
from outreach.reception.forms.planning import OpeningForm
from outreach.reception.models import Appointment, OpeningDay

may_receive = permission_required("reception.receive", raise_exception=True)
ask = require_http_methods(["GET", "HEAD", "POST"])
# What another screen may fill in beforehand.
PREFILLED = ("point", "venue", "first", "last", "start", "end")


@may_receive
@require_safe
def days(request: StaffRequest) -> HttpResponse:
    """Every day that is planned from today on, with how many people are expected."""
    today = timezone.localdate()
    rows = list(OpeningDay.objects.staff_list(since=today))
    return render(request, "reception/staff/days.html", {"rows": rows, "today": today})


@may_receive
@never_cache
@ask
def plan(request: StaffRequest) -> HttpResponse:
    """Write a rule, read every day it gives with what is left out and why, then plan them all."""
    now = timezone.now()
    if request.method != "POST":
        return _form(request, OpeningForm(initial=_prefilled(request.GET)))
    form, step = OpeningForm(request.POST), request.POST.get("step")
    if step == "change" or not form.is_valid():
        return _form(request, form)
    opening = form.opening()
    try:
        if step == "confirm":
            expected = _dates(request.POST.getlist("expected"))
            planned = opening_days.plan(opening, expected=expected, now=now, by=request.user)
            messages.success(request, _planned_in_words(len(planned)))
            return redirect("reception_staff:days")
    except PlanChanged as refusal:
        messages.warning(request, str(refusal))
    except CannotPlan as refusal:
        form.add_error(None, str(refusal))
        return _form(request, form)
    try:
        found = opening_days.preview(opening, now=now)
    except CannotPlan as refusal:
        form.add_error(None, str(refusal))
        return _form(request, form)
    context = {
        "opening": opening,
        "days": found,
        "planned": [day for day in found if day.left_out is None],
        "typed": [
            (name, value)
            for name in form.fields
            for value in request.POST.getlist(form.add_prefix(name))
        ],
    }
    return render(request, "reception/staff/plan_days.html", context)


@may_receive
@never_cache
@ask
def call_off(request: StaffRequest, day_pk: int) -> HttpResponse:
    """Snow, or nobody to send: everybody who has a time is told at once."""
    day = get_object_or_404(OpeningDay.objects.to_show(), pk=day_pk)
    refusal = ""
    if request.method == "POST":
        try:
            told = opening_days.call_off(day=day, now=timezone.now(), by=request.user)
        except CannotCallOff as fault:
            refusal = str(fault)
        else:
            messages.success(request, _called_off_in_words(told))
            return redirect("reception_staff:days")
    people = Appointment.objects.standing().filter(day=day).count()
    context = {"day": day, "people": people, "refusal": refusal}
    return render(request, "reception/staff/call_off.html", context)


def _form(request: StaffRequest, form: OpeningForm) -> HttpResponse:
    return render(request, "reception/staff/plan.html", {"form": form})


def _prefilled(asked: QueryDict) -> dict[str, Any]:
    return {name: asked[name] for name in PREFILLED if name in asked} | {
        "weekdays": asked.getlist("weekdays")
    }


def _dates(written: list[str]) -> list[date]:
    found = []
    for text in written:
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            continue
    return found


def _planned_in_words(count: int) -> str:
    return ngettext(
        "%(count)d day is planned. People can book now.",
        "%(count)d days are planned. People can book now.",
        count,
    ) % {"count": count}


def _called_off_in_words(count: int) -> str:
    return ngettext(
        "The day is called off. %(count)d person is told.",
        "The day is called off. %(count)d people are told.",
        count,
    ) % {"count": count}
