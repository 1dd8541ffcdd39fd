"""Whoever made a visit writes down how it ended."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits.actions import visits
from outreach.visits.day_stops import stop_of
from outreach.visits.forms.outcome import OutcomeForm
from outreach.visits.models import Visit, VisitRequest


@permission_required("visits.record_outcome", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """One visit and its outcome, typed once. A visit of another team is not found."""
    shown = Visit.objects.shown_to(request.user).with_people()
    visit = get_object_or_404(shown, pk=pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    record_access(
        by=request.user,
        people=[visit.request.person],
        action=AccessRecord.Action.CHANGE if form.is_bound else AccessRecord.Action.VIEW,
        screen="visits:outcome",
        now=now,
    )
    if form.is_bound and form.is_valid():
        try:
            visits.record_outcome(visit=visit, by=request.user, now=now, **form.cleaned_data)
        except (visits.NotVisitedYet, visits.OutcomeRecorded) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _what_now(visit))
            return redirect("visits_staff:day", day=visit.visit_on.isoformat())
    return render(
        request, "visits/staff/outcome.html", {"stop": stop_of(visit), "visit": visit, "form": form}
    )


def _what_now(visit: Visit) -> str:
    if visit.outcome in Visit.LEFT:
        return _("It is noted. Nothing more goes to this person, and nothing is open any more.")
    state = visit.request.state
    if state in VisitRequest.AWAITING_VISIT:
        return _("The outcome is written down. The request waits for another day.")
    if state in VisitRequest.UNDER_WAY:
        return _("The outcome is written down. The next step: send the application to J-LIS.")
    return _("The outcome is written down, and the request is finished.")
