"""The list of one day: what a team takes with it, on paper or on a phone."""

from datetime import date, timedelta
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import any_permission_required

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits.day_drawing import map_of
from outreach.visits.day_screen import saved_day
from outreach.visits.day_sheet import sheet_stops
from outreach.visits.forms.outcome import OUTCOMES
from outreach.visits.models import Visit

may_see_days = any_permission_required("visits.plan_visit", "visits.record_outcome")


@may_see_days
@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """The way from the menu to the list of this very day."""
    return redirect("visits_staff:day", day=timezone.localdate().isoformat())


@may_see_days
@require_safe
def day_list(request: StaffRequest, day: str) -> HttpResponse:
    """One day's visits, team by team, in the order they are made; prints on A4."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    shown = Visit.objects.shown_to(request.user).day_list(on=on)
    today = timezone.localdate()
    teams = [
        (team, sheet_stops(of_team, today=today))
        for team, of_team in groupby(shown, key=lambda visit: visit.team)
    ]
    record_access(
        by=request.user,
        people=[visit.request.person for visit in shown],
        action=AccessRecord.Action.VIEW,
        screen="visits:day",
        now=timezone.now(),
    )
    return render(
        request,
        "visits/staff/day_list.html",
        {
            "on": on,
            "teams": teams,
            "outcomes": OUTCOMES,
            "map": map_of(saved_day(on, visits=Visit.objects.shown_to(request.user))),
            **_neighbours(on),
        },
    )


def _neighbours(on: date) -> dict[str, date | None]:
    """The days before and after; the calendar itself ends somewhere, and there is no link there."""
    one = timedelta(days=1)
    return {
        "before": on - one if on > date.min else None,
        "after": on + one if on < date.max else None,
    }
