"""Who is affected: whom a colleague saw in a time, for the day something got out."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.desk.affected import affected
from outreach.desk.forms.people import LooksForm
from outreach.desk.task_list import start_of_date
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

SCREEN = "affected"
ON_ONE_PAGE = 50

may_see_access = permission_required("people.see_access", raise_exception=True)


@never_cache
@may_see_access
@require_safe
def who_is_affected(request: StaffRequest) -> HttpResponse:
    """Everybody a colleague saw from one day to another, with how often and where."""
    form = LooksForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "page": None, "asked": {}}
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        people = affected(
            told["colleague"],
            since=start_of_date(told["since"]),
            until=start_of_date(told["until"] + timedelta(days=1)),
        )
        page = Paginator(people, ON_ONE_PAGE).get_page(request.GET.get("page"))
        record_access(
            by=request.user,
            people=[one.person for one in page],
            action=AccessRecord.Action.VIEW,
            screen=SCREEN,
            now=timezone.now(),
        )
        asked = {name: request.GET.get(name, "") for name in form.fields}
        context |= {"page": page, "asked": asked, "colleague": told["colleague"]}
    return render(request, "desk/staff/affected.html", context)
