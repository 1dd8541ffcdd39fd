"""Calendars to subscribe to, and the entry of somebody's own class."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from outreach.classes.calendar_files import CONTENT_TYPE, entry, feed
from outreach.classes.links import UnknownConfirmation, registration_of
from outreach.classes.models import ClassSession, Course, Registration
from outreach.classes.templatetags.class_words import plain_text

# So long a class that was held, or called off, stays in the feeds.
SHOWN_AFTERWARDS = timedelta(days=30)
KEPT = 900

keepable = cache_control(public=True, max_age=KEPT)


@require_safe
@keepable
def all_classes(request: HttpRequest) -> HttpResponse:
    """Every class for residents, in the language of `?lang=`, in Japanese without it."""
    with translation.override(_language(request)):
        return _feed(_("Smartphone classes"))


@require_safe
@keepable
def one_course(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of one course."""
    course = get_object_or_404(Course, slug=slug, audience=Course.Audience.RESIDENTS)
    with translation.override(_language(request)):
        return _feed(plain_text(course, "title"), course=course)


@never_cache
@require_safe
def own_entry(request: HttpRequest, token: str) -> HttpResponse:
    """The class of a confirmation page; takes the entry out once the seat is given back."""
    try:
        registration = registration_of(token)
    except UnknownConfirmation:
        raise Http404 from None
    return entry_file(registration)


def entry_file(registration: Registration) -> HttpResponse:
    """The class somebody registered for, or all days of a series, as a file for their calendar."""
    days = [
        (row.session, row.state == Registration.State.REGISTERED, _given_back(row))
        for row in Registration.objects.all_days_of(registration)
    ]
    words = entry(days, now=timezone.now())
    return _file(words, f"class-{registration.session_id}.ics")


def _given_back(registration: Registration) -> int:
    """How often the person has given back a seat in this class, up to this registration."""
    return Registration.objects.filter(
        session=registration.session_id,
        person=registration.person_id,
        state=Registration.State.CANCELLED,
        pk__lte=registration.pk,
    ).count()


def _feed(name: str, **only: Course) -> HttpResponse:
    now = timezone.now()
    sessions = (
        ClassSession.objects.to_show()
        .for_residents()
        .filter(ends_at__gt=now - SHOWN_AFTERWARDS, **only)
        .order_by("starts_at", "pk")
    )
    return _file(feed(sessions, name=name, now=now), "classes.ics")


def _file(words: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(words, content_type=CONTENT_TYPE, headers=headers)


def _language(request: HttpRequest) -> str:
    """The language asked for, if the site speaks it."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
