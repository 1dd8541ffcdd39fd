"""Announcements: the list, one on its way, and what a colleague decides about it."""

from collections.abc import Callable

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.models import Announcement
from outreach.classes.models import ClassSession
from outreach.desk.actions import announcements, class_news
from outreach.desk.actions.announcements import AlreadyOnItsWay, ChangedMeanwhile, NotYours
from outreach.desk.actions.class_news import NothingToAnnounce
from outreach.desk.announcement_labels import STATE_WORDS
from outreach.desk.announcement_progress import progress
from outreach.desk.message_words import purpose_word
from outreach.people.staff import StaffRequest

SHOWN = 100
View = Callable[..., HttpResponse]

may_announce = permission_required("people.announce", raise_exception=True)
may_approve = permission_required("people.approve_announcements", raise_exception=True)


@never_cache
@may_announce
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """What has been told and what is planned, and the classes that can be announced."""
    rows = [
        {"announcement": one, "state": STATE_WORDS[Announcement.State(one.state)]}
        for one in Announcement.objects.staff_list()[:SHOWN]
    ]
    upcoming = ClassSession.objects.open_for_registration(now=timezone.now())
    return render(request, "desk/staff/announcements.html", {"rows": rows, "sessions": upcoming})


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def of_class(request: StaffRequest, pk: int) -> HttpResponse:
    """Prepare an announcement of a class: its words and its audience are there already."""
    session = get_object_or_404(ClassSession.objects.to_show(), pk=pk)
    if request.method != "POST":
        return render(request, "desk/staff/announce.html", {"session": session})
    try:
        draft = class_news.prepare(session=session, by=request.user, now=timezone.now())
    except NothingToAnnounce as refusal:
        context = {"session": session, "refusal": str(refusal)}
        return render(request, "desk/staff/announce.html", context, status=409)
    return redirect("desk_staff:announcement_check", pk=draft.pk)


@never_cache
@may_announce
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """How far one announcement has come, and its results by channel and language."""
    return progress_page(request, get_object_or_404(Announcement.objects.staff_list(), pk=pk))


@may_approve
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """The second person's yes."""
    announcement = get_object_or_404(Announcement, pk=pk)
    try:
        announcements.approve(
            announcement=announcement,
            seen=request.POST.get("seen", ""),
            by=request.user,
            now=timezone.now(),
        )
    except (AlreadyOnItsWay, ChangedMeanwhile, NotYours) as refusal:
        notices.error(request, str(refusal))
        return redirect("desk_staff:announcement_check", pk=pk)
    notices.success(request, gettext("You have allowed it. It goes out at its time."))
    return redirect("desk_staff:announcement", pk=pk)


@may_announce
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a planned announcement back, to change it."""
    announcement = get_object_or_404(Announcement, pk=pk)
    try:
        announcements.withdraw(announcement=announcement, by=request.user)
    except AlreadyOnItsWay as refusal:
        notices.error(request, str(refusal))
        return redirect("desk_staff:announcement", pk=pk)
    notices.success(request, gettext("It is a draft again. Nothing goes out."))
    return redirect("desk_staff:announcement_check", pk=pk)


@may_announce
@require_POST
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop it half-way."""
    announcement = get_object_or_404(Announcement, pk=pk)
    try:
        dropped = announcements.stop(announcement=announcement, by=request.user, now=timezone.now())
    except AlreadyOnItsWay as refusal:
        notices.error(request, str(refusal))
    else:
        notices.success(
            request,
            ngettext(
                "Stopped. %(count)d message that waited does not go out; what has gone out stays.",
                "Stopped. %(count)d messages that waited do not go out; what has gone out stays.",
                dropped,
            )
            % {"count": dropped},
        )
    return redirect("desk_staff:announcement", pk=pk)


def progress_page(request: StaffRequest, announcement: Announcement) -> HttpResponse:
    """Counted anew each time the page is asked for."""
    context = {
        "announcement": announcement,
        "state": STATE_WORDS[Announcement.State(announcement.state)],
        "purpose": purpose_word(announcement.purpose),
        "progress": progress(announcement),
        "can_be_changed": announcement.state in Announcement.OPEN,
        "can_be_stopped": announcement.state in Announcement.ON_ITS_WAY,
        "now": timezone.now(),
    }
    return render(request, "desk/staff/announcement.html", context)
