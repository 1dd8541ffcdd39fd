"""Classes as iCalendar files (RFC 5545): for who subscribes to them, and for who goes to one.

A class keeps its UID for ever; each change raises its SEQUENCE, and one that is called off stays
in the feed with STATUS:CANCELLED. So a calendar changes the entry it has and makes no second one.
Nothing here says who comes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from outreach.classes.models import ClassSession
from outreach.classes.templatetags.class_words import plain_text

CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a calendar that subscribes should look again.
REFRESH = timedelta(hours=1)


def feed(sessions: Iterable[ClassSession], *, name: str, now: datetime) -> bytes:
    """A calendar to subscribe to, in the reader's language."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for session in sessions:
        event = _event(session, is_off=_is_off(session), sequence=session.sequence, now=now)
        event.add("url", f"{settings.SITE_URL}{reverse('classes:register', args=[session.pk])}")
        calendar.add_component(event)
    return calendar.to_ical()


def entry(days: Iterable[tuple[ClassSession, bool, int]], *, now: datetime) -> bytes:
    """Each day for the calendar of somebody who comes on it; else what takes it out again.

    With each day stands whether they come, and how often they have given back a seat on it, this
    time included. There is no link: who comes has registered, and their own page is nobody else's.
    """
    events = [(session, given, _is_off(session) or not comes) for session, comes, given in days]
    calendar = _calendar("CANCEL" if all(is_off for *_day, is_off in events) else "PUBLISH")
    for session, given_back, is_off in events:
        # Giving the seat back and coming after all change this calendar, though not the class: a
        # calendar would leave aside what has a lower number than before.
        sequence = session.sequence + 2 * given_back - bool(given_back and is_off)
        calendar.add_component(_event(session, is_off=is_off, sequence=sequence, now=now))
    return calendar.to_ical()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.CITY_NAME}//Todoke//{(get_language() or 'ja').upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _event(session: ClassSession, *, is_off: bool, sequence: int, now: datetime) -> Event:
    title = plain_text(session.course, "title")
    event = Event()
    event.add("uid", f"class-session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    # Some calendars show a cancelled entry like any other.
    event.add("summary", _("Called off: %(class)s") % {"class": title} if is_off else title)
    event.add("location", _place(session))
    event.add("description", _about(session))
    return event


def _is_off(session: ClassSession) -> bool:
    return session.state == ClassSession.State.CALLED_OFF


def _place(session: ClassSession) -> str:
    parts = (plain_text(session.venue, name) for name in ("name", "address"))
    return ", ".join(part for part in parts if part)


def _about(session: ClassSession) -> str:
    bring = plain_text(session.course, "bring")
    lines = [
        plain_text(session.course, "summary"),
        _("What to bring: %(things)s") % {"things": bring} if bring else "",
        plain_text(session.venue, "access"),
        _("Phone: %(phone)s") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    ]
    return "\n".join(line for line in lines if line)
