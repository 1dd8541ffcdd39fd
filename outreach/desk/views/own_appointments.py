"""An appointment at a counter, changed and cancelled on the resident's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications.links import UnknownToken, contact_of_token
from outreach.desk.own_page import own_appointments
from outreach.desk.views.own_page import back, only_by_post, page_of, unindexed, unknown_link
from outreach.reception.actions import appointments
from outreach.reception.actions.appointments import AppointmentEnded
from outreach.reception.calendar_files import entry_file
from outreach.reception.forms.questionnaire import BookingQuestionnaire
from outreach.reception.views.booking import Booking


@never_cache
@only_by_post
def cancel(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Give the time back."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    appointment = get_object_or_404(own_appointments(contact), pk=pk)
    try:
        appointments.cancel(appointment=appointment, now=timezone.now())
    except AppointmentEnded as refusal:
        return page_of(request, contact, token=token, refusal=str(refusal), status=409)
    return back(token, "appointment")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Another day or time at the same counter; the old one stands until it is chosen."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    now = timezone.now()
    appointment = get_object_or_404(own_appointments(contact).ahead(now=now), pk=pk)
    asked = BookingQuestionnaire(
        request.POST, point=appointment.day.point, now=now, moving=appointment
    )
    return unindexed(Booking(request, asked, now).answer())


@never_cache
@require_safe
def entry(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The appointment as a file for the person's own calendar."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    appointment = get_object_or_404(own_appointments(contact), pk=pk)
    return unindexed(entry_file(appointment, now=timezone.now()))
