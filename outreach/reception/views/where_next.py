"""Where a mobile desk should go next, for the desk and for managers: sums, and nobody's name."""

from datetime import timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.people.staff import StaffRequest
from outreach.reception.forms.where_next import WhereNextForm
from outreach.reception.models import ReceptionPoint
from outreach.reception.roads import reach_minutes
from outreach.reception.where_next import where_next as read_where_next

# Residents read of a mobile desk before it comes.
NOTICE = timedelta(days=14)
VENUES, WORKDAYS = 3, (1, 3)

may_see = permission_required("reception.see_where_next", raise_exception=True)


@may_see
@never_cache
@require_safe
def where_next(request: StaffRequest) -> HttpResponse:
    """The proposal with its arithmetic; changed by the questions above it."""
    today = timezone.localdate()
    usual = {
        "first": (today + NOTICE).isoformat(),
        "weekdays": [str(day) for day in WORKDAYS],
        "limit": reach_minutes(),
        "most": VENUES,
    }
    form = WhereNextForm(request.GET if "first" in request.GET else usual)
    found = read_where_next(today=today, **form.asked()) if form.is_valid() else None
    desk = ReceptionPoint.objects.filter(kind=ReceptionPoint.Kind.MOBILE_DESK).first()
    return render(
        request,
        "reception/staff/where_next.html",
        {"form": form, "found": found, "limit": form.cleaned_data.get("limit"), "desk": desk},
    )
