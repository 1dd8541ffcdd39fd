"""Staff see what a facility asked for as one, and take it as one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, FacilityContact
from outreach.people.staff import StaffRequest
from outreach.visits.actions import groups, holders
from outreach.visits.day_stops import phones_of
from outreach.visits.forms.facility import FacilityForm
from outreach.visits.models import RequestGroup, VisitRequest

may_plan = permission_required("visits.plan_visit", raise_exception=True)


@may_plan
@require_safe
def group(request: StaffRequest, pk: int) -> HttpResponse:
    """The facility, who asked, and every resident with where their request stands."""
    asked = get_object_or_404(RequestGroup.objects.select_related("asked_by", "facility"), pk=pk)
    members = _members(asked)
    _record(request, members, AccessRecord.Action.VIEW, "visits:group")
    minimum = int(settings.VISIT_GROUP_MINIMUM)
    return render(
        request,
        "visits/staff/group.html",
        {
            "group": asked,
            "members": members,
            "phones": phones_of(asked.asked_by),
            "contact_persons": _contact_persons(asked),
            "facility_form": FacilityForm(initial={"facility": asked.facility_id}),
            "minimum": minimum,
            "is_small": len(members) < minimum,
            "free": len(_free(members)),
        },
    )


@may_plan
@require_POST
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which facility on record a group is of."""
    asked = get_object_or_404(RequestGroup, pk=pk)
    form = FacilityForm(request.POST)
    if form.is_valid():
        _record(request, _members(asked), AccessRecord.Action.CHANGE, "visits:group")
        groups.link(group=asked, facility=form.cleaned_data["facility"])
        messages.info(request, _("It is noted which facility this is."))
    return redirect("visits_staff:group", pk=pk)


@may_plan
@require_POST
def hold(request: StaffRequest, pk: int) -> HttpResponse:
    """Take all requests of a group that wait and that nobody has."""
    members = _members(get_object_or_404(RequestGroup, pk=pk))
    _record(request, members, AccessRecord.Action.CHANGE, "visits:hold_group")
    try:
        holders.hand(
            requests=_free(members), to=request.user, seen=None, by=request.user, now=timezone.now()
        )
    except holders.HeldByColleague as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, _("You have the requests of this group now."))
    return redirect("visits_staff:group", pk=pk)


def _members(asked: RequestGroup) -> list[VisitRequest]:
    return list(asked.requests.with_people().select_related("holder").order_by("pk"))


def _contact_persons(asked: RequestGroup) -> list[tuple[FacilityContact, tuple[str, ...]]]:
    """Whom to ask for at the facility on record, with the numbers to call."""
    if asked.facility is None:
        return []
    people = asked.facility.contact_persons.select_related("contact")
    found = people.prefetch_related("contact__points").order_by("pk")
    return [(one, phones_of(one.contact)) for one in found]


def _free(members: list[VisitRequest]) -> list[VisitRequest]:
    standing = (member for member in members if member.state in VisitRequest.STANDING)
    return [member for member in standing if member.holder is None]


def _record(
    request: StaffRequest, members: list[VisitRequest], action: AccessRecord.Action, screen: str
) -> None:
    record_access(
        by=request.user,
        people=[member.person for member in members],
        action=action,
        screen=screen,
        now=timezone.now(),
    )
