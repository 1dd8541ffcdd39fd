"""A facility asks for several residents at once: one group, a person and a request for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.people.actions import people, records
from outreach.people.actions.records import Home
from outreach.people.models import CareFacility, Person, Residence
from outreach.people.rules.names import comparable
from outreach.people.rules.references import new_reference
from outreach.visits.actions import askers, notices, requests
from outreach.visits.models import RequestGroup, VisitRequest

REFERENCE_PREFIX = "G"


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupPerson:
    """One resident in the table."""

    name: str
    kana: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    language: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupAnswers:
    """What somebody said about several residents of a facility, read and found complete."""

    relation: str
    asker_name: str
    facility_name: str
    topic: str
    people: tuple[GroupPerson, ...]
    asker_phone: Phone | None = None
    asker_email: str = ""
    facility_address: str = ""
    parking: bool | None = None
    access: str = ""
    wishes: str = ""


def receive(
    *,
    answers: GroupAnswers,
    submission: UUID,
    how: str,
    language: str,
    now: datetime,
    by: User | None = None,
) -> RequestGroup:
    """Note the asker, the group, the people and their requests: all of it or nothing.

    The same form sent twice is one group. Raises ValidationError when a text holds a number that
    may not be kept.
    """
    submission = uuid5(submission, repr(answers))
    if earlier := RequestGroup.objects.filter(submission=submission).first():
        return earlier
    try:
        with transaction.atomic():
            return _write(answers, submission, how, language, now, by)
    except IntegrityError:
        # The second click arrived between the look above and the insert.
        if earlier := RequestGroup.objects.filter(submission=submission).first():
            return earlier
        raise


def _write(
    answers: GroupAnswers,
    submission: UUID,
    how: str,
    language: str,
    now: datetime,
    by: User | None,
) -> RequestGroup:
    asker = askers.identify(
        name=answers.asker_name,
        language=language,
        phone=answers.asker_phone,
        email=answers.asker_email,
        by=by,
    )
    group = RequestGroup.objects.create(
        reference=new_reference(REFERENCE_PREFIX),
        submission=submission,
        asked_by=asker,
        facility_name=answers.facility_name,
        facility_address=answers.facility_address,
        taken_by=by,
        asked_at=now,
    )
    conditions: Mapping[str, Any] = {
        "staying": VisitRequest.Relation.FACILITY,
        "access": answers.access,
    }
    for number, told in enumerate(answers.people):
        requests.ask(
            person=_person(told, asker, answers, language),
            relation=answers.relation,
            asked_by=asker,
            topic=answers.topic,
            submission=uuid5(submission, str(number)),
            how=how,
            now=now,
            conditions=conditions,
            parking=answers.parking,
            wishes="\n".join(filter(None, (told.notes, answers.wishes))),
            group=group,
            by=by,
        )
    notices.say_group_asked(group=group, count=len(answers.people), how=how, now=now)
    return group


@transaction.atomic
def link(*, group: RequestGroup, facility: CareFacility | None) -> None:
    """Say which facility on record asked. Who has no home on record lives there from now on.

    Somebody who was put into another facility by an earlier link is moved with the group; where
    people live stays when the link is taken away.
    """
    locked = RequestGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    earlier, locked.facility = locked.facility, facility
    locked.save(update_fields=["facility"])
    group.facility = facility
    if facility is None:
        return
    for person in Person.objects.filter(visit_requests__group=locked).select_related("residence"):
        home: Residence | None = getattr(person, "residence", None)
        if home is None:
            records.settle(person=person, home=Home(facility=facility))
        elif earlier and home.facility == earlier and not home.address:
            home.facility = facility
            home.save(update_fields=["facility"])


def _person(told: GroupPerson, asker: Contact, answers: GroupAnswers, language: str) -> Person:
    """Whom the same asker asked for before under this name, else somebody new."""
    asked_for = Person.objects.filter(visit_requests__asked_by=asker).distinct().order_by("pk")
    for person in asked_for:
        years = {year for year in (person.birth_year, told.birth_year) if year}
        if comparable(person.name) == comparable(told.name) and len(years) < 2:
            return person
    place = " ".join(filter(None, (answers.facility_address, answers.facility_name)))
    return people.identify(
        name=told.name,
        kana=told.kana,
        birth_year=told.birth_year,
        birth_date=told.birth_date,
        post=place,
        language=told.language or language,
    )
