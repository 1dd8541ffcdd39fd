"""One message as the desk's tables and pages show it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from notifications.models import Contact, ContactPoint, Message
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.desk.message_words import CHANNEL_WORDS, STATE_WORDS, purpose_word

LATEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message in words; a protected address (DV 支援措置) is shown nowhere."""

    message: Message
    state: str | Promise
    channel: str | Promise
    purpose: str | Promise
    hides_address: bool
    address: str


def line(message: Message) -> MessageLine:
    """Reads `contact` and `point` of the message, so have them fetched along."""
    point = message.point
    hides_address = bool(
        point and point.kind == ContactPoint.Kind.POST and message.contact.protected
    )
    return MessageLine(
        message=message,
        state=STATE_WORDS[Message.State(message.state)],
        channel=CHANNEL_WORDS[Contact.Channel(message.channel)],
        purpose=purpose_word(message.purpose),
        hides_address=hides_address,
        address="" if hides_address or point is None else readable(point),
    )


def latest(contact: Contact) -> list[MessageLine]:
    """What was written to somebody last, the latest first: an answer is read beside it."""
    messages = Message.objects.filter(contact=contact).select_related("contact", "point")
    return [line(message) for message in messages.order_by("-queued_at", "-pk")[:LATEST_SHOWN]]


def readable(point: ContactPoint) -> str:
    """A number the way people at home read it; anything else as it is written."""
    if point.kind != ContactPoint.Kind.PHONE:
        return point.value
    try:
        return parse_phone(point.value).national
    except PhoneNotUnderstood:
        return point.value
