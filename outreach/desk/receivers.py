"""What is closed in the rooms above people when somebody has moved away or died."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from notifications import reasons
from notifications.actions.recalls import recall
from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.models import Registration
from outreach.people.models import Person
from outreach.people.signals import person_left
from outreach.reception.actions import appointments
from outreach.reception.models import Appointment
from outreach.visits.actions import requests
from outreach.visits.models import VisitRequest


def listen() -> None:
    """Connect the receiver."""
    person_left.connect(close_what_is_open, dispatch_uid="desk:close_what_is_open")


def close_what_is_open(*, person: Person, status: str, by: User, now: datetime, **_: Any) -> None:
    """Give places in classes to come and times at counters to others, and end visit requests.

    The person is told nothing. Who asked for somebody who has died is told nothing by a machine
    either: a colleague speaks to them.
    """
    unspoken: set[int | None] = {person.contact_id}
    askers: set[int | None] = set()
    # By class, as they are held everywhere.
    places = person.registrations.filter(state__in=Registration.STANDING, session__ends_at__gt=now)
    for registration in places.order_by("session_id"):
        registrations.cancel(registration=registration, now=now, by=by)
        askers.add(registration.asked_by_id)
    for request in person.visit_requests.filter(state__in=VisitRequest.STANDING):
        requests.close(request=request, now=now, by=by)
        askers.add(request.asked_by_id)
    for appointment in Appointment.objects.standing().filter(person=person):
        appointments.cancel(appointment=appointment, now=now, by=by)
        askers.add(appointment.asked_by_id)
    if status == Person.Status.DECEASED:
        unspoken |= askers
    just_now = Message.objects.filter(contact__in=unspoken - {None}, queued_at=now)
    recall(just_now, reason=reasons.CLOSED, now=now)
