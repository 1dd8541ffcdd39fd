"""One resident: everything known, and what may be changed about them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.desk.forms.person import (
    CallBackForm,
    CareForm,
    HomeForm,
    LeaveForm,
    NeedsForm,
    WhoForm,
)
from outreach.desk.person_page import looks_at, may_see, person_page
from outreach.desk.task_list import start_of_date
from outreach.people.actions import records, status, tasks
from outreach.people.actions.access import record_access
from outreach.people.actions.records import YearsDiffer
from outreach.people.actions.status import LaterThanToday, NotHere
from outreach.people.models import AccessRecord, CareRecord, Person
from outreach.people.staff import StaffRequest

SCREEN = "person"
CARE_SCREEN = "care"
VISITS = "visits.record_outcome"

may_change = permission_required("people.change_people", raise_exception=True)
may_see_care = permission_required("people.see_care", raise_exception=True)
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
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: StaffRequest, pk: int) -> HttpResponse:
    """Name, reading, birth and district."""
    found = person_of(pk)
    known = {
        "name": found.name,
        "kana": found.kana,
        "birth_year": found.birth_year,
        "birth_date": found.birth_date.isoformat() if found.birth_date else "",
        "district": found.district_id,
    }
    today = timezone.localdate()

    def write(form: WhoForm) -> str:
        records.rename(person=found, **form.cleaned_data)
        return _("The record is stored.")

    form = WhoForm(request.POST or None, initial=known, today=today)
    return _change(request, found, form, write, gettext_lazy("Name and birth"))


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: StaffRequest, pk: int) -> HttpResponse:
    """Where somebody lives; a protected address is changed by those who may see it."""
    found = person_of(pk)
    if found.contact.protected and not request.user.has_perm("people.see_protection"):
        raise PermissionDenied

    def write(form: HomeForm) -> str:
        records.settle(person=found, home=form.home)
        return _("The address is stored.")

    form = HomeForm(request.POST or None, person=found)
    return _change(request, found, form, write, gettext_lazy("Address and way to the door"))


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: StaffRequest, pk: int) -> HttpResponse:
    """What somebody needs."""
    found = person_of(pk)

    def write(form: NeedsForm) -> str:
        records.note_needs(person=found, kinds=form.cleaned_data["kinds"])
        return _("The needs are stored.")

    known = {"kinds": [need.kind for need in found.needs.all()]}
    # A form on which nothing is ticked sends nothing but its token.
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=known)
    return _change(request, found, form, write, gettext_lazy("Needs"))


@never_cache
@may_see_care
@require_http_methods(["GET", "HEAD", "POST"])
def care(request: StaffRequest, pk: int) -> HttpResponse:
    """Care level, illness and disability. Every look is recorded, under a screen of its own."""
    if not settings.CARE_RECORDS:
        raise Http404
    found = person_of(pk)
    kept = CareRecord.objects.filter(person=found).select_related("written_by").first()
    known = {"care_level": kept.care_level, "conditions": kept.conditions} if kept else {}

    def write(form: CareForm) -> str:
        told = form.cleaned_data
        records.note_care(person=found, **told, by=request.user, now=timezone.now())
        return _("The record is stored.")

    form = CareForm(request.POST or None, initial=known)
    return _change(
        request,
        found,
        form,
        write,
        gettext_lazy("Care level, illness, disability"),
        screen=CARE_SCREEN,
        warning=gettext_lazy(
            "Only what the visit needs. This is shown nowhere else, and every look is recorded."
        ),
    )


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has moved away or died: everything open is closed."""
    found = person_of(pk)

    def write(form: LeaveForm) -> str:
        status.leave(person=found, **form.cleaned_data, by=request.user, now=timezone.now())
        return _("It is noted. Nothing more goes to this person, and nothing is open any more.")

    return _change(
        request,
        found,
        LeaveForm(request.POST or None),
        write,
        gettext_lazy("Moved away or died"),
        warning=gettext_lazy(
            "Registrations, visits, reminders and tasks are ended and waiting messages dropped. "
            "Nobody is told by a machine when somebody has died."
        ),
        button=gettext_lazy("Note it and end everything"),
    )


@never_cache
@may_change
@require_POST
def come_back(request: StaffRequest, pk: int) -> HttpResponse:
    """It was a mistake: the person lives here."""
    found = person_of(pk)
    status.come_back(person=found)
    record(request, [found], AccessRecord.Action.CHANGE)
    notices.success(
        request, _("The person lives here again. What was ended can be asked for anew.")
    )
    return to_page(found)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody wants to be called back: a task, today or later."""
    found = person_of(pk)

    def write(form: CallBackForm) -> str:
        told = form.cleaned_data
        due_at = start_of_date(told["on"]) if told["on"] else None
        tasks.ask_to_call_back(
            person=found, words=told["words"], by=request.user, now=timezone.now(), due_at=due_at
        )
        return _("It is on the list of things to do.")

    form = CallBackForm(request.POST or None)
    return _change(request, found, form, write, gettext_lazy("Call back"))


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


def _change(
    request: StaffRequest,
    found: Person,
    form: Form,
    write: Callable[[Any], str],
    heading: str | Promise,
    *,
    screen: str = SCREEN,
    warning: str | Promise = "",
    button: str | Promise = "",
) -> HttpResponse:
    """One form about one person: shown, judged, written, or shown again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            said = write(form)
        except (YearsDiffer, NotHere, LaterThanToday) as refusal:
            form.add_error(None, str(refusal))
        else:
            record(request, [found], AccessRecord.Action.CHANGE, screen=screen)
            notices.success(request, said)
            return to_page(found)
    record(request, [found], AccessRecord.Action.VIEW, screen=screen)
    context = {
        "person": found,
        "form": form,
        "heading": heading,
        "warning": warning,
        "button": button or _("Store"),
    }
    return render(request, "desk/staff/person_form.html", context)
