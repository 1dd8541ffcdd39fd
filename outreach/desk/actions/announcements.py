"""Tell people about a class."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from notifications.actions import messages
from outreach.classes.models import ClassSession
from outreach.desk.audiences import CLASS_NEWS, class_news_audience, news_stem
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord

TEMPLATE = "classes/messages/news"


class NothingToAnnounce(Exception):
    """Nobody could register for the class any more."""


def announce(*, session: ClassSession, by: User, now: datetime) -> int:
    """Queue news of a class for everybody who wants such news; returns for how many.

    Pressing twice sends once. One transaction for each person and not one for all, so that a
    long list holds up nobody else; after an interruption the rest follow when it is called again.
    Who sent it, and to whom, goes into the access record. Raises NothingToAnnounce.
    """
    if session.closed_because(now=now):
        raise NothingToAnnounce(
            _("This class is full, has begun or was called off, so there is nothing to announce.")
        )
    audience = class_news_audience(session=session, now=now)
    for recipient in audience:
        messages.enqueue(
            contact=recipient.contact,
            purpose=CLASS_NEWS,
            reference=f"{news_stem(session)}{recipient.contact.pk}",
            template=TEMPLATE,
            context={"session": session},
            now=now,
            useless_after=session.starts_at,
        )
    record_access(
        by=by,
        people=[one.contact.person for one in audience if hasattr(one.contact, "person")],
        action=AccessRecord.Action.SEARCH,
        screen="announcement",
        now=now,
    )
    return len(audience)
