"""What classes do with the answers of automatic calls."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications import texts
from notifications.models import Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from outreach.classes.actions import offers, registrations
from outreach.classes.actions.offers import OfferGone
from outreach.classes.models import Offer, Registration

# The occasions whose call offers to cancel, by how their references begin.
_ABOUT_A_SEAT = ("class-registration", "class-reminder", "class-moved")


def listen() -> None:
    """Connect the receivers."""
    message_answered.connect(give_seat_back, dispatch_uid="classes:give_seat_back")
    message_answered.connect(answer_offer, dispatch_uid="classes:answer_offer")


def give_seat_back(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Cancel the registration a call was about, and say so."""
    occasion, _colon, key = message.occasion.partition(":")
    if answer is not Answer.CANCEL or occasion not in _ABOUT_A_SEAT:
        return None
    registration = Registration.objects.to_confirm().get(pk=key.partition(":")[0])
    registrations.cancel(registration=registration, now=timezone.now(), knows=message.contact)
    return texts.spoken(
        message.contact,
        "classes/messages/said-cancelled",
        language=message.language,
        session=registration.session,
    )


def answer_offer(*, message: Message, answer: Answer, **_: Any) -> str | None:
    """Take the place a call offered, or give it up, and say which."""
    occasion, _colon, key = message.occasion.partition(":")
    verb = _ANSWERS_TO_OFFER.get(answer)
    if verb is None or occasion != Offer.OCCASION:
        return None
    registration = Registration.objects.to_confirm().get(offers=int(key))
    act, words = verb
    try:
        with transaction.atomic():
            act(registration=registration, now=timezone.now(), knows=message.contact)
    except OfferGone:
        words = "said-offer-gone"
    return texts.spoken(
        message.contact,
        f"classes/messages/{words}",
        language=message.language,
        session=registration.session,
        registration=registration,
    )


_ANSWERS_TO_OFFER = {
    Answer.CONFIRM: (offers.accept, "said-offer-accepted"),
    Answer.CANCEL: (offers.decline, "said-offer-declined"),
}
