"""Staff tell people about a class: first who gets it and what it says, then the sending."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.classes.models import ClassSession
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import NothingToAnnounce
from outreach.desk.announcement_preview import announcement_preview
from outreach.people.staff import StaffRequest


@never_cache
@permission_required("classes.manage_classes", raise_exception=True)
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """The classes that can be announced."""
    upcoming = ClassSession.objects.open_for_registration(now=timezone.now())
    return render(request, "desk/staff/announcements.html", {"sessions": upcoming})


@never_cache
@permission_required("classes.manage_classes", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: StaffRequest, pk: int) -> HttpResponse:
    """The check page of one announcement, and its sending."""
    session = get_object_or_404(ClassSession.objects.to_show(), pk=pk)
    now = timezone.now()
    if request.method != "POST":
        return _check_page(request, session)
    try:
        told = announcements.announce(session=session, by=request.user, now=now)
    except NothingToAnnounce as refusal:
        return _check_page(request, session, refusal=str(refusal), status=409)
    notices.success(
        request,
        ngettext(
            "%(count)d message is in the outbox and goes out next.",
            "%(count)d messages are in the outbox and go out next.",
            told,
        )
        % {"count": told},
    )
    return HttpResponseRedirect(reverse("desk_staff:announcements"))


def _check_page(
    request: StaffRequest, session: ClassSession, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    preview = announcement_preview(session=session, now=timezone.now())
    context = {"session": session, "preview": preview, "refusal": refusal}
    return render(request, "desk/staff/announce.html", context, status=status)
