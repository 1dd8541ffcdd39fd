"""What visits do with the answers of automatic calls."""

from typing import Any

from django.utils import timezone

from notifications import texts
from notifications.actions.messages import Told
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.visits.actions import day_answers, requests
from outreach.visits.actions.day_answers import NotAhead
from outreach.visits.actions.requests import RequestSettled
from outreach.visits.models import Visit, VisitRequest


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(answer_day, dispatch_uid="visits:answer_day")
    message_answered.connect(take_request_back, dispatch_uid="visits:take_request_back")


def take_request_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Cancel the request a call was about, as the resident's own page does, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion != "visit-asked":
        return None
    request = VisitRequest.objects.with_people().get(pk=key)
    try:
        requests.cancel(request=request, now=timezone.now(), told=Told(message.contact))
    except RequestSettled:
        return _say(message, "said-settled")
    return _say(message, "said-cancelled")


def answer_day(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """1: the day of the visit suits. 2: another day, please; nothing is cancelled by it."""
    occasion, _colon, key = message.occasion.partition(":")
    if occasion not in ("visit-planned", "visit-reminder"):
        return None
    visit = Visit.objects.with_people().get(pk=key.partition(":")[0])
    now = timezone.now()
    try:
        match answer:
            case Answer.CONFIRM:
                day_answers.confirm(visit=visit, now=now)
                return _say(message, "said-confirmed")
            case Answer.CANCEL:
                day_answers.ask_for_another(visit=visit, now=now, told=message.contact)
                return _say(message, "said-another-day")
    except NotAhead:
        return _say(message, "said-not-ahead")
    return None


def _say(message: Message, what: str) -> str:
    return texts.spoken(message.contact, f"visits/messages/{what}", language=message.language)
