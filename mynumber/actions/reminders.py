"""Somebody asks to be reminded of an expiry, or no longer wants to be."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mynumber.actions.due_reminders import PURPOSE, queue
from mynumber.models import Reminder
from notifications.actions import consents, contacts, recalls
from notifications.models import Contact, ContactPoint, Message
from notifications.rules.phones import Phone

__all__ = ["ask", "ask_for_each", "cancel", "queue"]

CANCELLED = _("The person no longer wants this reminder.")


@transaction.atomic
def ask_for_each(
    *,
    name: str,
    language: str,
    expiries: Mapping[str, date],
    how: str,
    wording: str,
    now: datetime,
    phone: Phone | None = None,
    email: str = "",
    by: User | None = None,
) -> list[Reminder]:
    """Note the printed expiry of a card, its certificates or both, for whoever wrote the form.

    `expiries` maps a `Reminder.Kind` to its date. The same form sent twice is one reminder each.
    Raises ValidationError when a text holds a number that may not be kept.
    """
    points = contacts.hold_points(phone=phone, email=email)
    known = _known_contact(name, points)
    contact = contacts.write(
        name=known.name if known else name, language=language, points=points, contact=known
    )
    return [
        ask(
            contact=contact,
            kind=kind,
            expires_on=expires_on,
            how=how,
            wording=wording,
            now=now,
            by=by,
        )
        for kind, expires_on in sorted(expiries.items())
    ]


@transaction.atomic
def ask(
    *,
    contact: Contact,
    kind: str,
    expires_on: date,
    how: str,
    wording: str,
    now: datetime,
    by: User | None = None,
) -> Reminder:
    """Note that a person wants to be reminded, and their consent to the wording they saw.

    Asked again for the same date, the reminder already there is returned. Another date, as after
    a renewal, ends the earlier reminder: a person has one card.
    """
    Contact.objects.select_for_update().get(pk=contact.pk)  # two forms at once: one after the other
    consents.give(contact=contact, purpose=PURPOSE, how=how, wording=wording, now=now, by=by)
    standing = contact.reminders.standing().filter(kind=kind).first()
    if standing is not None:
        if standing.expires_on == expires_on:
            return standing
        _end(standing, now)
    return Reminder.objects.create(contact=contact, kind=kind, expires_on=expires_on, asked_at=now)


@transaction.atomic
def cancel(*, reminder: Reminder, now: datetime) -> None:
    """End a reminder and what waits to be sent for it; cancelling twice changes nothing.

    With the last reminder the person's consent to such messages ends too.
    """
    contact = Contact.objects.select_for_update().get(pk=reminder.contact_id)
    _end(reminder, now)
    if not contact.reminders.standing().exists():
        consents.withdraw(contact=contact, purpose=PURPOSE, now=now)


def _end(reminder: Reminder, now: datetime) -> None:
    """Set the end once, and drop the messages about it that have not gone out."""
    if Reminder.objects.filter(pk=reminder.pk, cancelled_at=None).update(cancelled_at=now):
        reminder.cancelled_at = now
    queued = Message.objects.of_occasions_under(reminder.reference_stem)
    recalls.recall(queued, reason=CANCELLED, now=now)


def _known_contact(name: str, points: list[ContactPoint]) -> Contact | None:
    """Who wrote the same name before and can be reached at every number and address typed now.

    The form proves nothing about who fills it in. Were one shared number enough, a stranger who
    knows somebody's name and number could add an address of their own to that person's record
    and have the person's link sent there.
    """
    candidates = Contact.objects.all()
    for point in points:
        candidates = candidates.filter(points=point)
    same = (one for one in candidates.order_by("pk") if _plain(one.name) == _plain(name))
    return next(same, None) if points else None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
