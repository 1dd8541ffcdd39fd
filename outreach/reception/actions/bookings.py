"""Take everything one form says: who it is and the time, all of it or nothing."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import contacts
from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.reception.actions import appointments
from outreach.reception.models import Appointment, OpeningDay, Relation


def take(
    *,
    day: OpeningDay,
    starts_at: datetime,
    service: str,
    submission: UUID,
    name: str,
    kana: str = "",
    birth_year: int | None = None,
    phone: Phone | None = None,
    email: str = "",
    language: str,
    relation: str = Relation.SELF,
    asker_name: str = "",
    asker_phone: Phone | None = None,
    asker_email: str = "",
    how: str,
    now: datetime,
    by: User | None = None,
) -> Appointment:
    """Book for whom a form describes; the same `submission` twice is one appointment.

    Raises what `appointments.book` raises.
    """
    if earlier := Appointment.objects.filter(submission=submission).first():
        return earlier
    with transaction.atomic():
        person = people.identify(
            name=name,
            kana=kana,
            birth_year=birth_year,
            phone=phone,
            email=email,
            language=language,
            by=by,
        )
        appointment = appointments.book(
            day=day,
            service=service,
            starts_at=starts_at,
            person=person,
            submission=submission,
            asked_by=_asker(relation, asker_name, asker_phone, asker_email, language),
            relation=relation,
            how=how,
            now=now,
            by=by,
        )
        if appointment.person_id != person.pk:
            # A second click that ran beside the first: leave no second person behind.
            transaction.set_rollback(True)
    return appointment


def take_known(
    *,
    person: Person,
    day: OpeningDay,
    starts_at: datetime,
    service: str,
    submission: UUID,
    now: datetime,
) -> Appointment:
    """Book for somebody who came by their own signed link. Raises what `book` raises."""
    return appointments.book(
        day=day,
        service=service,
        starts_at=starts_at,
        person=person,
        submission=submission,
        how=Appointment.How.WEB,
        now=now,
    )


def _asker(
    relation: str, name: str, phone: Phone | None, email: str, language: str
) -> Contact | None:
    """A contact of the asker's own; what was typed about one counts only if there is one."""
    if relation == Relation.SELF:
        return None
    return contacts.record(name=name, language=language, phone=phone, email=email)
