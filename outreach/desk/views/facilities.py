"""Care facilities: where they are, whom to ask for, who on record lives there."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outreach.desk.forms.facilities import FacilityContactForm, FacilityForm
from outreach.desk.people_list import person_lines
from outreach.people.actions import facilities as actions
from outreach.people.actions.access import record_access
from outreach.people.actions.facilities import NameTaken
from outreach.people.models import AccessRecord, CareFacility, FacilityContact, Person
from outreach.people.staff import StaffRequest

SCREEN = "facility"
# Two forms stand on one page, with fields of the same names.
CONTACT_IDS = "contact-%s"

may_see = permission_required("people.see_people", raise_exception=True)
may_change = permission_required("people.change_people", raise_exception=True)


@never_cache
@may_see
@require_safe
def facilities(request: StaffRequest) -> HttpResponse:
    """All of them by reading."""
    rows = CareFacility.objects.select_related("district").order_by("kana", "name")
    return render(request, "desk/staff/facilities.html", {"facilities": rows})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def new_facility(request: StaffRequest) -> HttpResponse:
    """Another facility."""
    form = FacilityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facility = actions.write_down(facts=form.facts)
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("desk_staff:facility", facility.pk)
    return render(request, "desk/staff/new_facility.html", {"form": form})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def facility(request: StaffRequest, pk: int) -> HttpResponse:
    """One facility, its contact persons, and who lives there unless their address is protected."""
    found = get_object_or_404(CareFacility, pk=pk)
    form = FacilityForm(request.POST or None, facility=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_down(facts=form.facts, facility=found)
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            notices.success(request, _("The facility is stored."))
            return redirect("desk_staff:facility", pk)
    return _page(request, pk, form, FacilityContactForm(auto_id=CONTACT_IDS))


@never_cache
@may_change
@require_POST
def facility_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody more to ask for."""
    found = get_object_or_404(CareFacility, pk=pk)
    form = FacilityContactForm(request.POST, auto_id=CONTACT_IDS)
    if not form.is_valid():
        return _page(request, pk, FacilityForm(facility=found), form)
    actions.name_contact(facility=found, **form.cleaned_data)
    notices.success(request, _("The contact person is stored."))
    return redirect("desk_staff:facility", pk)


@never_cache
@may_change
@require_POST
def remove_facility_contact(request: StaffRequest, pk: int, contact_pk: int) -> HttpResponse:
    """They are not asked for there any more."""
    get_object_or_404(FacilityContact, pk=contact_pk, facility=pk).delete()
    notices.success(request, _("The contact person is taken off."))
    return redirect("desk_staff:facility", pk)


def _page(
    request: StaffRequest, pk: int, form: FacilityForm, contact_form: FacilityContactForm
) -> HttpResponse:
    found = get_object_or_404(CareFacility, pk=pk)
    residents = (
        Person.objects.by_kana()
        .filter(residence__facility=found, contact__protected=False)
        .select_related("residence__facility")
        .prefetch_related("contact__points")
    )
    lines = person_lines(residents)
    record_access(
        by=request.user,
        people=[line.person for line in lines],
        action=AccessRecord.Action.VIEW,
        screen=SCREEN,
        now=timezone.now(),
    )
    contacts = found.contact_persons.select_related("contact").prefetch_related("contact__points")
    context = {
        "facility": found,
        "form": form,
        "contact_form": contact_form,
        "contacts": contacts.order_by("pk"),
        "lines": lines,
    }
    return render(request, "desk/staff/facility.html", context)
