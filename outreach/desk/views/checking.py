"""Check an announcement before it goes out: who gets it, what they read, what it costs."""

from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications.actions import announcement_tests
from notifications.actions.announcement_tests import NotAMobile
from notifications.actions.announcements import Recipient
from notifications.ceilings import prices
from notifications.models import Announcement, Contact
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import (
    AlreadyOnItsWay,
    ChangedMeanwhile,
    NobodyToTell,
    fingerprint,
)
from outreach.desk.announcement_check import check
from outreach.desk.announcement_labels import STATE_WORDS
from outreach.desk.audiences import recipients
from outreach.desk.forms.announcements import SendForm, TestSmsForm
from outreach.desk.message_words import CHANNEL_WORDS, purpose_word
from outreach.desk.views.announcements import may_announce
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord, Person
from outreach.people.staff import StaffRequest

ON_ONE_PAGE = 50


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def check_and_send(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything about it on one page; the button is at the end."""
    announcement = get_object_or_404(Announcement.objects.staff_list(), pk=pk)
    if announcement.state not in Announcement.OPEN:
        return redirect("desk_staff:announcement", pk=pk)
    if request.method != "POST":
        return _check_page(request, announcement)
    now = timezone.now()
    form = SendForm(request.POST, now=now, useless_after=announcement.useless_after)
    if not form.is_valid():
        return _check_page(request, announcement, send=form)
    try:
        sent = announcements.submit(
            announcement=announcement,
            seen=request.POST.get("seen", ""),
            send_at=form.send_at(),
            now=now,
        )
    except (AlreadyOnItsWay, ChangedMeanwhile, NobodyToTell) as refusal:
        form.add_error(None, str(refusal))
        return _check_page(request, announcement, send=form, status=409)
    if sent.state == Announcement.State.WAITING:
        notices.success(request, gettext("It waits for a colleague, who reads it and allows it."))
    else:
        notices.success(request, gettext("It goes out at its time. Here you see how far it is."))
    return redirect("desk_staff:announcement", pk=pk)


@never_cache
@may_announce
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: StaffRequest, pk: int) -> HttpResponse:
    """One SMS to one number, and back to the check."""
    announcement = get_object_or_404(Announcement.objects.staff_list(), pk=pk)
    if request.method != "POST":
        return redirect("desk_staff:announcement_check", pk=pk)
    form = TestSmsForm(request.POST)
    if not form.is_valid():
        return _check_page(request, announcement, test=form)
    try:
        announcement_tests.send(
            announcement=announcement,
            language=form.cleaned_data["language"],
            phone=form.cleaned_data["phone"],
            submission=_submission(request),
            by=request.user,
            now=timezone.now(),
        )
    except NotAMobile:
        form.add_error("phone", gettext("This number takes no SMS. Write the number of a mobile."))
        return _check_page(request, announcement, test=form)
    notices.success(
        request, gettext("The test is in the outbox and goes out next. Look at the mobile.")
    )
    return redirect("desk_staff:announcement_check", pk=pk)


@never_cache
@may_announce
@require_safe
def people(request: StaffRequest, pk: int) -> HttpResponse:
    """The very people, page by page; whoever looks leaves an access record."""
    announcement = get_object_or_404(Announcement, pk=pk)
    channel, language = request.GET.get("channel", ""), request.GET.get("language", "")
    number = max(1, int(request.GET.get("page", "1")) if _is_page(request) else 1)
    chosen = (
        one
        for one in recipients(announcement, now=timezone.now())
        if channel in ("", one.channel) and language in ("", one.language)
    )
    # One more than is shown says whether there is another page.
    first = (number - 1) * ON_ONE_PAGE
    shown = list(islice(chosen, first, first + ON_ONE_PAGE + 1))
    context = {
        "announcement": announcement,
        "lines": _lines(request, shown[:ON_ONE_PAGE]),
        "number": number,
        "first": first,
        "has_next": len(shown) > ON_ONE_PAGE,
        "channel": channel,
        "language": language,
        "channels": CHANNEL_WORDS,
        "languages": settings.LANGUAGES,
    }
    return render(request, "desk/staff/announcement_recipients.html", context)


def _submission(request: StaffRequest) -> UUID:
    """One per sending of the form, so that a double click is one SMS."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()


def _is_page(request: StaffRequest) -> bool:
    page = request.GET.get("page", "")
    return page.isascii() and page.isdigit() and len(page) < 6


def _lines(request: StaffRequest, shown: Iterable[Recipient]) -> list[dict[str, Any]]:
    shown = list(shown)
    contacts = Contact.objects.select_related("person__district").in_bulk(
        [one.contact for one in shown]
    )
    persons: list[Person] = [
        contact.person for contact in contacts.values() if hasattr(contact, "person")
    ]
    record_access(
        by=request.user,
        people=persons,
        action=AccessRecord.Action.SEARCH,
        screen="announcement/recipients",
        now=timezone.now(),
    )
    return [
        {
            "name": contacts[one.contact].name,
            "person": getattr(contacts[one.contact], "person", None),
            "language": one.language,
            "channel": CHANNEL_WORDS[Contact.Channel(one.channel)],
        }
        for one in shown
    ]


def _check_page(
    request: StaffRequest,
    announcement: Announcement,
    *,
    send: SendForm | None = None,
    test: TestSmsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    checked = check(announcement, now=now)
    writers = {announcement.created_by_id, announcement.changed_by_id}
    context = {
        "announcement": announcement,
        "state": STATE_WORDS[Announcement.State(announcement.state)],
        "purpose": purpose_word(announcement.purpose),
        "check": checked,
        "seen": fingerprint(announcement),
        "asks_a_colleague": checked.people > settings.ANNOUNCEMENT_APPROVAL_ABOVE,
        "ceiling": settings.ANNOUNCEMENT_APPROVAL_ABOVE,
        "price": prices().sms_part,
        "send": send or SendForm(now=now, useless_after=announcement.useless_after),
        "test": test or TestSmsForm(),
        "submission": uuid4(),
        # One of the two, for the summary of what is to be looked at again.
        "form": send or test,
        "may_approve": request.user.has_perm("people.approve_announcements"),
        "is_writer": request.user.pk in writers,
    }
    return render(request, "desk/staff/announcement_check.html", context, status=status)
