"""What belongs to one contact: all that the resident's own page may show and cancel."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from mynumber.models import Reminder
from notifications.models import Contact
from outreach.classes.models import Offer, Registration
from outreach.people.models import Person
from outreach.reception.models import Appointment
from outreach.reception.models.appointment import AppointmentQuerySet
from outreach.visits.models import Visit, VisitRequest

# Registrations that ended with their class, and not because the person gave the seat back.
_LOST = Q(cancelled_at=F("session__called_off_at"))


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What lies ahead of one contact: classes, appointments, visits and reminders.

    Only somebody who comes themselves can book a counter from here without saying who they are.
    """

    registrations: list[Registration]
    appointments: list[Appointment]
    requests: list[VisitRequest]
    reminders: list[Reminder]
    may_book: bool

    @property
    def is_empty(self) -> bool:
        return not (self.registrations or self.appointments or self.requests or self.reminders)


def own_page(contact: Contact, *, now: datetime) -> OwnPage:
    """What is still to come, soonest first."""
    open_offers = Prefetch(
        "offers", queryset=Offer.objects.filter(answer=""), to_attr="open_offers"
    )
    registrations = (
        own_registrations(contact)
        .filter(Q(state__in=Registration.STANDING) | _LOST, session__ends_at__gt=now)
        .prefetch_related(open_offers)
    )
    requests = own_requests(contact).filter(state__in=VisitRequest.STANDING)
    return OwnPage(
        registrations=list(registrations.order_by("session__starts_at", "pk")),
        appointments=list(own_appointments(contact).ahead(now=now)),
        requests=list(requests.order_by("asked_at", "pk")),
        reminders=list(
            own_reminders(contact).filter(cancelled_at=None).order_by("expires_on", "pk")
        ),
        may_book=Person.objects.filter(contact=contact).exists(),
    )


def own_registrations(contact: Contact) -> QuerySet[Registration]:
    """Registrations of the person, and those they made for somebody else."""
    return Registration.objects.to_confirm().filter(
        Q(person__contact=contact) | Q(asked_by=contact)
    )


def own_appointments(contact: Contact) -> AppointmentQuerySet:
    """Appointments of the person, and those they booked for somebody else."""
    return Appointment.objects.to_confirm().filter(Q(person__contact=contact) | Q(asked_by=contact))


def own_requests(contact: Contact) -> QuerySet[VisitRequest]:
    """Visits to the person, and those they asked for on somebody's behalf."""
    ahead = Prefetch("visits", queryset=Visit.objects.ahead(), to_attr="visits_ahead")
    return (
        VisitRequest.objects.with_people()
        .filter(Q(person__contact=contact) | Q(asked_by=contact))
        .prefetch_related(ahead)
    )


def own_reminders(contact: Contact) -> QuerySet[Reminder]:
    """Reminders the person asked for, ended ones too."""
    return Reminder.objects.filter(contact=contact)
