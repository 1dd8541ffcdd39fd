"""Somebody says on the telephone whether the day of a visit suits; a colleague writes it down."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest
from outreach.visits.actions import day_answers
from outreach.visits.actions.day_answers import NotAhead
from outreach.visits.models import Visit

may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """It suits, or they need another day; whoever is on the telephone is not told again."""
    visit = get_object_or_404(Visit.objects.with_people(), pk=pk)
    asked, now = visit.request, timezone.now()
    record_access(
        by=request.user,
        people=[asked.person],
        action=AccessRecord.Action.CHANGE,
        screen="visits:request",
        now=now,
    )
    try:
        if request.POST.get("answer") == "suits":
            day_answers.confirm(visit=visit, now=now, by=request.user)
            messages.success(request, _("The day is confirmed. It is not moved without asking."))
        else:
            day_answers.ask_for_another(
                visit=visit,
                now=now,
                words=request.POST.get("words", "").strip(),
                by=request.user,
                told=asked.asked_by or asked.person.contact,
            )
            messages.success(request, _("The visit is called off, and the request waits again."))
    except NotAhead as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("visits_staff:request", pk=asked.pk)
