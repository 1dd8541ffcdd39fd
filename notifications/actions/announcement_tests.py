"""Send the SMS of an announcement to one number, before it goes to many."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from notifications import texts
from notifications.actions import contacts
from notifications.actions.ladder import words_for
from notifications.announcement_words import forms
from notifications.models import Announcement, Contact, ContactPoint, Message, MessageEvent
from notifications.rules.phones import Phone

PURPOSE = "announcement-test"


class NotAMobile(Exception):
    """The number cannot receive SMS."""


@transaction.atomic
def send(
    *,
    announcement: Announcement,
    language: str,
    phone: Phone,
    submission: UUID,
    by: User,
    now: datetime,
) -> Message:
    """Queue one SMS with the words of an announcement, to a number a colleague typed.

    It goes the way of every message, and counts among the results of no announcement. The same
    `submission` again returns the message already there. Raises NotAMobile and NoWords.
    """
    if not phone.can_receive_sms:
        raise NotAMobile(f"{phone.kind} takes no SMS.")
    reference = f"announcement-test:{announcement.pk}:{submission}"
    already = Message.objects.filter(reference=reference).first()
    if already is not None:
        return already
    (point,) = contacts.hold_points(phone=phone)
    contact = _tester(by, point, language)
    all_forms = forms(announcement, contact)
    message = Message.objects.create(
        contact=contact,
        point=point,
        purpose=PURPOSE,
        reference=reference,
        channel=Contact.Channel.SMS,
        queued_at=now,
        # Kept as for any message: a colleague can read out what did not arrive.
        other_forms=texts.to_keep(all_forms),
        **words_for(Contact.Channel.SMS, all_forms),
    )
    MessageEvent.objects.create(message=message, state=message.state, at=now, by=by)
    return message


def _tester(by: User, point: ContactPoint, language: str) -> Contact:
    """The colleague as a contact of their own; a resident with that number is somebody else."""
    name = by.get_full_name() or by.get_username()
    known = Contact.objects.filter(name=name, points=point, messages__purpose=PURPOSE).first()
    contact = known or Contact.objects.create(name=name, language=language)
    contact.points.add(point)
    if contact.language != language:
        contact.language = language
        contact.save(update_fields=["language"])
    return contact
