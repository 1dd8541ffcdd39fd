"""A day is planned: proposed, put right by hand, planned again around what stays, and saved."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits.actions import days, visits
from outreach.visits.actions.requests import RequestSettled
from outreach.visits.day_drawing import map_of, timeline
from outreach.visits.day_problem import MOST_CONSIDERED, Day
from outreach.visits.day_screen import Shown, proposed_day, saved_day
from outreach.visits.forms.day_plan import DayPlanForm
from outreach.visits.models import Team, Visit
from outreach.visits.proposal import (
    CannotPlan,
    Proposal,
    Unreadable,
    placed,
    propose,
    read_again,
    swapped,
)
from outreach.visits.road_times import ESTIMATE, RoutingUnavailable

NOT_SAVED = (
    days.DayChanged,
    visits.AlreadyPlanned,
    visits.DayPassed,
    RequestSettled,
    CannotPlan,
    RoutingUnavailable,
)
may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_safe
def choose_day(request: StaffRequest) -> HttpResponse:
    """The way from the list of requests to a day: the one written, or tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    try:
        on = parse_japanese_date(request.GET["day"]) if request.GET.get("day") else tomorrow
    except DateNotUnderstood as error:
        messages.error(request, _(str(error)))
        on = tomorrow
    return redirect("visits_staff:plan", day=on.isoformat())


@may_plan
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_day(request: StaffRequest, day: str) -> HttpResponse:
    """One day: what is saved, or what is proposed, as a table, a timeline and a map."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if request.method != "POST":
        return _page(request, on, saved_day(on))
    form = DayPlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose two visits to swap from the lists."))
        return _page(request, on, saved_day(on))
    match form.cleaned_data["step"]:
        case "propose":
            return _propose(request, on, form, earlier=None)
        case step:
            try:
                earlier = Proposal.from_text(request.POST.get("proposal", ""))
            except Unreadable as refusal:
                messages.error(request, str(refusal))
                return _page(request, on, saved_day(on))
    if step == "save":
        return _save(request, earlier)
    if step == "swap":
        return _swap(request, earlier, form)
    return _propose(request, on, form, earlier=earlier)


def _propose(
    request: StaffRequest, on: date, form: DayPlanForm, *, earlier: Proposal | None
) -> HttpResponse:
    """The first proposal, or another one around the visits that are ticked to stay."""
    now = timezone.now()
    team = form.cleaned_data["team"]
    if earlier and earlier.team:
        team = Team.objects.filter(pk=earlier.team).first()
    keep = {}
    if earlier:
        where = placed(earlier.plan)
        keep = {key: where[key] for key in form.cleaned_data["keep"] if key in where}
    estimated = form.cleaned_data["estimated"] or (
        earlier is not None and earlier.travel_source == ESTIMATE
    )
    try:
        visits.refuse_past(on, now)
        proposal, day = propose(on=on, now=now, team=team, estimated=estimated, keep=keep)
    except (CannotPlan, visits.DayPassed) as refusal:
        messages.error(request, str(refusal))
        return _page(request, on, saved_day(on))
    except RoutingUnavailable as refusal:
        messages.error(request, str(refusal))
        return _page(request, on, saved_day(on), offer_estimates=True)
    return _page(request, on, proposed_day(proposal, day), proposal=proposal, day=day)


def _swap(request: StaffRequest, proposal: Proposal, form: DayPlanForm) -> HttpResponse:
    try:
        day = read_again(proposal)
    except (CannotPlan, RoutingUnavailable) as refusal:
        messages.error(request, str(refusal))
        return _page(request, proposal.on, saved_day(proposal.on))
    one, other = form.cleaned_data["one"], form.cleaned_data["other"]
    try:
        proposal = swapped(proposal, day, one or 0, other or 0)
    except CannotPlan as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The two visits have changed places."))
    return _page(request, proposal.on, proposed_day(proposal, day), proposal=proposal, day=day)


def _save(request: StaffRequest, proposal: Proposal) -> HttpResponse:
    now = timezone.now()
    try:
        days.save(proposal=proposal, by=request.user, now=now)
    except NOT_SAVED as refusal:
        messages.error(request, str(refusal))
        return _page(request, proposal.on, saved_day(proposal.on))
    record_access(
        by=request.user,
        people=[each.person for each in saved_day(proposal.on).requests()],
        action=AccessRecord.Action.CHANGE,
        screen="visits:plan",
        now=now,
    )
    messages.success(
        request, _("The day is saved. Everybody who has got a visit is being told the day.")
    )
    return redirect("visits_staff:plan", day=proposal.on.isoformat())


@may_plan
@require_POST
def pin(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep a saved visit where it is whenever its day is planned again, or let it go."""
    visit = get_object_or_404(Visit.objects.ahead().with_people(), pk=pk)
    pinned = request.POST.get("pinned") == "1"
    record_access(
        by=request.user,
        people=[visit.request.person],
        action=AccessRecord.Action.CHANGE,
        screen="visits:plan",
        now=timezone.now(),
    )
    try:
        days.pin(visit=visit, pinned=pinned)
    except visits.OutcomeRecorded as refusal:
        messages.error(request, str(refusal))
    return redirect("visits_staff:plan", day=visit.visit_on.isoformat())


def _page(
    request: StaffRequest,
    on: date,
    shown: Shown,
    *,
    proposal: Proposal | None = None,
    day: Day | None = None,
    offer_estimates: bool = False,
) -> HttpResponse:
    record_access(
        by=request.user,
        people=[each.person for each in shown.requests()],
        action=AccessRecord.Action.VIEW,
        screen="visits:plan",
        now=timezone.now(),
    )
    one = timedelta(days=1)
    context = {
        "on": on,
        "before": on - one if on > date.min else None,
        "after": on + one if on < date.max else None,
        "is_past": on < timezone.localdate(),
        "shown": shown,
        "timeline": timeline(shown),
        "map": map_of(shown),
        "proposal": proposal,
        "proposal_text": proposal.to_text() if proposal else "",
        "is_estimated": proposal is not None
        and proposal.travel_source == ESTIMATE
        and bool(settings.ROUTING_URL),
        "more_waiting": max(0, day.waiting - MOST_CONSIDERED) if day else 0,
        "teams": Team.objects.to_choose_from(),
        "offer_estimates": offer_estimates,
        "swap_fields": [("one", _("This visit")), ("other", _("with this one"))],
    }
    return render(request, "visits/staff/day_plan.html", context)
