"""Residents at the desk: the list, the search, somebody new, and who it could be instead."""

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.desk.forms.people import PeopleSearchForm
from outreach.desk.forms.person import NewcomerForm
from outreach.desk.people_list import found, person_lines, resembling_lines
from outreach.people.actions import people as people_actions
from outreach.people.actions import records
from outreach.people.actions.access import record_access
from outreach.people.actions.known_apart import keep_apart
from outreach.people.actions.records import Home
from outreach.people.models import AccessRecord, Person
from outreach.people.resemblance import resembling
from outreach.people.staff import StaffRequest

SCREEN = "people"
ON_ONE_PAGE = 25
MOST_RESEMBLING = 12

may_see = permission_required("people.see_people", raise_exception=True)
may_change = permission_required("people.change_people", raise_exception=True)


@never_cache
@may_see
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Everybody on record by reading, or whom the words could mean."""
    form = PeopleSearchForm(request.GET)
    words = form.words
    # Keys first: a late page would else join whole records only to leave them out.
    keys = found(words).values_list("pk", flat=True)
    page = Paginator(keys, ON_ONE_PAGE).get_page(request.GET.get("page"))
    rows = Person.objects.by_kana().filter(pk__in=list(page))
    shown = rows.select_related("residence__facility").prefetch_related("contact__points")
    lines = person_lines(shown)
    _record(
        request,
        [line.person for line in lines],
        AccessRecord.Action.SEARCH if words else AccessRecord.Action.VIEW,
    )
    asked = {"said": words} if words else {}
    context = {"form": form, "page": page, "lines": lines, "asked": asked}
    return render(request, "desk/staff/people.html", context)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: StaffRequest) -> HttpResponse:
    """Write somebody down, unless they are on record already."""
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method != "POST":
        return _new_page(request, NewcomerForm(today=today), [])
    form = NewcomerForm(request.POST, today=today)
    if not form.is_valid():
        return _new_page(request, form, [])
    resembles = resembling(form.described)[:MOST_RESEMBLING]
    shown = set(request.POST.getlist("apart"))
    if any(str(one.person.pk) not in shown for one in resembles):
        _record(request, [one.person for one in resembles], AccessRecord.Action.SEARCH)
        return _new_page(request, form, resembling_lines(resembles))
    told = form.cleaned_data
    with transaction.atomic():
        person = people_actions.write_down(
            name=told["name"],
            kana=told["kana"],
            birth_year=told["birth_year"],
            birth_date=told["birth_date"],
            district=told["district"],
            phone=told["phone"],
            language=told["language"],
        )
        if told["address"]:
            records.settle(person=person, home=Home(address=told["address"]))
        keep_apart(
            person=person, others=[one.person for one in resembles], by=request.user, now=now
        )
    _record(request, [person], AccessRecord.Action.CHANGE)
    notices.success(request, _("This person is on record now."))
    return redirect("desk_staff:person", person.pk)


@never_cache
@may_change
@require_POST
def resembling_people(request: StaffRequest) -> HttpResponse:
    """A part of a page: who on record could be the person a form describes so far."""
    form = NewcomerForm(request.POST, today=timezone.localdate())
    resembles = resembling(form.described)[:MOST_RESEMBLING]
    _record(request, [one.person for one in resembles], AccessRecord.Action.SEARCH)
    context = {"lines": resembling_lines(resembles)}
    return render(request, "desk/staff/resembling.html", context)


def _new_page(request: StaffRequest, form: NewcomerForm, lines: list[Any]) -> HttpResponse:
    return render(request, "desk/staff/new_person.html", {"form": form, "lines": lines})


def _record(request: StaffRequest, people: list[Person], action: AccessRecord.Action) -> None:
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=timezone.now())
