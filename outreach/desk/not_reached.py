"""Not reached by any channel: for people who knock on doors.

On the list is whose last attempt ended without reaching them: it failed for good with no way
left, nobody could be reached to begin with, or the ladder ended in an attempt that was not sent.
Off it goes who was reached by a later message of the same purpose, about whom a colleague has
finished the task, and who asked not to be contacted.

The list says neither what the messages were about nor whether somebody holds a card: it is
printed and carried about.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from notifications.models import Contact, ContactPoint, Message
from outreach.desk.message_lines import readable
from outreach.desk.message_words import POINT_STATE_WORDS
from outreach.people.models import Person, Task
from outreach.places.models import District

_State = Message.State


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    state: str | Promise


@dataclass(frozen=True, slots=True)
class Unreached:
    """One person to knock at the door of."""

    contact: Contact
    person: Person | None
    addresses: tuple[str, ...]
    address_withheld: bool
    phones: tuple[Phone, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class DistrictGroup:
    """Who lives in one district; None for those whose district nobody knows."""

    district: District | None
    people: list[Unreached]


@dataclass(frozen=True, slots=True)
class NotReached:
    """Whom to call on, and how many asked not to be contacted and are left out."""

    groups: list[DistrictGroup]
    left_alone: int

    @property
    def count(self) -> int:
        return sum(len(group.people) for group in self.groups)

    @property
    def people(self) -> list[Person]:
        """Whose records the list shows."""
        return [
            one.person for group in self.groups for one in group.people if one.person is not None
        ]


def ended_without_reaching() -> QuerySet[Message]:
    """The last attempts of occasions that reached nobody, one row for each occasion."""
    ended = (
        Q(state=_State.FAILED)
        | Q(state=_State.HELD, point=None)
        | Q(state=_State.HELD, channel=Contact.Channel.LETTER)
        | Q(state=_State.DROPPED, follows__state=_State.FAILED)
    )
    reached_later = Message.objects.filter(
        contact=OuterRef("contact"),
        purpose=OuterRef("purpose"),
        queued_at__gt=OuterRef("queued_at"),
        state__in=Message.REACHED,
    )
    settled = Task.objects.filter(
        message=OuterRef("pk"), kind=Task.Kind.NOT_REACHED, done_at__isnull=False
    )
    return Message.objects.filter(ended, ~Exists(reached_later), ~Exists(settled), followed_by=None)


def not_reached(*, district: str = "") -> NotReached:
    """Everybody to call on, by district and reading; `district` is the code of one."""
    messages = ended_without_reaching().filter(contact__closed=False)
    if district:
        messages = messages.filter(contact__person__district__code=district)
    since: dict[int, datetime] = {}
    left_alone = set()
    # The oldest comes last, and stays.
    ended = messages.order_by("-queued_at")
    for key, wants_peace, at in ended.values_list(
        "contact", "contact__do_not_contact", "queued_at"
    ):
        if wants_peace:
            left_alone.add(key)
        else:
            since[key] = at
    return NotReached(_by_district(since), len(left_alone))


def _by_district(since: dict[int, datetime]) -> list[DistrictGroup]:
    contacts = (
        Contact.objects.filter(pk__in=since)
        .select_related("person__district")
        .prefetch_related("points")
        .order_by("person__district__code", "person__kana", "name", "pk")
    )
    groups: dict[District | None, list[Unreached]] = {}
    for contact in contacts:
        one = _unreached(contact, since[contact.pk])
        groups.setdefault(one.person.district if one.person else None, []).append(one)
    named = [DistrictGroup(key, people) for key, people in groups.items() if key is not None]
    return [*named, DistrictGroup(None, groups[None])] if None in groups else named


def _unreached(contact: Contact, since: datetime) -> Unreached:
    points = sorted(contact.points.all(), key=lambda point: point.pk)
    kinds = ContactPoint.Kind
    post = [point for point in points if point.kind == kinds.POST]
    return Unreached(
        contact=contact,
        person=getattr(contact, "person", None),
        addresses=() if contact.protected else tuple(point.value for point in post),
        address_withheld=contact.protected,
        phones=tuple(
            Phone(readable(point), POINT_STATE_WORDS[ContactPoint.State(point.state)])
            for point in points
            if point.kind == kinds.PHONE
        ),
        since=since,
    )
