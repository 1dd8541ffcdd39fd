"""A visitor's days for their own calendar. It says when and in which district, and nobody's name.

A calendar program cannot log in, so the address is signed. It ends with the password it was made
under, and shows nothing once the visitor may not go on visits any more.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import b64_encode
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from outreach.visits.models import Visit
from outreach.visits.told_hours import hours_to_tell


class UnknownFeed(Exception):
    """The address is not one of ours, or its owner goes on no visits any more."""


def feed_token(user: User) -> str:
    """What stands in the address of somebody's feed."""
    return f"{user.pk}.{_mark(user)}"


def feed_address(user: User) -> str:
    """The absolute address of somebody's feed, whichever host serves it."""
    path = reverse("visits_feed", urlconf=settings.PUBLIC_URLCONF, args=[feed_token(user)])
    return f"{settings.SITE_URL}{path}"


def visitor_of(token: str) -> User:
    """Whose feed it is. Raises UnknownFeed."""
    key = token.partition(".")[0]
    user = User.objects.filter(pk=int(key), is_active=True).first() if key.isdecimal() else None
    if user is None or not constant_time_compare(token, feed_token(user)):
        raise UnknownFeed("This address is not known.")
    if not user.has_perm("visits.record_outcome"):
        raise UnknownFeed("Its owner goes on no visits any more.")
    return user


def feed(visits: Iterable[Visit], *, now: datetime) -> bytes:
    """The visits as iCalendar entries (RFC 5545) without anything that tells whose they are."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.CITY_NAME}//Todoke//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for visit in visits:
        calendar.add_component(_event(visit, now))
    return calendar.to_ical()


def _event(visit: Visit, now: datetime) -> Event:
    begins, ends = hours_to_tell(visit)
    if visit.starts_at and visit.ends_at:
        begins, ends = visit.starts_at, visit.ends_at
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", _("Visit"))
    district = visit.request.person.district
    if district is not None and not visit.request.person.contact.protected:
        event.add("location", district.name)
    return event


def _mark(user: User) -> str:
    mac = salted_hmac("visits.calendar", f"{user.pk}:{user.password}", algorithm="sha256")
    return b64_encode(mac.digest()).decode()
