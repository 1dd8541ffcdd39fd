"""Staff work through the requests that wait for a day, and share them among each other."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from outreach.people.actions.access import record_access
from outreach.people.colleagues import colleague_name
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits import queue
from outreach.visits.actions import holders
from outreach.visits.forms.queue import HolderForm, QueueForm
from outreach.visits.models import Visit, VisitRequest

ON_A_PAGE = 50
may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """Requests that wait for a day, the most urgent first, each with the reason."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = QueueForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queue.waiting(chosen=chosen, user=request.user, today=today)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = [queue.as_waiting(row, today=today) for row in page]
    record_access(
        by=request.user,
        people=[one.request.person for one in shown],
        action=AccessRecord.Action.VIEW,
        screen="visits:requests",
        now=now,
    )
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    return render(
        request,
        "visits/staff/requests.html",
        {
            "rows": shown,
            "page": page,
            "form": form,
            "asked": asked,
            "days": Visit.objects.days_ahead(today=today),
        },
    )


@may_plan
@require_POST
def hold(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a request, give it to a colleague, or back to everybody."""
    asked = get_object_or_404(VisitRequest.objects.with_people(), pk=pk)
    form = HolderForm(request.POST)
    now = timezone.now()
    record_access(
        by=request.user,
        people=[asked.person],
        action=AccessRecord.Action.CHANGE,
        screen="visits:hold",
        now=now,
    )
    if not form.is_valid():
        messages.error(request, _("This colleague cannot have requests. Choose another one."))
        return redirect("visits_staff:request", pk=asked.pk)
    to, seen = form.cleaned_data["holder"], form.cleaned_data["seen"]
    try:
        holders.hand(requests=[asked], to=to, seen=seen, by=request.user, now=now)
    except holders.HeldByColleague as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, _now_has(asked))
    if request.POST.get("from") == "list":
        return redirect("visits_staff:requests")
    return redirect("visits_staff:request", pk=asked.pk)


def _now_has(asked: VisitRequest) -> str:
    if asked.holder is None:
        return _("%(reference)s is given back.") % {"reference": asked.reference}
    return _("%(name)s now has %(reference)s.") % {
        "name": colleague_name(asked.holder),
        "reference": asked.reference,
    }
