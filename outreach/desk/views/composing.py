"""Compose an announcement: first its words, then whom it is for."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications.models import Announcement
from outreach.classes.models import ClassSession
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import AlreadyOnItsWay
from outreach.desk.forms.announcements import WordsForm, words_of
from outreach.desk.forms.audiences import AudienceForm
from outreach.desk.rules.audiences import Audience
from outreach.desk.views.announcements import may_announce
from outreach.people.staff import StaffRequest


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The words of a new announcement."""
    now = timezone.now()
    form = WordsForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_bound and form.is_valid():
        draft = announcements.create(
            title=form.cleaned_data["title"],
            purpose=form.cleaned_data["purpose"],
            texts=form.texts(),
            useless_after=form.useless_after(),
            by=request.user,
            now=now,
        )
        return redirect("desk_staff:announcement_audience", pk=draft.pk)
    return render(request, "desk/staff/announcement_words.html", {"form": form})


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of an announcement that is there already."""
    announcement = get_object_or_404(Announcement, pk=pk)
    posted = request.method == "POST"
    form = WordsForm(
        request.POST if posted else None, initial=words_of(announcement), now=timezone.now()
    )
    if posted and form.is_valid():
        try:
            announcements.write(
                announcement=announcement,
                title=form.cleaned_data["title"],
                purpose=form.cleaned_data["purpose"],
                texts=form.texts(),
                useless_after=form.useless_after(),
                by=request.user,
            )
        except AlreadyOnItsWay as refusal:
            return _on_its_way(request, announcement, refusal)
        return redirect("desk_staff:announcement_audience", pk=pk)
    context = {"form": form, "announcement": announcement, "approved": _approved(announcement)}
    return render(request, "desk/staff/announcement_words.html", context)


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: StaffRequest, pk: int) -> HttpResponse:
    """Whom it is for."""
    announcement = get_object_or_404(Announcement, pk=pk)
    described = Audience.from_json(announcement.audience)
    posted = request.method == "POST"
    form = AudienceForm(
        request.POST if posted else None,
        initial=announcement.audience,
        session=described.session,
    )
    if posted and form.is_valid():
        try:
            announcements.describe(
                announcement=announcement, audience=form.audience(), by=request.user
            )
        except AlreadyOnItsWay as refusal:
            return _on_its_way(request, announcement, refusal)
        return redirect("desk_staff:announcement_check", pk=pk)
    context: dict[str, Any] = {
        "form": form,
        "announcement": announcement,
        "approved": _approved(announcement),
        "session": ClassSession.objects.to_show().filter(pk=described.session or 0).first(),
    }
    return render(request, "desk/staff/announcement_audience.html", context)


def _approved(announcement: Announcement) -> bool:
    """Whether somebody's work is undone by a change."""
    return announcement.state in {Announcement.State.WAITING, Announcement.State.SCHEDULED}


def _on_its_way(
    request: StaffRequest, announcement: Announcement, refusal: Exception
) -> HttpResponse:
    notices.error(request, str(refusal))
    return redirect("desk_staff:announcement", pk=announcement.pk)
