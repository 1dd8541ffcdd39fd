"""Prepare an announcement of a class: its words are written, its audience is known."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import override

from notifications import texts
from notifications.models import Announcement, Contact
from outreach.classes.models import ClassSession
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import Written
from outreach.desk.audiences import CLASS_NEWS
from outreach.desk.rules.audiences import Audience

TEMPLATE = "classes/messages/news"


class NothingToAnnounce(Exception):
    """Nobody could register for the class any more."""


def prepare(*, session: ClassSession, by: User, now: datetime) -> Announcement:
    """A draft about a class, to check and send; a draft of the same person is returned again.

    Raises NothingToAnnounce.
    """
    if session.closed_because(now=now):
        raise NothingToAnnounce(
            _("This class is full, has begun or was called off, so there is nothing to announce.")
        )
    about = Audience(session=session.pk)
    already = Announcement.objects.filter(
        state=Announcement.State.DRAFT, audience=about.to_json(), created_by=by
    ).first()
    if already is not None:
        return already
    written = list(_texts(session))
    return announcements.create(
        title=_title(written),
        purpose=CLASS_NEWS,
        texts=written,
        by=by,
        now=now,
        useless_after=session.starts_at,
        audience=about,
    )


def _title(written: list[Written]) -> str:
    subject = next(text.subject for text in written if text.language == settings.LANGUAGE_CODE)
    return subject[: Announcement._meta.get_field("title").max_length]


def _texts(session: ClassSession) -> Iterator[Written]:
    for code, _name in settings.LANGUAGES:
        reader = Contact(language=code)
        with override(code):
            short, long = (
                texts.render(
                    contact=reader, template=TEMPLATE, channel=channel, context={"session": session}
                )
                for channel in (Contact.Channel.SMS, Contact.Channel.EMAIL)
            )
        if short.language == long.language == code:
            yield Written(code, short.body, long.subject, long.body)
