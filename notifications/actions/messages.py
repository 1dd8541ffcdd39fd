"""Put a message into the outbox, in the transaction of the fact it announces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.functional import Promise

from notifications import reasons, texts
from notifications.actions import ladder
from notifications.actions.ladder import Route, Ways
from notifications.models import Contact, Message, MessageEvent
from notifications.purposes import needs_consent
from notifications.signals import message_held


@dataclass(frozen=True, slots=True)
class Told:
    """Who has this moment heard on the telephone what a message would say."""

    contact: Contact
    by: User | None = None  # the colleague who spoke; an automatic call without one


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
    told: Told | None = None,
    is_first: bool = False,
    ways: Ways | None = None,
) -> Message:
    """Queue one message in the person's language, by the first channel that reaches them.

    `reference` names the occasion: a second call with it returns the message already there.
    `template` is a path without form and language, as in ``classes/messages/registered``.
    A person who has not agreed gets nothing (DROPPED); one who cannot be reached is put before
    the staff (HELD). Who has just been `told` on the telephone is not called again to hear the
    same: where a call would be the way, it has just been made (SENT). What can be read is sent.
    Where others wait behind a lock, two looks can be saved: `is_first` says that the occasion
    came to be in this very transaction, so that nobody can have announced it, and `ways` are
    those of `ladder.ways_to`, read before. Raises UnknownPurpose.
    """
    asks = needs_consent(purpose)
    already = None if is_first else Message.objects.filter(reference=reference).first()
    if already is not None:
        return already
    forms = texts.render_forms(contact=contact, template=template, context=context)
    # Nobody can be reached: the text becomes a script for the colleague who finds another way.
    route = ladder.route(contact, forms=forms, ways=ways) or Route(Contact.Channel.CALL, None)
    told = told if told is not None and told.contact == contact else None
    state, reason = _fate(contact, purpose, asks, route, told)
    message = Message(
        contact=contact,
        point=route.point,
        purpose=purpose,
        reference=reference,
        channel=route.channel,
        **ladder.words_for(route.channel, forms),
        other_forms=texts.to_keep(forms),
        state=state,
        reason=reasons.in_house_language(reason),
        queued_at=now,
        not_before=not_before,
        useless_after=useless_after,
        sent_at=now if state == Message.State.SENT else None,
    )
    by = told.by if told is not None and state == Message.State.SENT else None
    if is_first:
        _write(message, by)
        return message
    try:
        with transaction.atomic():
            _write(message, by)
    except IntegrityError:  # queued by somebody else since the look above
        return Message.objects.get(reference=reference)
    return message


def _write(message: Message, by: User | None) -> None:
    message.save(force_insert=True)
    MessageEvent.objects.create(
        message=message, state=message.state, at=message.queued_at, detail=message.reason, by=by
    )
    if message.state == Message.State.HELD:
        held = partial(message_held.send_robust, sender=Message, message=message)
        transaction.on_commit(held, robust=True)


def _fate(
    contact: Contact, purpose: str, asks_consent: bool, route: Route, told: Told | None
) -> tuple[Message.State, str | Promise]:
    if contact.closed:
        return Message.State.DROPPED, reasons.CLOSED
    if asks_consent and contact.do_not_contact:
        return Message.State.DROPPED, reasons.DO_NOT_CONTACT
    if asks_consent and not contact.has_consent(purpose):
        return Message.State.DROPPED, reasons.NO_CONSENT
    if told is not None and route.channel in (Contact.Channel.CALL, Contact.Channel.VOICE):
        return Message.State.SENT, reasons.TOLD if told.by else reasons.HEARD
    if route.point is None:
        return Message.State.HELD, reasons.NO_WAY
    return Message.State.QUEUED, ""
