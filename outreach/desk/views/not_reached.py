"""Whom no channel has reached, on the screen and on paper."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.desk import not_reached as unreached
from outreach.desk.forms.not_reached import NotReachedFilterForm
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest


@never_cache
@permission_required("people.do_tasks", raise_exception=True)
@require_safe
def not_reached(request: StaffRequest) -> HttpResponse:
    """By district, without card status or the words of any message. On paper it is an export."""
    form = NotReachedFilterForm(request.GET)
    found = unreached.not_reached(district=form.code)
    on_paper = bool(request.GET.get("print"))
    now = timezone.now()
    record_access(
        by=request.user,
        people=found.people,
        action=AccessRecord.Action.EXPORT if on_paper else AccessRecord.Action.VIEW,
        screen="not-reached",
        now=now,
    )
    context = {
        "form": form,
        "code": form.code,
        "groups": found.groups,
        "count": found.count,
        "left_alone": found.left_alone,
        "now": now,
    }
    paper = "not_reached_print" if on_paper else "not_reached"
    return render(request, f"desk/staff/{paper}.html", context)
