"""Compose an announcement, have it allowed, send it, stop it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.announcements import drop_waiting
from notifications.models import Announcement, AnnouncementText
from notifications.text_guard import guard
from outreach.desk.audiences import reached
from outreach.desk.rules.audiences import Audience

_State = Announcement.State


class AlreadyOnItsWay(Exception):
    """The messages are being queued or have been; words and audience stand."""


class ChangedMeanwhile(Exception):
    """A colleague changed it after this page was shown."""


class NobodyToTell(Exception):
    """The audience is empty."""


class NotYours(Exception):
    """Who wrote an announcement cannot be the one who allows it."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one language as staff typed them."""

    language: str
    short: str = ""
    subject: str = ""
    long: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.short or self.subject or self.long)


@transaction.atomic
def create(
    *,
    title: str,
    purpose: str,
    texts: Iterable[Written],
    by: User,
    now: datetime,
    useless_after: datetime | None = None,
    audience: Audience | None = None,
) -> Announcement:
    """A draft. Raises ValidationError when a text holds a number that may not be kept."""
    guard(title)
    announcement = Announcement.objects.create(
        title=title,
        purpose=purpose,
        audience=(audience or Audience()).to_json(),
        useless_after=useless_after,
        created_at=now,
        created_by=by,
    )
    _keep_texts(announcement, texts)
    return announcement


@transaction.atomic
def write(
    *,
    announcement: Announcement,
    title: str,
    purpose: str,
    texts: Iterable[Written],
    useless_after: datetime | None,
    by: User,
) -> Announcement:
    """Change the words; an approval falls, and it is a draft again.

    Raises AlreadyOnItsWay, and ValidationError when a text holds a number that may not be kept.
    """
    guard(title)
    locked = _reopened(announcement, by)
    locked.title, locked.purpose, locked.useless_after = title, purpose, useless_after
    locked.save()
    _keep_texts(locked, texts)
    return locked


@transaction.atomic
def describe(*, announcement: Announcement, audience: Audience, by: User) -> Announcement:
    """Change whom it is for; an approval falls, and it is a draft again. Raises AlreadyOnItsWay."""
    locked = _reopened(announcement, by)
    locked.audience = audience.to_json()
    locked.save()
    return locked


@transaction.atomic
def withdraw(*, announcement: Announcement, by: User) -> Announcement:
    """Take a planned announcement back, as a draft. Raises AlreadyOnItsWay."""
    locked = _locked(announcement)
    _must_be_open(locked)
    _as_draft(locked)
    locked.save()
    return locked


def submit(
    *, announcement: Announcement, seen: str, now: datetime, send_at: datetime | None = None
) -> Announcement:
    """Send it, now or at a time; to more people than the ceiling only once a colleague allows it.

    `seen` is the `fingerprint` of what was on the screen. Raises NobodyToTell, ChangedMeanwhile
    and AlreadyOnItsWay.
    """
    # Counted before anything is locked: it takes a while in a large town.
    people = reached(announcement, now=now).people
    with transaction.atomic():
        locked = _as_seen(announcement, seen)
        _must_be_open(locked)
        if not people:
            raise NobodyToTell(_("This reaches nobody. Choose other people, or look why."))
        locked.expected, locked.send_at = people, max(send_at or now, now)
        locked.state = _State.WAITING if needs_another(locked) else _State.SCHEDULED
        locked.save()
    return locked


@transaction.atomic
def approve(*, announcement: Announcement, seen: str, by: User, now: datetime) -> Announcement:
    """A second person allows it; it goes out at its time.

    Raises NotYours for who wrote or changed it, ChangedMeanwhile when it is not what `seen` says,
    AlreadyOnItsWay when it is not waiting any more.
    """
    locked = _as_seen(announcement, seen)
    if locked.state != _State.WAITING:
        raise AlreadyOnItsWay(_("This announcement does not wait for anybody's yes."))
    if by.pk in {locked.created_by_id, locked.changed_by_id}:
        raise NotYours(_("You wrote this announcement. A colleague has to allow it."))
    locked.approved_by, locked.approved_at = by, now
    locked.state = _State.SCHEDULED
    locked.save()
    return locked


def stop(*, announcement: Announcement, by: User, now: datetime) -> int:
    """Stop it half-way: nothing more is queued, what waits is dropped; says how much that was.

    What has gone out stays. Raises AlreadyOnItsWay when there is nothing to stop.
    """
    with transaction.atomic():
        locked = _locked(announcement)
        if locked.state not in Announcement.ON_ITS_WAY:
            raise AlreadyOnItsWay(_("This announcement is not on its way."))
        locked.state, locked.stopped_by, locked.stopped_at = _State.STOPPED, by, now
        locked.save()
    return drop_waiting(announcement=locked, now=now, by=by)


def needs_another(announcement: Announcement) -> bool:
    """Whether it goes to so many that a second person must allow it, and none has."""
    many = announcement.expected > settings.ANNOUNCEMENT_APPROVAL_ABOVE
    return many and announcement.approved_by_id is None


def fingerprint(announcement: Announcement) -> str:
    """What somebody saw before they said yes: another one for any change of words or audience."""
    texts = announcement.texts.order_by("language").values_list(
        "language", "short", "subject", "long"
    )
    all_of_it = [
        announcement.title,
        announcement.purpose,
        announcement.audience,
        str(announcement.useless_after),
        list(texts),
    ]
    return sha256(json.dumps(all_of_it, sort_keys=True).encode()).hexdigest()


def _locked(announcement: Announcement) -> Announcement:
    return Announcement.objects.select_for_update().get(pk=announcement.pk)


def _as_seen(announcement: Announcement, seen: str) -> Announcement:
    locked = _locked(announcement)
    if fingerprint(locked) != seen:
        raise ChangedMeanwhile(
            _("A colleague changed this announcement meanwhile. Read it again before you decide.")
        )
    return locked


def _must_be_open(announcement: Announcement) -> None:
    if announcement.state not in Announcement.OPEN:
        raise AlreadyOnItsWay(_("This announcement is on its way or was stopped. Write a new one."))


def _reopened(announcement: Announcement, by: User) -> Announcement:
    locked = _locked(announcement)
    _must_be_open(locked)
    _as_draft(locked)
    locked.changed_by = by if by.pk != locked.created_by_id else locked.changed_by
    return locked


def _as_draft(announcement: Announcement) -> None:
    announcement.state = _State.DRAFT
    announcement.approved_by = announcement.approved_at = announcement.send_at = None
    announcement.reason = ""


def _keep_texts(announcement: Announcement, texts: Iterable[Written]) -> None:
    written: Mapping[str, Written] = {text.language: text for text in texts if not text.is_empty}
    announcement.texts.exclude(language__in=written).delete()
    for language, text in written.items():
        for words in (text.short, text.subject, text.long):
            guard(words)
        AnnouncementText.objects.update_or_create(
            announcement=announcement,
            language=language,
            defaults={"short": text.short, "subject": text.subject, "long": text.long},
        )
