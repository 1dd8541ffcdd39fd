"""What the desk hears of messages: each of these becomes a task."""

from typing import Any

from django.utils import timezone

from notifications import texts
from notifications.models import Contact, ContactPoint, InboundText, Message
from notifications.rules.answers import Answer
from notifications.signals import (
    message_answered,
    message_failed,
    message_held,
    number_stopped,
    text_received,
)
from outreach.people.actions import message_tasks


def listen() -> None:
    """Connect the receivers."""
    message_held.connect(take_up_held, dispatch_uid="people:take_up_held")
    message_failed.connect(take_up_failed, dispatch_uid="people:take_up_failed")
    number_stopped.connect(ask_sharers, dispatch_uid="people:ask_sharers")
    text_received.connect(answer_text, dispatch_uid="people:answer_text")
    message_answered.connect(call_back, dispatch_uid="people:call_back")


def take_up_held(*, message: Message, **_: Any) -> None:
    """A message waits for a person."""
    message_tasks.open_for_held(message=message, now=timezone.now())


def take_up_failed(*, message: Message, **_: Any) -> None:
    """No channel reached somebody."""
    message_tasks.open_for_failed(message=message, now=timezone.now())


def ask_sharers(*, point: ContactPoint, contact: Contact | None = None, **_: Any) -> None:
    """Somebody stopped a number others share."""
    message_tasks.open_for_sharers(point=point, stopped_by=contact, now=timezone.now())


def answer_text(*, text: InboundText, number: str, **_: Any) -> None:
    """Somebody wrote what only a person can answer."""
    message_tasks.open_for_text(text=text, number=number, now=timezone.now())


def call_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Somebody on the telephone wants to speak to the city."""
    if answer is not Answer.SPEAK:
        return None
    message_tasks.open_for_wish(message=message, now=timezone.now())
    return texts.spoken(message.contact, "people/messages/will-call", language=message.language)
