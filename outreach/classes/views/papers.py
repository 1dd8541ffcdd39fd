"""What leaves the house for the day of a class: the list as a file, and the driver's list."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mynumber.rules.wareki import wareki
from outreach.classes.models import ClassSession
from outreach.classes.rides import rides_ahead, rides_of
from outreach.classes.roster import roster_lines
from outreach.classes.roster_file import roster_workbook
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

may_manage = permission_required("classes.manage_classes", raise_exception=True)


@never_cache
@may_manage
@require_safe
def roster_file(request: StaffRequest, session_pk: int) -> HttpResponse:
    """The list of a class as a workbook; everybody on it gets an access record."""
    session = get_object_or_404(ClassSession.objects.to_show(), pk=session_pk)
    lines = roster_lines(session.registrations.roster())
    record_access(
        by=request.user,
        people=[line.registration.person for line in lines],
        action=AccessRecord.Action.EXPORT,
        screen="classes/roster-file",
        now=timezone.now(),
    )
    begins = timezone.localtime(session.starts_at)
    title = f"{session.course} {wareki(begins.date())} {begins:%H:%M} {session.venue}"
    content = roster_workbook(session=session, title=title, lines=lines)
    name = f"class-{begins:%Y%m%d}-{session.pk}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@never_cache
@may_manage
@require_safe
def rides_overview(request: StaffRequest) -> HttpResponse:
    """Every class ahead for which somebody wants a ride: how many, from where, and the bus."""
    return render(
        request, "classes/staff/rides_overview.html", {"all_rides": rides_ahead(now=timezone.now())}
    )


@never_cache
@may_manage
@require_safe
def rides(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Whom to fetch, by district; on paper it is the driver's list and an export."""
    session = get_object_or_404(ClassSession.objects.to_show(), pk=session_pk)
    found = rides_of(session)
    on_paper = bool(request.GET.get("print"))
    record_access(
        by=request.user,
        people=[rider.registration.person for rider in found.riders],
        action=AccessRecord.Action.EXPORT if on_paper else AccessRecord.Action.VIEW,
        screen="classes/rides",
        now=timezone.now(),
    )
    paper = "rides_print" if on_paper else "rides"
    return render(request, f"classes/staff/{paper}.html", {"session": session, "rides": found})
