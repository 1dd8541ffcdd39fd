"""Take everything one form says: who it is, the seat, and whether they want news of classes."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import consents, contacts
from notifications.models import Contact
from notifications.rules.phones import Phone
from outreach.classes.actions import registrations
from outreach.classes.actions.registrations import NOTHING_TOLD
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.people.rules.names import as_katakana, comparable, tidy_name
from outreach.people.rules.references import new_reference
from outreach.places.models import District

CLASS_NEWS = "class-news"


def take(
    *,
    session: ClassSession,
    submission: UUID,
    name: str,
    kana: str = "",
    birth_year: int | None = None,
    district: District | None = None,
    phone: Phone | None = None,
    email: str = "",
    language: str,
    relation: str = Registration.Relation.SELF,
    asker_name: str = "",
    asker_phone: Phone | None = None,
    asker_email: str = "",
    note: str = "",
    needs_handset: bool = False,
    needs: Needs = NOTHING_TOLD,
    or_wait: bool = False,
    how: str,
    now: datetime,
    by: User | None = None,
    news_wording: str = "",
) -> Registration:
    """Register whom a form describes, all of it or nothing; the same form sent twice is one.

    `news_wording` is the sentence somebody agreed to who wants to hear of new classes; empty
    means they did not. Raises what `registrations.register` raises.
    """
    said = (session.pk, name, kana, birth_year, phone, email, relation, note, needs_handset, needs)
    submission = _of_answers(submission, said)
    if earlier := Registration.objects.filter(submission=submission).first():
        return earlier
    wanted = partial(
        Registration,
        session=session,
        submission=submission,
        relation=relation,
        how=how,
        registered_at=now,
        taken_by=by,
        note=note,
        needs_handset=needs_handset,
        **needs.told(),
    )

    def take_all(*, look_first: bool) -> Registration:
        asker = _asker(relation, asker_name, asker_phone, asker_email, language)
        told: dict[str, Any] = {"name": name, "kana": kana, "birth_year": birth_year}
        ways: dict[str, Any] = {"phone": phone, "email": email, "language": language}
        person = _who_comes(asker, told, ways, district=district, by=by)
        asked = wanted(person=person, asked_by=asker, reference=new_reference("C"))
        written = registrations.write(asked, now=now, or_wait=or_wait, look_first=look_first)
        if written.person_id != person.pk:
            # A second click that ran beside the first: leave no second person behind.
            transaction.set_rollback(True)
        elif news_wording:
            _keep_consent(written, news_wording, now=now)
        return written

    return registrations.once(take_all)


def _of_answers(submission: UUID, said: tuple[object, ...]) -> UUID:
    """One key for one form and one set of answers.

    Somebody who goes back and registers a neighbour sends the same form with another name: that
    is a second registration, and only the same answers again are a double click.
    """
    return uuid5(submission, repr(said))


def _who_comes(
    asker: Contact | None,
    told: dict[str, Any],
    ways: dict[str, Any],
    *,
    district: District | None,
    by: User | None,
) -> Person:
    """Who has neither telephone nor e-mail of their own may have been brought before."""
    own_way = ways["phone"] or ways["email"]
    known = None if asker is None or own_way else _brought_before(asker, **told)
    return known or people.known_or_new(**told, **ways, district=district, by=by)


def _asker(
    relation: str, name: str, phone: Phone | None, email: str, language: str
) -> Contact | None:
    """A contact of the asker's own; what was typed about one counts only if there is one."""
    if relation == Registration.Relation.SELF:
        return None
    return contacts.record(name=name, language=language, phone=phone, email=email)


def _keep_consent(registration: Registration, wording: str, *, now: datetime) -> None:
    consents.give(
        contact=registration.person.contact,
        purpose=CLASS_NEWS,
        how=registration.how,
        wording=wording,
        now=now,
        by=registration.taken_by,
    )


def _brought_before(
    asker: Contact, *, name: str, kana: str, birth_year: int | None
) -> Person | None:
    """Whom the same telephone or address registered before under this name.

    Somebody who has neither is known by nothing else, and would be a new person each time.
    """
    before = (
        Registration.objects.filter(asked_by__points__in=asker.points.all())
        .select_related("person__contact")
        .order_by("pk")
    )
    people_before = (registration.person for registration in before)
    same = (
        person
        for person in people_before
        if comparable(person.name) == comparable(tidy_name(name))
        and _agree(comparable(person.kana), comparable(as_katakana(kana)))
        and _agree(person.birth_year, birth_year)
    )
    return next(same, None)


def _agree(known: object, told: object) -> bool:
    """Whether two facts do not contradict each other; one that is missing never does."""
    return not known or not told or known == told
