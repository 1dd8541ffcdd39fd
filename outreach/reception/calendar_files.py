"""An appointment as an iCalendar file (RFC 5545) for the person's own calendar.

It keeps its UID for ever and each change raises its SEQUENCE, so a calendar changes the entry it
has. Nothing here says who comes.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from outreach.reception.documents import documents_for
from outreach.reception.forms.booking import plain_name
from outreach.reception.models import Appointment

CONTENT_TYPE = "text/calendar; charset=utf-8"


def entry_file(appointment: Appointment, *, now: datetime) -> HttpResponse:
    """The file; it takes the entry out again once the appointment is cancelled."""
    return HttpResponse(
        entry(appointment, now=now),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'inline; filename="appointment.ics"'},
    )


def entry(appointment: Appointment, *, now: datetime) -> bytes:
    """One appointment in the reader's language."""
    is_off = appointment.state == Appointment.State.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.CITY_NAME}//Todoke//{(get_language() or 'ja').upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    event = Event()
    event.add("uid", f"appointment-{appointment.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    title = _("Counter: %(service)s") % {"service": appointment.get_service_display()}
    # Some calendars show a cancelled entry like any other.
    event.add("summary", _("Called off: %(class)s") % {"class": title} if is_off else title)
    event.add("location", plain_name(appointment.day.venue))
    event.add("description", "\n".join(_about(appointment)))
    calendar.add_component(event)
    return calendar.to_ical()


def _about(appointment: Appointment) -> list[str]:
    bring = [f"・{one}" for one in documents_for(appointment.service)]
    phone = [_("Phone: %(phone)s") % {"phone": settings.CITY_PHONE}] if settings.CITY_PHONE else []
    return [*bring, *phone]
