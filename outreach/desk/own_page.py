"""What belongs to one contact: all that the resident's own page may show and cancel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from mynumber.models import Reminder
from notifications.models import Contact
from outreach.classes.actions import offers
from outreach.classes.models import Offer, Registration
from outreach.people.models import Person
from outreach.reception.models import Appointment
from outreach.reception.models.appointment import AppointmentQuerySet
from outreach.visits.advice import documents_of
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.told_hours import hours_to_tell

# Registrations that ended with their class, and not because the person gave the seat back.
_LOST = Q(cancelled_at=F("session__called_off_at"))


@dataclass(frozen=True, slots=True)
class OwnClass:
    """One registration, for a day or for a whole series, and what can be answered about it."""

    registration: Registration
    offer: Offer | None
    may_change: bool  # until the class begins
    may_take: bool  # a place is free that is not kept for the line any more


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A request for a visit; what to have ready once its day is fixed."""

    request: VisitRequest
    visit: Visit | None
    hours: tuple[datetime, datetime] | None
    documents: list[str]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What lies ahead of one contact: classes, appointments, visits and reminders.

    Only somebody who comes themselves can book a counter from here without saying who they are.
    """

    classes: list[OwnClass]
    appointments: list[Appointment]
    requests: list[OwnVisit]
    reminders: list[Reminder]
    may_book: bool

    @property
    def is_empty(self) -> bool:
        return not (self.classes or self.appointments or self.requests or self.reminders)


def own_page(contact: Contact, *, now: datetime) -> OwnPage:
    """What is still to come, soonest first."""
    rows = (
        own_registrations(contact)
        .filter(Q(state__in=Registration.STANDING) | _LOST, session__ends_at__gt=now)
        .order_by("session__starts_at", "pk")
    )
    requests = own_requests(contact).filter(state__in=VisitRequest.STANDING)
    return OwnPage(
        classes=[_own_class(row, now) for row in once_each(rows)],
        appointments=list(own_appointments(contact).ahead(now=now)),
        requests=[_own_visit(row, now) for row in requests.order_by("asked_at", "pk")],
        reminders=list(
            own_reminders(contact).filter(cancelled_at=None).order_by("expires_on", "pk")
        ),
        may_book=Person.objects.filter(contact=contact).exists(),
    )


def once_each(rows: Iterable[Registration]) -> list[Registration]:
    """Of a whole series its first row alone: what is done to it is done to all its days."""
    seen: set[int] = set()
    first = []
    for row in rows:
        if row.whole_id is None or row.whole_id not in seen:
            first.append(row)
        if row.whole_id is not None:
            seen.add(row.whole_id)
    return first


def _own_class(registration: Registration, now: datetime) -> OwnClass:
    state = registration.state
    offered, waits = state == Registration.State.OFFERED, state == Registration.State.WAITING
    offer = Offer.objects.unanswered(registration) if offered else None
    return OwnClass(
        registration=registration,
        offer=offer,
        may_change=registration.session.starts_at > now,
        may_take=waits and offers.may_take(registration, now=now),
    )


def _own_visit(request: VisitRequest, now: datetime) -> OwnVisit:
    visit = next(iter(getattr(request, "visits_ahead")), None)  # noqa: B009  (prefetched)
    if visit is None:
        return OwnVisit(request, None, None, [])
    documents = documents_of(request, today=timezone.localdate(now), at_home=True)
    return OwnVisit(request, visit, hours_to_tell(visit), documents)


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
        .select_related("conditions")
        .filter(Q(person__contact=contact) | Q(asked_by=contact))
        .prefetch_related(ahead)
    )


def own_reminders(contact: Contact) -> QuerySet[Reminder]:
    """Reminders the person asked for, ended ones too."""
    return Reminder.objects.filter(contact=contact)
