"""Take down what was said on the telephone or stands on a paper form, all of it or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import consents, contacts
from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.desk.caller import Caller
from outreach.people.actions import people, records
from outreach.people.actions.known_apart import keep_apart
from outreach.people.actions.records import Home
from outreach.people.models import Person
from outreach.reception.actions import appointments
from outreach.reception.models import Appointment, OpeningDay


@dataclass(frozen=True, slots=True)
class Booking:
    """What one call settles. `agreed` holds the sentence read aloud for each purpose agreed to."""

    caller: Caller
    session: ClassSession
    how: str
    needs_handset: bool = False
    needs: Needs = field(default_factory=Needs)
    note: str = ""
    relation: str = Registration.Relation.SELF
    asker_name: str = ""
    asker_phone: Phone | None = None
    agreed: Mapping[str, str] = field(default_factory=dict)
    # Keys of people on record of whom the officer has said that the caller is none.
    apart: Collection[int] = ()
    waits: bool = False  # the caller has agreed to wait in line

    @property
    def is_for_another(self) -> bool:
        return self.relation != Registration.Relation.SELF


@transaction.atomic
def take(*, booking: Booking, submission: UUID, by: User, now: datetime) -> Registration:
    """The seat or the number in line, with the person, the consents and who called.

    The same `submission` again is the same registration. Raises what `registrations.register`
    raises; SessionFull also when the caller has not agreed to wait.
    """
    earlier = Registration.objects.filter(submission=submission).first()
    if earlier is not None:
        return earlier
    person = _person(booking.caller, booking.asker_phone, apart=booking.apart, by=by, now=now)
    for purpose, wording in booking.agreed.items():
        consents.give(
            contact=person.contact,
            purpose=purpose,
            how=booking.how,
            wording=wording,
            now=now,
            by=by,
        )
    return registrations.register(
        session=booking.session,
        person=person,
        submission=submission,
        how=booking.how,
        now=now,
        by=by,
        asked_by=_asker(booking.caller, booking.asker_name, booking.asker_phone)
        if booking.is_for_another
        else None,
        relation=booking.relation,
        note=booking.note,
        needs_handset=booking.needs_handset,
        needs=booking.needs,
        or_wait=booking.waits,
    )


@transaction.atomic
def take_appointment(
    *,
    caller: Caller,
    day: OpeningDay,
    service: str,
    starts_at: datetime,
    relation: str,
    asker_name: str,
    asker_phone: Phone | None,
    submission: UUID,
    by: User,
    now: datetime,
) -> Appointment:
    """A time at a counter, with the person and who called.

    The same `submission` again is the same appointment. Raises what `appointments.book` raises.
    """
    earlier = Appointment.objects.filter(submission=submission).first()
    if earlier is not None:
        return earlier
    is_other = relation != Registration.Relation.SELF
    return appointments.book(
        day=day,
        service=service,
        starts_at=starts_at,
        person=_person(caller, asker_phone, by=by, now=now),
        submission=submission,
        how=Appointment.How.PHONE,
        now=now,
        by=by,
        asked_by=_asker(caller, asker_name, asker_phone) if is_other else None,
        relation=relation,
    )


def _person(
    caller: Caller,
    asker_phone: Phone | None,
    *,
    by: User,
    now: datetime,
    apart: Collection[int] = (),
) -> Person:
    # Who has no telephone of their own is reached by whoever called for them.
    phone = caller.phone or (None if caller.is_reachable else asker_phone)
    if caller.person is None:
        person = people.write_down(
            name=caller.name,
            kana=caller.kana,
            birth_year=caller.birth_year,
            district=caller.district,
            phone=phone,
            language=caller.language,
        )
        if caller.address:
            records.settle(person=person, home=Home(address=caller.address))
        others = Person.objects.on_record().filter(pk__in=apart)
        keep_apart(person=person, others=others, by=by, now=now)
        return person
    if phone:
        contact = caller.person.contact
        contacts.record(name=contact.name, language=contact.language, phone=phone, contact=contact)
    return caller.person


def _asker(caller: Caller, name: str, phone: Phone | None) -> Contact:
    return contacts.record(name=name, language=caller.language, phone=phone)
