"""Put a message into the outbox, in the transaction of the fact it announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons, texts
from notifications.models import Contact, ContactPoint, Message, MessageEvent
from notifications.purposes import needs_consent
from notifications.rules.channels import Address, first_way


@dataclass(frozen=True, slots=True)
class _Route:
    channel: str
    point: ContactPoint | None


@transaction.atomic
def enqueue(
    *,
    contact: Contact,
    purpose: str,
    reference: str,
    template: str,
    context: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    useless_after: datetime | None = None,
) -> Message:
    """Queue one message in the person's language, by the first channel that reaches them.

    `reference` names the occasion: a second call with it returns the message already there.
    `template` is a path without form and language, as in ``classes/messages/registered``.
    A person who has not agreed gets nothing (DROPPED); one who cannot be reached is put before
    the staff (HELD). Raises UnknownPurpose.
    """
    asks = needs_consent(purpose)
    already = Message.objects.filter(reference=reference).first()
    if already is not None:
        return already
    route = _route(contact)
    state, reason = _fate(contact, purpose, asks, route)
    text = texts.render(contact=contact, template=template, channel=route.channel, context=context)
    message, is_new = Message.objects.get_or_create(
        reference=reference,
        defaults={
            "contact": contact,
            "point": route.point,
            "purpose": purpose,
            "channel": route.channel,
            "language": text.language,
            "subject": text.subject,
            "body": text.body,
            "state": state,
            "reason": reasons.in_house_language(reason),
            "queued_at": now,
            "not_before": not_before,
            "useless_after": useless_after,
        },
    )
    if is_new:
        MessageEvent.objects.create(
            message=message, state=message.state, at=now, detail=message.reason
        )
    return message


def _route(contact: Contact) -> _Route:
    points = {point.pk: point for point in contact.usable_points()}
    addresses = [Address(point.pk, point.kind, point.value) for point in points.values()]
    way = first_way(addresses, order=contact.channel_order, protected=contact.protected)
    if way is None:
        # Nobody can be reached: the text becomes a script for the colleague who finds another way.
        return _Route(Contact.Channel.CALL, None)
    return _Route(way.channel, points[way.key])


def _fate(
    contact: Contact, purpose: str, asks_consent: bool, route: _Route
) -> tuple[Message.State, str | Promise]:
    if asks_consent and contact.do_not_contact:
        return Message.State.DROPPED, reasons.DO_NOT_CONTACT
    if asks_consent and not contact.has_consent(purpose):
        return Message.State.DROPPED, reasons.NO_CONSENT
    if route.point is None:
        return Message.State.HELD, reasons.NO_WAY
    return Message.State.QUEUED, ""
