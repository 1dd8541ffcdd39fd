"""Somebody writes back: a word that stops or starts messages, or something a person must read."""

from datetime import datetime

from django.db import transaction

from notifications.actions import stops
from notifications.models import Contact, ContactPoint, InboundText, Message
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from notifications.rules.stop_words import Wish, wish_of
from notifications.signals import text_received
from notifications.text_guard import mask


@transaction.atomic
def receive(
    *, provider_id: str, number: str, words: str, now: datetime, carrier_says: str = ""
) -> InboundText:
    """Keep a text once and do what it asks; told again, it changes nothing.

    `carrier_says` is ``stop`` or ``start`` where the carrier itself has understood the text so.
    Numbers that may not be kept are blotted out before anything is stored.
    """
    point = _point(number)
    wish = _wish(words, carrier_says)
    text, is_new = InboundText.objects.get_or_create(
        provider_id=provider_id,
        defaults={
            "point": point,
            "kind": wish.value,
            # PostgreSQL keeps no NUL.
            "body": mask(words.replace("\x00", "").strip()),
            "received_at": now,
        },
    )
    if not is_new:
        return text
    if wish is Wish.OTHER:
        text_received.send(sender=InboundText, text=text, number=number)
    elif point is not None:
        _obey(wish, point, now)
    return text


def _wish(words: str, carrier_says: str) -> Wish:
    said = carrier_says.casefold()
    return Wish(said) if said in (Wish.STOP, Wish.START) else wish_of(words)


def _point(number: str) -> ContactPoint | None:
    try:
        value = parse_phone(number).e164
    except PhoneNotUnderstood:
        return None
    return ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, value=value).first()


def _obey(wish: Wish, point: ContactPoint, now: datetime) -> None:
    # The carrier confirms a stop itself, and a second text would be one too many.
    if wish is Wish.START:
        stops.start_point(point=point)
        return
    stops.stop_point(point=point, now=now, how=stops.How.SMS, contact=_written_to_last(point))


def _written_to_last(point: ContactPoint) -> Contact | None:
    """Whom the last text to a number was for: a stop most likely answers it."""
    last = (
        Message.objects.filter(point=point, channel=Contact.Channel.SMS, state__in=Message.REACHED)
        .select_related("contact")
        .order_by("-queued_at", "-pk")
        .first()
    )
    return last.contact if last else None
