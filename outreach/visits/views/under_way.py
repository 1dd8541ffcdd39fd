"""Staff see which cards are owed to whom, and where one is stuck."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits import under_way as cards
from outreach.visits.step_limits import limits

ON_A_PAGE = 50


@permission_required("visits.plan_visit", raise_exception=True)
@require_safe
def under_way(request: StaffRequest) -> HttpResponse:
    """Cards on their way, late ones first; one step or the late ones alone when chosen."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = request.GET.get("step", "")
    late_only = chosen == "late"
    rows = cards.owed(today=today, state=chosen, late_only=late_only)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [cards.as_owed(row, today=today) for row in page]
    record_access(
        by=request.user,
        people=[one.request.person for one in shown],
        action=AccessRecord.Action.VIEW,
        screen="visits:under_way",
        now=now,
    )
    counted = [(one, limits()[one.state]) for one in cards.counts(today=today)]
    return render(
        request,
        "visits/staff/under_way.html",
        {
            "rows": shown,
            "page": page,
            "counts": counted,
            "late": sum(one.late for one, _days in counted),
            "total": sum(one.count for one, _days in counted),
            "chosen": chosen,
            "asked": {"step": chosen} if chosen else {},
        },
    )
