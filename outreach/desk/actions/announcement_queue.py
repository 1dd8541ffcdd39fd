"""Bring planned announcements into the outbox: the worker's part."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.actions import announcements
from notifications.announcement_words import Words
from notifications.models import Announcement
from notifications.reasons import TOO_LATE, in_house_language
from outreach.classes.models import ClassSession
from outreach.desk.actions.announcements import fingerprint, needs_another
from outreach.desk.audiences import chunk, reached
from outreach.desk.rules.audiences import Audience
from outreach.desk.ways import Ways

logger = logging.getLogger(__name__)

# People in one transaction: quick, and nobody else waits for long.
CHUNK = 4000

CLASS_CLOSED = _("The class is full, has begun or was called off.")

_State = Announcement.State


def _never() -> bool:
    return False


def queue_scheduled(*, now: datetime, stop: Callable[[], bool] = _never) -> int:
    """Queue what is due, a few thousand people in a transaction; says how many messages.

    Killed at any point, it goes on with the next person when it is called again. Of several
    processes one works on an announcement at a time. `stop` is asked between transactions. Must
    not be called inside a transaction.
    """
    queued = 0
    for announcement in Announcement.objects.to_queue(now=now):
        try:
            queued += _queue_all(announcement, now=now, stop=stop)
        except Exception:
            # One that cannot be queued must not hold up those after it.
            logger.exception("%s could not be queued; it is tried again later.", announcement)
    return queued


def _queue_all(announcement: Announcement, *, now: datetime, stop: Callable[[], bool]) -> int:
    if announcement.state == _State.SCHEDULED:
        _begin(announcement, now=now)
    words, ways = Words(announcement), Ways()
    total = 0
    while not stop():
        queued = _queue_some(announcement, words=words, ways=ways, now=now)
        if queued is None:
            break
        total += queued
    return total


def _begin(announcement: Announcement, *, now: datetime) -> None:
    """Judge it once more at its time: much can have changed since it was planned."""
    seen, people = fingerprint(announcement), reached(announcement, now=now).people
    with transaction.atomic():
        locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if locked.state != _State.SCHEDULED or fingerprint(locked) != seen:
            return
        locked.expected = people
        reason = _pointless(locked, now=now)
        if reason:
            locked.state, locked.stopped_at = _State.STOPPED, now
            locked.reason = in_house_language(reason)
        else:
            locked.state = _State.WAITING if needs_another(locked) else _State.QUEUEING
        locked.save()


def _pointless(announcement: Announcement, *, now: datetime) -> str | Promise:
    if announcement.useless_after is not None and announcement.useless_after <= now:
        return TOO_LATE
    about = Audience.from_json(announcement.audience).session
    session = ClassSession.objects.filter(pk=about).first() if about else None
    return CLASS_CLOSED if session and session.closed_because(now=now) else ""


@transaction.atomic(durable=True)
def _queue_some(
    announcement: Announcement, *, words: Words, ways: Ways, now: datetime
) -> int | None:
    """The next few thousand; None when nobody is left, or it is not to be queued any more."""
    locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if locked.state != _State.QUEUEING:
        return None
    last, recipients = chunk(locked, ways=ways, after=locked.queued_up_to, size=CHUNK, now=now)
    if last is None:
        locked.state = _State.QUEUED
        locked.save(update_fields=["state"])
        return None
    queued = announcements.queue(announcement=locked, recipients=recipients, words=words, now=now)
    locked.queued_up_to = last
    locked.save(update_fields=["queued_up_to"])
    return queued
