"""What is on record about one resident, changed form by form."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from outreach.desk.forms.home import CareForm, HomeForm, NeedsForm
from outreach.desk.forms.person import WhoForm
from outreach.desk.views.person import SCREEN, person_of, record, to_page
from outreach.people.actions import records
from outreach.people.actions.records import YearsDiffer
from outreach.people.actions.status import LaterThanToday, NotHere
from outreach.people.models import AccessRecord, CareRecord, Person
from outreach.people.staff import StaffRequest

CARE_SCREEN = "care"

may_change = permission_required("people.change_people", raise_exception=True)
may_see_care = permission_required("people.see_care", raise_exception=True)


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
    return change(request, found, form, write, gettext_lazy("Name and birth"))


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: StaffRequest, pk: int) -> HttpResponse:
    """Where somebody lives. A protected address is not shown here either, only replaced."""
    found = person_of(pk)

    def write(form: HomeForm) -> str:
        records.settle(person=found, home=form.home)
        return _("The address is stored.")

    form = HomeForm(request.POST or None, person=found)
    protected = gettext_lazy("The address is protected and not shown. What you store replaces it.")
    return change(
        request,
        found,
        form,
        write,
        gettext_lazy("Address and way to the door"),
        warning=protected if found.contact.protected else "",
    )


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
    return change(request, found, form, write, gettext_lazy("Needs"))


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
    return change(
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


def change(
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
