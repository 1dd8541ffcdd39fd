"""What visits do with the answers of automatic calls."""

from typing import Any

from django.utils import timezone

from notifications import texts
from notifications.actions.messages import Told
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.visits.actions import requests
from outreach.visits.actions.requests import RequestSettled
from outreach.visits.models import VisitRequest


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(take_request_back, dispatch_uid="visits:take_request_back")


def take_request_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Cancel the request a call was about, as the resident's own page does, and say so."""
    request = _request(message) if answer is Answer.CANCEL else None
    if request is None:
        return None
    try:
        requests.cancel(request=request, now=timezone.now(), told=Told(message.contact))
    except RequestSettled:
        return _say(message, "said-settled")
    return _say(message, "said-cancelled")


def _request(message: Message) -> VisitRequest | None:
    """The request, found by the references of the occasions whose call offers to cancel."""
    occasion, _colon, key = message.occasion.partition(":")
    rows = VisitRequest.objects.with_people()
    match occasion:
        case "visit-asked":
            return rows.get(pk=key)
        case "visit-planned":
            return rows.get(visits__pk=key.partition(":")[0])
    return None


def _say(message: Message, what: str) -> str:
    return texts.spoken(message.contact, f"visits/messages/{what}", language=message.language)
