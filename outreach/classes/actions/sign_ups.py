"""Take everything one form says: who it is, the seat, and whether they want news of classes."""

from datetime import datetime
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import consents
from notifications.rules.phones import Phone
from outreach.classes.actions import registrations
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people

CLASS_NEWS = "class-news"


@transaction.atomic
def take(
    *,
    session: ClassSession,
    submission: UUID,
    name: str,
    kana: str = "",
    phone: Phone | None = None,
    email: str = "",
    language: str,
    note: str = "",
    how: str,
    now: datetime,
    by: User | None = None,
    news_wording: str = "",
) -> Registration:
    """Register whom a form describes, all of it or nothing.

    `news_wording` is the sentence somebody agreed to who wants to hear of new classes; empty
    means they did not. Raises what `registrations.register` raises.
    """
    person = people.identify(
        name=name, kana=kana, phone=phone, email=email, language=language, by=by
    )
    registration = registrations.register(
        session=session,
        person=person,
        # Somebody who goes back and registers a neighbour sends the same form with another
        # name: that is a second registration, and only the same answers again are a double click.
        submission=uuid5(submission, f"{session.pk}\n{person.pk}\n{note}"),
        how=how,
        now=now,
        by=by,
        note=note,
    )
    if news_wording:
        consents.give(
            contact=person.contact,
            purpose=CLASS_NEWS,
            how=how,
            wording=news_wording,
            now=now,
            by=by,
        )
    return registration
