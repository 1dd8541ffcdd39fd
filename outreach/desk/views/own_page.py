"""The resident's own page: see and cancel, with no log-in but the signed link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mynumber.actions import reminders
from notifications.links import UnknownToken, contact_of_short_token, contact_of_token, my_url
from notifications.models import Contact
from outreach.classes.actions import offers, registrations
from outreach.classes.actions.offers import OfferGone
from outreach.classes.models import Registration
from outreach.classes.views.calendars import entry_file
from outreach.desk.own_page import own_page, own_registrations, own_reminders, own_requests
from outreach.visits.actions import requests
from outreach.visits.actions.requests import RequestSettled

# What the page says after something was done, or cancelled.
DONE = {
    "confirmed": _("Thank you. We come on the day of the visit."),
    "another-day": _("Nobody comes on that day. The city calls you to agree on a new one."),
    "accepted": _("The seat in the class is yours. We look forward to seeing you."),
    "declined": _("Thank you for telling us. The next person can have the seat."),
    "needs": _("Your changes are stored."),
    "waits": _("You gave your seat back and wait for one with a smartphone to borrow."),
}
CANCELLED = {
    "appointment": _("The appointment is cancelled. The next person can have the time."),
    "registration": _("Your seat in the class is cancelled. The next person can have it."),
    "request": _("The home visit is cancelled. Nobody will come."),
    "reminder": _("The reminder is cancelled. We no longer write to you about this date."),
}


def only_by_post(cancel: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing is cancelled by opening an address: whoever lands there sees their page instead.

    Choosing another language or reloading after a refusal leads there.
    """

    @wraps(cancel)
    def guarded(request: HttpRequest, token: str, pk: int) -> HttpResponse:
        if request.method != "POST":
            return redirect("my", token=token)
        return cancel(request, token, pk)

    return guarded


@never_cache
@require_safe
def my(request: HttpRequest, token: str) -> HttpResponse:
    """What lies ahead of the person the link belongs to."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    notice = CANCELLED.get(request.GET.get("cancelled", "")) or DONE.get(
        request.GET.get("done", "")
    )
    return page_of(request, contact, token=token, notice=notice)


@never_cache
@require_safe
def from_message(request: HttpRequest, token: str) -> HttpResponse:
    """The short address of an SMS leads to the page, in the language of the SMS."""
    try:
        contact = contact_of_short_token(token)
    except UnknownToken:
        return unknown_link(request)
    return unindexed(redirect(my_url(contact)))


@never_cache
@only_by_post
def cancel_registration(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Give back a seat of this contact's."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    now = timezone.now()
    registration = get_object_or_404(own_registrations(contact), pk=pk)
    if registration.session.ends_at <= now:  # a page from before the class, still open
        return redirect("my", token=token)
    registrations.cancel(registration=registration, now=now)
    return back(token, "registration")


@never_cache
@only_by_post
def accept_offer(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Take the place that was offered; when it has gone, say so kindly."""
    return _answer_offer(request, token, pk, offers.accept, done="accepted")


@never_cache
@only_by_post
def decline_offer(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Give the place that was offered to the next in line."""
    return _answer_offer(request, token, pk, offers.decline, done="declined")


@never_cache
def registration_entry(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The class as a file for the person's own calendar."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    return unindexed(entry_file(get_object_or_404(own_registrations(contact), pk=pk)))


@never_cache
@only_by_post
def cancel_request(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Take back a visit request of this contact's."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    visit_request = get_object_or_404(own_requests(contact), pk=pk)
    try:
        requests.cancel(request=visit_request, now=timezone.now())
    except RequestSettled as refusal:
        return page_of(request, contact, token=token, refusal=str(refusal), status=409)
    return back(token, "request")


@never_cache
@only_by_post
def cancel_reminder(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """End a reminder of this contact's."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    reminder = get_object_or_404(own_reminders(contact), pk=pk)
    reminders.cancel(reminder=reminder, now=timezone.now())
    return back(token, "reminder")


def _answer_offer(
    request: HttpRequest,
    token: str,
    pk: int,
    answer: Callable[..., Registration],
    *,
    done: str,
) -> HttpResponse:
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    registration = get_object_or_404(own_registrations(contact), pk=pk)
    try:
        answer(registration=registration, now=timezone.now())
    except OfferGone as refusal:
        return page_of(request, contact, token=token, refusal=str(refusal), status=409)
    return HttpResponseRedirect(f"{reverse('my', kwargs={'token': token})}?done={done}")


def page_of(
    request: HttpRequest, contact: Contact, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The own page, perhaps with what was just done or refused."""
    page = own_page(contact, now=timezone.now())
    return unindexed(
        render(
            request,
            "desk/my.html",
            {"contact": contact, "page": page, **context},
            status=status,
        )
    )


def unknown_link(request: HttpRequest) -> HttpResponse:
    """The link is not one of ours, or its person is no longer on record."""
    return unindexed(render(request, "desk/unknown_link.html", status=404))


def back(token: str, what: str) -> HttpResponse:
    """To the own page, which says what has been cancelled."""
    address = reverse("my", kwargs={"token": token})
    return HttpResponseRedirect(f"{address}?cancelled={what}")


def unindexed(response: HttpResponse) -> HttpResponse:
    """No search engine keeps a page that belongs to one person."""
    response["X-Robots-Tag"] = "noindex"
    return response
