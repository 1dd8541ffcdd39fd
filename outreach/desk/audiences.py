"""Whom an announcement reaches, and by which channel."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifications.models import Contact, ContactPoint, Message
from notifications.rules.channels import Address, first_way
from outreach.classes.models import ClassSession, Registration

CLASS_NEWS = "class-news"
# Families share a telephone: it does not ring for each of them.
ONE_ANNOUNCEMENT_IN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody an announcement reaches, by `channel` at the ContactPoint with the key `point`."""

    contact: Contact
    channel: str
    point: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many people get an announcement in one language by one channel."""

    language: str
    channel: str
    people: int


def class_news_audience(*, session: ClassSession, now: datetime) -> list[Recipient]:
    """Everybody whose consent to class news stands and who does not know of this class yet.

    Left out: who is registered for it, who was told already, who cannot be reached, and a number
    or address that has had an announcement within a day.
    """
    contacts = list(_subscribers(session))
    addresses = _usable_addresses(contacts)
    taken = _points_told(session, now)
    audience = []
    for contact in contacts:
        way = first_way(
            addresses[contact.pk], order=contact.channel_order, protected=contact.protected
        )
        if way and way.key not in taken:
            taken.add(way.key)
            audience.append(Recipient(contact, way.channel, way.key))
    return audience


def shares(audience: Iterable[Recipient]) -> list[Share]:
    """The audience counted by language and channel."""
    counts = Counter((one.contact.language, one.channel) for one in audience)
    return [Share(*key, people) for key, people in sorted(counts.items())]


def news_stem(session: ClassSession) -> str:
    """What the references of all news of one class begin with."""
    return f"{CLASS_NEWS}:{session.pk}:"


def _subscribers(session: ClassSession) -> Iterable[Contact]:
    seated = Registration.objects.filter(
        session=session, state=Registration.State.REGISTERED
    ).values("person__contact")
    told = Message.objects.filter(reference__startswith=news_stem(session)).values("contact")
    return (
        Contact.objects.filter(
            consents__purpose=CLASS_NEWS, consents__withdrawn_at=None, do_not_contact=False
        )
        .exclude(pk__in=seated)
        .exclude(pk__in=told)
        .select_related("person")
        .order_by("pk")
    )


def _usable_addresses(contacts: Iterable[Contact]) -> dict[int, list[Address]]:
    """All at once, the one told last first, as `Contact.usable_points` gives them for one."""
    attached = (
        Contact.points.through.objects.filter(
            contact__in=[contact.pk for contact in contacts],
            contactpoint__state=ContactPoint.State.USABLE,
        )
        .select_related("contactpoint")
        .order_by("-pk")
    )
    addresses: dict[int, list[Address]] = defaultdict(list)
    for row in attached:
        point = row.contactpoint
        addresses[row.contact_id].append(Address(point.pk, point.kind, point.value))
    return addresses


def _points_told(session: ClassSession, now: datetime) -> set[int | None]:
    """Numbers and addresses that had news lately, or of this class at any time."""
    news = Message.objects.filter(purpose=CLASS_NEWS)
    lately = news.filter(queued_at__gt=now - ONE_ANNOUNCEMENT_IN)
    of_this = news.filter(reference__startswith=news_stem(session))
    return set((lately | of_this).values_list("point", flat=True))
