"""Write down a person's yes to a purpose, and its end."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from notifications import reasons
from notifications.actions import outcomes
from notifications.actions.outcomes import Outcome
from notifications.models import Consent, Contact, Message
from notifications.purposes import needs_consent


@transaction.atomic
def give(
    *,
    contact: Contact,
    purpose: str,
    how: str,
    wording: str,
    now: datetime,
    by: User | None = None,
) -> Consent:
    """Record that a person agreed; a yes that still stands is returned unchanged.

    `wording` is the sentence the person agreed to, as they saw or heard it (個人情報保護法).
    Raises UnknownPurpose.
    """
    needs_consent(purpose)
    consent, _ = Consent.objects.get_or_create(
        contact=contact,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"given_at": now, "how": how, "wording": wording, "by": by},
    )
    return consent


@transaction.atomic
def withdraw(*, contact: Contact, purpose: str, now: datetime) -> None:
    """End a person's consent to a purpose; the record that it once stood is kept.

    Who no longer takes automatic calls gets what waited for one by their next channel.
    """
    Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=now
    )
    if purpose == settings.NOTIFICATION_AUTOMATIC_CALLS:
        _call_no_more(contact, now)


def _call_no_more(contact: Contact, now: datetime) -> None:
    waiting = Message.objects.select_for_update().filter(
        contact=contact, channel=Contact.Channel.VOICE, state__in=Message.WAITING
    )
    reason = reasons.in_house_language(reasons.NO_AUTOMATIC_CALLS)
    outcomes.write(
        [Outcome(message, Message.State.FAILED, reason) for message in waiting.order_by("pk")],
        now=now,
    )
