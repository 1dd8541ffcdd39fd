"""Counters and mobile desks as residents see them: where, when, how much is free; and booking."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications.links import UnknownToken, contact_of_token, my_url
from outreach.people.models import Person
from outreach.reception.calendar_files import entry_file
from outreach.reception.documents import documents_for
from outreach.reception.forms.questionnaire import BookingQuestionnaire
from outreach.reception.links import UnknownConfirmation, appointment_of
from outreach.reception.models import Appointment, ReceptionPoint
from outreach.reception.openings import points_and_days
from outreach.reception.views.booking import Booking

# As long as the pages of the site: seats are words here, and the truth is decided at booking.
SECONDS_FRESH = 60
NOT_FOUND = 404


@require_safe
@cache_control(public=True, max_age=SECONDS_FRESH)
def counters(request: HttpRequest) -> HttpResponse:
    """Every point with its next days; kept for everybody."""
    return _list(request)


@never_cache
@require_safe
def counters_of(request: HttpRequest, token: str) -> HttpResponse:
    """The same for somebody who came from their own page: their name is not asked again."""
    _known(token)
    return _unindexed(_list(request, token=token))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, point_pk: int) -> HttpResponse:
    """The way to a time at one point."""
    return _book(request, point_pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book_of(request: HttpRequest, token: str, point_pk: int) -> HttpResponse:
    """The same for somebody the city knows by their own signed link."""
    return _unindexed(_book(request, point_pk, known=_known(token)))


@never_cache
@require_safe
def booked(request: HttpRequest, token: str) -> HttpResponse:
    """What a resident keeps: reference, day, place, what to bring. The link can be bookmarked."""
    try:
        appointment = appointment_of(token)
    except UnknownConfirmation:
        return render(request, "desk/unknown_link.html", status=NOT_FOUND)
    context = {
        "appointment": appointment,
        "day": appointment.day,
        "documents": documents_for(appointment.service),
        "token": token,
        "own_page": _own_page(appointment),
    }
    return render(request, "reception/booked.html", context)


@never_cache
@require_safe
def own_entry(request: HttpRequest, token: str) -> HttpResponse:
    """The appointment of a confirmation page, for the person's own calendar."""
    try:
        appointment = appointment_of(token)
    except UnknownConfirmation:
        raise Http404 from None
    return entry_file(appointment, now=timezone.now())


def _list(request: HttpRequest, *, token: str = "", status: int = 200) -> HttpResponse:
    points = points_and_days(now=timezone.now())
    context = {"points": points, "token": token, "is_unknown": status == NOT_FOUND}
    return render(request, "reception/counters.html", context, status=status)


def _book(request: HttpRequest, point_pk: int, *, known: Person | None = None) -> HttpResponse:
    now = timezone.now()
    point = ReceptionPoint.objects.open_to_residents().filter(pk=point_pk).first()
    if point is None or not point.services:
        return _list(request, status=NOT_FOUND)
    asked = BookingQuestionnaire(request.POST, point=point, now=now, known=known)
    return Booking(request, asked, now).answer()


def _known(token: str) -> Person:
    """Whose own page the link belongs to. Raises Http404 where it belongs to nobody who comes."""
    try:
        contact = contact_of_token(token)
        return Person.objects.get(contact=contact)
    except (UnknownToken, Person.DoesNotExist):
        raise Http404 from None


def _own_page(appointment: Appointment) -> str:
    """The address of the page of whoever filled in the form; empty if that is not certain.

    Who types somebody else's name and number must not get to see that person's own page.
    """
    if appointment.asked_by is not None:
        return my_url(appointment.asked_by)
    return my_url(appointment.person.contact) if appointment.made_the_contact else ""


def _unindexed(response: HttpResponse) -> HttpResponse:
    """No search engine keeps a page that belongs to one person."""
    response["X-Robots-Tag"] = "noindex"
    return response
