"""What classes do with the answers of automatic calls."""

from datetime import datetime
from typing import Any

from notifications import texts
from notifications.actions.messages import Told
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.classes.actions import offers, registrations
from outreach.classes.actions.offers import OfferGone
from outreach.classes.models import Offer, Registration

# The occasions whose call offers to cancel, by how their references begin.
_ABOUT_A_SEAT = ("class-registration", "class-reminder", "class-moved")
# What a key does to an offered place, and what is said then.
_ANSWERS = {
    Answer.CONFIRM: (offers.accept, "said-accepted"),
    Answer.CANCEL: (offers.decline, "said-declined"),
}


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(give_seat_back, dispatch_uid="classes:give_seat_back")
    message_answered.connect(answer_offer, dispatch_uid="classes:answer_offer")


def give_seat_back(*, message: Message, answer: Answer, now: datetime, **_: Any) -> str | None:
    """Cancel the registration a call was about, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion not in _ABOUT_A_SEAT:
        return None
    registration = Registration.objects.to_confirm().get(pk=key.partition(":")[0])
    if registration.session.ends_at <= now:
        return None
    registrations.cancel(registration=registration, now=now, told=Told(message.contact))
    return texts.spoken(
        message.contact,
        "classes/messages/said-cancelled",
        language=message.language,
        session=registration.session,
        registration=registration,
    )


def answer_offer(*, message: Message, answer: Answer, now: datetime, **_: Any) -> str | None:
    """Take or give up the place a call offered, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if occasion != Offer.OCCASION or answer not in _ANSWERS:
        return None
    registration = Registration.objects.to_confirm().get(offers=int(key.partition(":")[0]))
    act, said = _ANSWERS[answer]
    try:
        act(registration=registration, now=now, told=Told(message.contact))
    except OfferGone:
        said = "said-offer-gone"
    return texts.spoken(
        message.contact,
        f"classes/messages/{said}",
        language=message.language,
        session=registration.session,
        registration=registration,
    )
