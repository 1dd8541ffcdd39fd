"""Whom an announcement reaches, by which channel, and why others are left out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from notifications.actions.announcements import Recipient
from notifications.models import Announcement, Consent, Contact, ContactPoint, Message
from outreach.classes.models import Registration
from outreach.desk.described import described
from outreach.desk.key_set import KeySet
from outreach.desk.rules.audiences import Audience
from outreach.desk.ways import Attached, Unreachable, Ways

CLASS_NEWS = "class-news"
# Families share a telephone: it does not ring for each of them, nor for each announcement.
ONE_ANNOUNCEMENT_IN = timedelta(hours=24)
_READ_AT_ONCE = 5000

_TO_GO = (Message.State.QUEUED, Message.State.SENDING)
_NEVER_TOLD = (Message.State.DROPPED, Message.State.FAILED)


class LeftOut(StrEnum):
    """Why somebody who fits the description does not get the announcement."""

    DO_NOT_CONTACT = "do_not_contact"
    NO_CONSENT = "no_consent"
    REGISTERED = "registered"
    NO_WAY = "no_way"
    STOPPED = "stopped"
    PROTECTED = "protected"
    OTHER_CHANNEL = "other_channel"
    TOLD = "told"
    SHARED = "shared"


_WHY = {
    Unreachable.NO_WAY: LeftOut.NO_WAY,
    Unreachable.STOPPED: LeftOut.STOPPED,
    Unreachable.PROTECTED: LeftOut.PROTECTED,
}


def announcing_purposes() -> list[str]:
    """The purposes an announcement may have: those people agree to, except being called."""
    return [
        purpose
        for purpose, declared in settings.NOTIFICATION_PURPOSES.items()
        if declared["consent"] and purpose != settings.NOTIFICATION_AUTOMATIC_CALLS
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """How many people read an announcement in one language by one channel."""

    language: str
    channel: str
    people: int


@dataclass(frozen=True, slots=True)
class Reached:
    """An audience in numbers."""

    shares: list[Share]
    left_out: dict[LeftOut, int]

    @property
    def people(self) -> int:
        return sum(share.people for share in self.shares)


def reached(announcement: Announcement, *, now: datetime) -> Reached:
    """How many people an announcement would reach at `now`, and how many it leaves out, and why.

    Read as a stream: a hundred thousand people take no more memory than a hundred.
    """
    counts: Counter[tuple[str, str]] = Counter()
    left_out: Counter[LeftOut] = Counter()
    everybody = described(Audience.from_json(announcement.audience))
    total = everybody.count()
    asked = everybody.filter(do_not_contact=False)
    willing = asked.filter(_agreed(announcement))
    counted = willing.count()
    left_out[LeftOut.DO_NOT_CONTACT] = total - (agreeable := asked.count())
    left_out[LeftOut.NO_CONSENT] = agreeable - counted
    seen = 0
    for one in _judged(announcement, willing, now=now):
        seen += 1
        if isinstance(one, Recipient):
            counts[one.language, one.channel] += 1
        else:
            left_out[one] += 1
    left_out[LeftOut.NO_WAY] += counted - seen  # nothing attached to them at all
    return Reached(
        [Share(*key, people) for key, people in sorted(counts.items())],
        {why: left_out[why] for why in LeftOut if left_out[why]},
    )


def recipients(announcement: Announcement, *, now: datetime) -> Iterator[Recipient]:
    """Exactly the people an announcement would reach at `now`, by key."""
    willing = willing_contacts(announcement)
    for one in _judged(announcement, willing, now=now):
        if isinstance(one, Recipient):
            yield one


def willing_contacts(announcement: Announcement) -> QuerySet[Contact]:
    """Who fits the description, agreed to the purpose and may be contacted."""
    everybody = described(Audience.from_json(announcement.audience))
    return everybody.filter(_agreed(announcement), do_not_contact=False)


def chunk(
    announcement: Announcement,
    *,
    ways: Ways,
    after: int,
    size: int,
    now: datetime,
) -> tuple[int | None, list[Recipient]]:
    """The key of the last of the next `size` willing people after one, and whom of them it reaches.

    None when nobody is left. Locks the numbers and addresses until the transaction ends: of two
    announcements queued at the same moment the second sees what the first has told.
    """
    ahead = willing_contacts(announcement).filter(pk__gt=after)
    last = _last_of(ahead, size)
    if last is None:
        return None, []
    audience = Audience.from_json(announcement.audience)
    rows = _attached(ahead.filter(pk__lte=last))
    found = list(_ways_of(rows, ways, audience, _seated(audience)))
    theirs = Contact.points.through.objects.filter(contact__gt=after, contact__lte=last)
    points = theirs.values("contactpoint")
    _lock(points)
    told = _told(announcement, audience, now=now).filter(point__in=points)
    taken = KeySet(_points(told))
    return last, [one for one in found if isinstance(one, Recipient) and taken.add(one.point)]


def _last_of(ahead: QuerySet[Contact], size: int) -> int | None:
    """The key of the last of the first `size`; None when there is nobody."""
    keys = ahead.order_by("pk").values_list("pk", flat=True)
    return next(iter(keys[size - 1 : size]), None) or keys.last()


def _judged(
    announcement: Announcement, willing: QuerySet[Contact], *, now: datetime
) -> Iterator[Recipient | LeftOut]:
    audience = Audience.from_json(announcement.audience)
    told, taken = KeySet(_points(_told(announcement, audience, now=now))), KeySet()
    for one in _ways_of(_attached(willing), Ways(), audience, _seated(audience)):
        if isinstance(one, LeftOut):
            yield one
        elif one.point in told:
            yield LeftOut.TOLD
        elif taken.add(one.point):
            yield one
        else:
            yield LeftOut.SHARED


def _ways_of(
    rows: Iterator[Attached], ways: Ways, audience: Audience, seated: set[int]
) -> Iterator[Recipient | LeftOut]:
    channels = audience.channels
    for contact, group in groupby(rows, key=itemgetter(0)):
        attached = list(group)
        way = ways.first(attached)
        if contact in seated:
            yield LeftOut.REGISTERED
        elif isinstance(way, Unreachable):
            yield _WHY[way]
        elif channels and way[0] not in channels:
            yield LeftOut.OTHER_CHANNEL
        else:
            yield Recipient(contact, attached[0].language, *way)


def _attached(willing: QuerySet[Contact]) -> Iterator[Attached]:
    """Every number and address of these people, person by person, the newest last."""
    through = Contact.points.through.objects.filter(contact__in=willing.values("pk"))
    rows = through.order_by("contact_id", "pk").values_list(
        "contact_id",
        "contact__language",
        _word("contact__protected"),
        Cast("contact__channel_order", TextField()),
        "contactpoint_id",
        "contactpoint__kind",
        "contactpoint__state",
        _word("contactpoint__takes_sms"),
        "contactpoint__value",
    )
    return map(Attached._make, rows.iterator(chunk_size=_READ_AT_ONCE))


def _word(flag: str) -> Case:
    """Yes or no as a text that is empty for no: no value of a hundred thousand is converted."""
    return Case(
        When(**{flag: True}, then=Value("yes")), default=Value(""), output_field=TextField()
    )


def _agreed(announcement: Announcement) -> Exists:
    return Exists(
        Consent.objects.filter(
            contact=OuterRef("pk"), purpose=announcement.purpose, withdrawn_at=None
        )
    )


def _seated(audience: Audience) -> set[int]:
    """Who holds a seat in the class it is about: a room full at most."""
    if audience.session is None:
        return set()
    seats = Registration.objects.filter(
        session=audience.session, state=Registration.State.REGISTERED
    )
    return set(seats.values_list("person__contact", flat=True))


def _told(announcement: Announcement, audience: Audience, *, now: datetime) -> QuerySet[Message]:
    """What has told, or is about to tell, numbers and addresses lately, or of this class ever."""
    since = now - ONE_ANNOUNCEMENT_IN
    lately = Q(queued_at__gt=since) | Q(sent_at__gt=since) | Q(state__in=_TO_GO)
    if audience.session is not None:
        lately |= Q(announcement__audience__session=audience.session)
    # Of this announcement itself everything counts, what has failed too.
    told = (lately & ~Q(state__in=_NEVER_TOLD)) | Q(announcement=announcement)
    return Message.objects.filter(told, announcement__isnull=False, point__isnull=False)


def _points(messages: QuerySet[Message]) -> Iterator[int]:
    keys = messages.values_list("point", flat=True).iterator(chunk_size=_READ_AT_ONCE)
    return (key for key in keys if key is not None)


def _lock(points: QuerySet[Any]) -> None:
    """All together and in one order, so that two transactions cannot wait for each other."""
    if connection.features.has_select_for_update:
        locked = (
            ContactPoint.objects.select_for_update(no_key=True).filter(pk__in=points).order_by("pk")
        )
        list(locked.values_list("pk", flat=True))
