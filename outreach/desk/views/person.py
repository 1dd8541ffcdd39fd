"""One resident: everything known, and who looked at it."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.desk.person_page import looks_at, may_see, person_page
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest

SCREEN = "person"
VISITS = "visits.record_outcome"

may_see_access = permission_required("people.see_access", raise_exception=True)


@never_cache
@require_safe
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything about one person; for who visits, what the visit needs, and only before it."""
    if not (request.user.has_perm("people.see_people") or request.user.has_perm(VISITS)):
        raise PermissionDenied
    found = person_of(pk)
    if not may_see(request.user, found):
        raise Http404
    if found.merged_into_id:
        return redirect("desk_staff:person", found.merged_into_id)
    now = timezone.now()
    page = person_page(found, today=timezone.localdate(now))
    sees_all = request.user.has_perm("people.see_people")
    record(request, [found, *(page.people if sees_all else [])], AccessRecord.Action.VIEW)
    context = {"person": found, "page": page, "sees_all": sees_all}
    return render(request, "desk/staff/person.html", context)


@never_cache
@may_see_access
@require_safe
def looks(request: StaffRequest, pk: int) -> HttpResponse:
    """Who looked at this person's record, and when."""
    found = person_of(pk)
    record(request, [found], AccessRecord.Action.VIEW)
    context = {"person": found, "looks": looks_at(found)}
    return render(request, "desk/staff/looks_at_person.html", context)


def person_of(pk: int) -> Person:
    """With what every page about a person needs."""
    people = Person.objects.select_related(
        "contact", "district", "household", "residence__facility"
    )
    return get_object_or_404(people.prefetch_related("needs", "contact__points"), pk=pk)


def to_page(person: Person) -> HttpResponseRedirect:
    """Back to the person's page."""
    return redirect("desk_staff:person", person.pk)


def record(
    request: StaffRequest,
    people: list[Person],
    action: AccessRecord.Action,
    *,
    screen: str = SCREEN,
) -> None:
    """Note who was seen or changed."""
    record_access(by=request.user, people=people, action=action, screen=screen, now=timezone.now())
