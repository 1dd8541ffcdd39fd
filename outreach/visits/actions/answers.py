"""A filled-in form becomes people, ways to reach them, and a request: all of it or nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction

from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.places.models import District
from outreach.visits.actions import askers, requests
from outreach.visits.models import VisitRequest

# The answers that are kept as the conditions of a request.
CONDITIONS = (
    *("event", "staying", "moved_recently", "mail_forwarding"),
    *("identity", "voice", "companion", "access"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What somebody said about a visit, read and found complete; on the web or on the phone."""

    relation: str
    name: str
    topic: str
    kana: str = ""
    birth_year: int | None = None
    district: District | None = None
    phone: Phone | None = None
    email: str = ""
    address: str = ""
    asker_name: str = ""
    asker_phone: Phone | None = None
    asker_email: str = ""
    expires_on: date | None = None
    stay_until: date | None = None
    event: str = ""
    staying: str = ""
    moved_recently: bool | None = None
    mail_forwarding: bool | None = None
    identity: str = ""
    voice: str = ""
    companion: str = ""
    access: str = ""
    parking: bool | None = None
    wishes: str = ""

    @property
    def conditions(self) -> dict[str, Any]:
        """What was answered about the person and the house."""
        return {name: getattr(self, name) for name in CONDITIONS}

    @property
    def is_for_another(self) -> bool:
        return self.relation != VisitRequest.Relation.SELF


def receive(
    *,
    answers: Answers,
    submission: UUID,
    how: str,
    language: str,
    now: datetime,
    by: User | None = None,
) -> VisitRequest:
    """Note the people, the ways to reach them and the request; the same form sent twice is one.

    Somebody who goes back and asks for a neighbour sends the same submission with other answers:
    that is a second request.
    """
    submission = uuid5(submission, repr(answers))
    if earlier := VisitRequest.objects.filter(submission=submission).first():
        return earlier
    with transaction.atomic():
        person = _person(answers, language, by)
        request = requests.ask(
            person=person,
            relation=answers.relation,
            asked_by=_asker(answers, language, by),
            topic=answers.topic,
            submission=submission,
            how=how,
            now=now,
            expires_on=answers.expires_on,
            stay_until=answers.stay_until,
            conditions=answers.conditions,
            parking=answers.parking,
            wishes=answers.wishes,
            by=by,
        )
        if request.person_id != person.pk:
            # A second click that ran beside the first: leave no second person behind.
            transaction.set_rollback(True)
    return request


def _person(answers: Answers, language: str, by: User | None) -> Person:
    return people.identify(
        name=answers.name,
        kana=answers.kana,
        birth_year=answers.birth_year,
        district=answers.district,
        phone=answers.phone,
        email=answers.email,
        post=answers.address,
        language=language,
        by=by,
    )


def _asker(answers: Answers, language: str, by: User | None) -> Contact | None:
    """A contact of the asker's own; what was typed about one counts only if there is one."""
    if not answers.is_for_another:
        return None
    return askers.identify(
        name=answers.asker_name,
        language=language,
        phone=answers.asker_phone,
        email=answers.asker_email,
        by=by,
    )
