"""Everything that is known about one message: its history, and the attempts before and after."""

from dataclasses import dataclass

from django.utils.functional import Promise

from notifications.models import Message, MessageEvent
from outreach.desk.doubts import in_doubt
from outreach.desk.message_lines import MessageLine, line
from outreach.desk.message_words import STATE_WORDS

_WITH = ("contact", "point")
# The order of channels is finite and each is tried once for an address; a longer chain is a fault.
LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of state in words."""

    event: MessageEvent
    state: str | Promise


@dataclass(frozen=True, slots=True)
class MessagePage:
    line: MessageLine
    history: list[HistoryLine]
    attempts: list[MessageLine]  # of this occasion, the first one first; this one among them
    in_doubt: bool


def message_page(message: Message) -> MessagePage:
    """One message with its events and the chain of attempts it is part of."""
    events = message.events.select_related("by").order_by("pk")
    history = [HistoryLine(event, STATE_WORDS[Message.State(event.state)]) for event in events]
    return MessagePage(
        line=line(message),
        history=history,
        attempts=[line(one) for one in attempts(message)],
        in_doubt=in_doubt().filter(pk=message.pk).exists(),
    )


def attempts(message: Message) -> list[Message]:
    """The attempts of one occasion, the first one first."""
    chain = [message]
    while chain[0].follows_id and len(chain) < LONGEST_CHAIN:
        chain.insert(0, Message.objects.select_related(*_WITH).get(pk=chain[0].follows_id))
    while len(chain) < LONGEST_CHAIN:
        following = Message.objects.select_related(*_WITH).filter(follows=chain[-1]).first()
        if following is None:
            break
        chain.append(following)
    return chain
