"""What the desk has to do about messages: call, decide, find another way, answer."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact, ContactPoint, InboundText, Message, MessageEvent
from notifications.reasons import in_house_language
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from notifications.text_guard import mask
from outreach.people.actions.tasks import open_task
from outreach.people.models import Person, Task

# How far back is looked for messages whose task was not opened: further than a worker stands
# still over the longest row of holidays.
_LATELY = timedelta(days=14)

_SHARED = _(
    "Somebody who shares this number or address has stopped it. "
    "Ask this person how they want to hear from the city."
)
_UNKNOWN_NUMBER = _("%(number)s, a number that nobody on record has, wrote: %(words)s")
_NO_WORDS = _("(no words: perhaps a picture)")


def open_for_held(*, message: Message, now: datetime) -> Task:
    """The task of a message that waits for a person: a call, a decision, another way."""
    # Counted, because a message can be held a second time and is then a second task.
    times = message.events.filter(state=Message.State.HELD).count()
    kind = _kind_of_held(message)
    return open_task(
        kind=kind,
        cause=f"{kind}:{message.pk}:{times}",
        now=now,
        person=_person(message.contact),
        message=message,
        words=message.reason,
    )


def open_for_failed(*, message: Message, now: datetime) -> Task:
    """The task of a message that no channel has brought to the person."""
    return open_task(
        kind=Task.Kind.NOT_REACHED,
        cause=f"{Task.Kind.NOT_REACHED}:{message.pk}",
        now=now,
        person=_person(message.contact),
        message=message,
        words=message.reason,
    )


def open_for_sharers(*, point: ContactPoint, stopped_by: Contact | None, now: datetime) -> int:
    """One task for everybody else whose number was stopped; how many there are.

    Where it cannot be told who of several stopped it, everybody is asked.
    """
    sharers = list(point.contacts.order_by("pk"))
    if len(sharers) < 2:
        return 0
    others = [contact for contact in sharers if contact != stopped_by]
    for contact in others:
        open_task(
            kind=Task.Kind.STOPPED,
            cause=f"{Task.Kind.STOPPED}:{point.pk}:{contact.pk}",
            now=now,
            person=_person(contact),
            message=contact.messages.order_by("-queued_at", "-pk").first(),
            words=in_house_language(_SHARED),
        )
    return len(others)


def open_for_text(*, text: InboundText, number: str, now: datetime) -> Task:
    """The task of answering a text; with no person when several share the number."""
    words = text.body or in_house_language(_NO_WORDS)
    if text.point is None:
        told = {"number": _as_read(number), "words": words}
        # The number and the words side by side could look like what may not be kept.
        words = mask(in_house_language(_UNKNOWN_NUMBER) % told)
    return open_task(
        kind=Task.Kind.ANSWER,
        cause=f"{Task.Kind.ANSWER}:{text.pk}",
        now=now,
        person=_only_person(text.point),
        message=_last_message_to(text.point),
        words=words,
    )


def open_for_wish(*, message: Message, now: datetime) -> Task:
    """The task of calling back somebody who asked for it during an automatic call."""
    return open_task(
        kind=Task.Kind.WISH,
        cause=f"{Task.Kind.WISH}:{message.pk}",
        now=now,
        person=_person(message.contact),
        message=message,
    )


def open_missing(*, now: datetime) -> int:
    """Open what was not opened because a process died after its message was written; how many.

    Nobody is lost between two lines of a program: what is held or failed is on the desk's list.
    """
    held = _without_task(Message.State.HELD, now).filter(state=Message.State.HELD)
    failed = _without_task(Message.State.FAILED, now).filter(
        state=Message.State.FAILED, followed_by=None
    )
    before = Task.objects.count()
    for message in held:
        open_for_held(message=message, now=now)
    for message in failed:
        open_for_failed(message=message, now=now)
    return Task.objects.count() - before


def _without_task(state: Message.State, now: datetime) -> QuerySet[Message]:
    came = MessageEvent.objects.filter(message=OuterRef("pk"), state=state, at__gte=now - _LATELY)
    has_task = Task.objects.filter(message=OuterRef("pk"), done_at=None)
    return Message.objects.filter(Exists(came), ~Exists(has_task)).select_related("contact")


def _kind_of_held(message: Message) -> Task.Kind:
    if message.point_id is None or message.channel == Contact.Channel.LETTER:
        return Task.Kind.NOT_REACHED
    return Task.Kind.CALL if message.channel == Contact.Channel.CALL else Task.Kind.DOUBT


def _person(contact: Contact) -> Person | None:
    return Person.objects.filter(contact=contact).first()


def _only_person(point: ContactPoint | None) -> Person | None:
    people = list(Person.objects.filter(contact__points=point)[:2]) if point else []
    return people[0] if len(people) == 1 else None


def _last_message_to(point: ContactPoint | None) -> Message | None:
    return point.messages.order_by("-queued_at", "-pk").first() if point else None


def _as_read(number: str) -> str:
    try:
        return parse_phone(number).national
    except PhoneNotUnderstood:
        return number
