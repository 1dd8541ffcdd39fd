"""Tell a person what has become of their registration, in the transaction that changes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from notifications.actions import ladder, messages, recalls
from notifications.actions.ladder import Ways
from notifications.actions.messages import Told
from notifications.models import Contact, Message
from notifications.reasons import in_house_language
from notifications.sending_hours import next_moment
from outreach.classes.models import Offer, Registration
from outreach.people.actions.tasks import open_task
from outreach.people.models import Task
from outreach.people.readers import Reader, readers

# Answers what somebody does right now; the others keep the hours in which a telephone may ring.
PURPOSE = "class-registration"
OFFER = "class-offer"
# What the city changes waits for the hours of the channel, unless the class is so close that
# somebody might already be on the way.
CHANGE, URGENT_CHANGE = "class-change", "class-change-soon"
URGENT = timedelta(days=1)
# What the post needs, with a weekend in between.
LETTER_TAKES = timedelta(days=4)

# What each message is called in the outbox; the number of the offer tells several apart.
_REFERENCES = {
    "registered": "class-registration",
    "waiting": "class-waiting",
    "offered": "class-offer",
    "offer-ended": "class-offer-ended",
    "cancelled": "class-cancelled",
    "called-off": "class-called-off",
    "moved": "class-moved",
}

_PURPOSES = {"offered": OFFER, "offer-ended": CHANGE}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who hears of a registration, with the ways to reach them."""

    reader: Reader
    ways: Ways


def look_up(registration: Registration) -> list[Known]:
    """Whom `tell_first` tells, and how: all it has to read, before the class is held."""
    return [Known(reader, ladder.ways_to(reader.contact)) for reader in readers(registration)]


def tell_first(
    registration: Registration, *, to: Iterable[Known], now: datetime, told: Told | None = None
) -> None:
    """Queue the first news of a registration that was written in this transaction.

    Who was `told` on the telephone is not called.
    """
    waits = registration.state == Registration.State.WAITING
    for known in to:
        _tell(
            known.reader,
            registration,
            "waiting" if waits else "registered",
            now=now,
            told=told,
            first_by=known.ways,
        )


def tell(
    registration: Registration,
    template: str,
    *,
    now: datetime,
    offer: Offer | None = None,
    told: Told | None = None,
) -> list[Message]:
    """Queue one of the messages of a registration for everybody who is to hear it.

    Queued twice is queued once. Who was `told` on the telephone is not called.
    """
    return [
        _tell(reader, registration, template, now=now, offer=offer, told=told)
        for reader in readers(registration)
    ]


def _tell(
    reader: Reader,
    registration: Registration,
    template: str,
    *,
    now: datetime,
    offer: Offer | None = None,
    told: Told | None = None,
    first_by: Ways | None = None,
) -> Message:
    session, *more_days = registration.days
    return messages.enqueue(
        contact=reader.contact,
        purpose=_PURPOSES.get(template, PURPOSE),
        reference=_reference(template, offer.pk if offer else registration.pk) + reader.suffix,
        template=f"classes/messages/{template}",
        context={
            "session": session,
            "more_days": more_days,
            "registration": registration,
            "offer": offer,
            "reader": reader,
        },
        now=now,
        not_before=offer.offered_at if offer else None,
        useless_after=offer.ends_at if offer else session.starts_at,
        told=told,
        is_first=first_by is not None,
        ways=first_by,
    )


def tell_change(
    registration: Registration, template: str, *, was_at: datetime, now: datetime
) -> list[Message]:
    """Queue the news that a class was moved or called off, for who was to come at `was_at`.

    What cannot go out before that moment becomes a call for a colleague, the same day.
    """
    session = registration.session
    # A class can be moved again and again, and each time is news.
    reference = f"{_reference(template, registration.pk)}:{session.sequence}"
    told = [
        messages.enqueue(
            contact=reader.contact,
            purpose=URGENT_CHANGE if was_at - now <= URGENT else CHANGE,
            reference=reference + reader.suffix,
            template=f"classes/messages/{template}",
            context={"session": session, "registration": registration, "reader": reader},
            now=now,
            useless_after=was_at,
        )
        for reader in readers(registration)
    ]
    for message in told:
        if not _arrives(message, before=was_at, now=now):
            _call_at_once(message, registration, now=now)
    return told


def _call_at_once(message: Message, registration: Registration, *, now: datetime) -> None:
    open_task(
        kind=Task.Kind.NOT_REACHED,
        cause=f"too close:{message.pk}",
        now=now,
        person=registration.person,
        message=message,
        words=in_house_language(
            _("The class would begin before this message goes out. Please call at once.")
        ),
    )


def take_back(registration: Registration, *, reason: Promise, now: datetime) -> None:
    """Drop what still waits to be said: it would come after the news that it no longer holds."""
    for key in registration.offers.values_list("pk", flat=True):
        _recall(_reference("offered", key), reason=reason, now=now)
    _take_back_confirmations(registration, reason=reason, now=now)
    take_back_moves(registration, reason=reason, now=now)


def take_back_wrong_days(registration: Registration, *, reason: Promise, now: datetime) -> None:
    """Drop what still waits and names a day and a place that are no longer the right ones.

    An offer is left: without it nobody would know that they are asked something. So is the
    confirmation of a whole series, which names the other days too.
    """
    if registration.whole_id is None:
        _take_back_confirmations(registration, reason=reason, now=now)
    take_back_moves(registration, reason=reason, now=now)


def _take_back_confirmations(registration: Registration, *, reason: Promise, now: datetime) -> None:
    for template in ("registered", "waiting"):
        _recall(_reference(template, registration.pk), reason=reason, now=now)


def take_back_moves(registration: Registration, *, reason: Promise, now: datetime) -> None:
    """Drop the news of earlier moves that still waits to be said."""
    moves = Message.objects.of_occasions_under(f"{_reference('moved', registration.pk)}:")
    recalls.recall(moves, reason=reason, now=now)


def _recall(reference: str, *, reason: Promise, now: datetime) -> None:
    """One occasion, and the same told to others."""
    recalls.recall(Message.objects.of_occasion(reference), reason=reason, now=now)
    others = Message.objects.of_occasions_under(f"{reference}:")
    recalls.recall(others, reason=reason, now=now)


def _reference(template: str, key: int) -> str:
    return f"{_REFERENCES[template]}:{key}"


def _arrives(message: Message, *, before: datetime, now: datetime) -> bool:
    if message.state != Message.State.QUEUED:
        return True  # held or dropped: that is told elsewhere
    if message.channel == Contact.Channel.LETTER:
        return now + LETTER_TAKES < before
    if message.channel == Contact.Channel.SMS and message.purpose == URGENT_CHANGE:
        return True
    return next_moment(message.channel, now) < before
