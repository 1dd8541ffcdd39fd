"""Choose the channel of a message, and the next one when it has failed for good."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from notifications import announcement_words, texts
from notifications.models import Contact, ContactPoint, Message, MessageEvent
from notifications.rules.channels import Address, Way, first_way
from notifications.rules.codes import new_code, with_code
from notifications.rules.sms import sms_parts
from notifications.texts import FORM_OF_CHANNEL, Forms, Text


@dataclass(frozen=True, slots=True)
class Route:
    """A channel, and the number or address it goes to; None when nobody can be reached."""

    channel: str
    point: ContactPoint | None


@dataclass(frozen=True, slots=True)
class Ways:
    """All about the ways to a person that stands in the database, read for one message.

    The points with the one told last first, and whether a machine may call; that is not asked
    where it makes no difference, because another way comes before it.
    """

    points: tuple[ContactPoint, ...]
    takes_automatic_calls: bool


def ways_to(contact: Contact, *, tried: Collection[Way] = ()) -> Ways:
    """What `route` has to read, for who wants to read it before."""
    # `Contact.usable_points`, without the second look that finds out what was told last.
    attached = (
        Contact.points.through.objects.filter(
            contact=contact, contactpoint__state=ContactPoint.State.USABLE
        )
        .select_related("contactpoint")
        .order_by("-pk")
    )
    points = tuple(row.contactpoint for row in attached)
    silent, called = Ways(points, False), Ways(points, True)
    matters = _first(contact, called, tried) != _first(contact, silent, tried)
    return called if matters and contact.takes_automatic_calls() else silent


def route(
    contact: Contact, *, forms: Forms, ways: Ways | None = None, tried: Collection[Way] = ()
) -> Route | None:
    """The first way to a person that has not been tried; None when there is none left.

    A machine can call only where there are words for it to say. `ways` are those of `ways_to`,
    where they have been read before.
    """
    ways = ways or ways_to(contact, tried=tried)
    if "voice" not in forms:
        ways = replace(ways, takes_automatic_calls=False)
    way = _first(contact, ways, tried)
    points = {point.pk: point for point in ways.points}
    return Route(way.channel, points[way.key]) if way else None


def words_for(channel: str, forms: Forms) -> dict[str, object]:
    """The columns of a message that hold its words on a channel, and those kept for later ones."""
    text = forms[FORM_OF_CHANNEL[Contact.Channel(channel)]]
    if channel == Contact.Channel.SMS:
        code = new_code()
        text = Text(text.language, "", with_code(text.body, code))
        return {**_columns(text), "code": code, "parts": sms_parts(text.body)}
    return _columns(text)


def climb(message: Message, *, now: datetime) -> Message | None:
    """Queue the next attempt for a message that failed for good; None when no way is left.

    Runs in the transaction that notes the failure. A second call returns the attempt already
    there. What is too late to be useful is judged when it is sent, as for any message.
    """
    already = Message.objects.filter(follows=message).first()
    if already is not None:
        return already
    forms = forms_of(message)
    chain = list(_chain(message))
    tried = [Way(one.channel, one.point_id) for one in chain if one.point_id]
    next_route = route(message.contact, forms=forms, tried=tried)
    if next_route is None:
        return None
    # Read again: the occasion may have been recalled while the message was with the carrier.
    message.refresh_from_db(fields=["useless_after"])
    attempt = Message.objects.create(
        contact=message.contact,
        point=next_route.point,
        purpose=message.purpose,
        reference=f"{message.occasion}{Message.NEXT_ATTEMPT}{len(chain) + 1}",
        channel=next_route.channel,
        other_forms=message.other_forms,
        announcement=message.announcement,
        follows=message,
        queued_at=now,
        useless_after=message.useless_after,
        **words_for(next_route.channel, forms),
    )
    MessageEvent.objects.create(message=attempt, state=attempt.state, at=now)
    return attempt


def forms_of(message: Message) -> Forms:
    """All the words of a message: its own, or those of the announcement it is part of."""
    if message.announcement is not None:
        return announcement_words.forms(message.announcement, message.contact)
    return texts.kept(message.other_forms)


def _first(contact: Contact, ways: Ways, tried: Collection[Way]) -> Way | None:
    return first_way(
        [Address(point.pk, point.kind, point.value) for point in ways.points],
        order=contact.channel_order,
        protected=contact.protected,
        takes_automatic_calls=ways.takes_automatic_calls,
        tried=tried,
    )


def _chain(message: Message) -> Iterator[Message]:
    """The attempts of one occasion, the latest first."""
    current: Message | None = message
    while current is not None:
        yield current
        current = current.follows


def _columns(text: Text) -> dict[str, object]:
    return {"language": text.language, "subject": text.subject, "body": text.body}
