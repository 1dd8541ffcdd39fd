"""What waits to be printed or to be handed over as a file."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from notifications.actions import hand_overs
from notifications.models import HandOver
from notifications.postcards import may_be_postcard

SETTLED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages wait for each kind; of the letters some may go as postcards."""

    letters: int
    postcards: int
    sms: int
    takes_sms: bool


def waiting(*, now: datetime) -> Waiting:
    """The counts of the moment; whoever may no longer be written to is taken out when made."""
    return Waiting(
        letters=hand_overs.waiting(HandOver.Kind.LETTERS, now=now).count(),
        postcards=sum(map(may_be_postcard, hand_overs.waiting(HandOver.Kind.POSTCARDS, now=now))),
        sms=hand_overs.waiting(HandOver.Kind.SMS_FILE, now=now).count(),
        takes_sms=settings.SMS_BACKEND == "csv",
    )


def open_hand_overs() -> QuerySet[HandOver]:
    """What was made and is not known to be out, the oldest first."""
    return _counted().filter(state=HandOver.State.OPEN).order_by("made_at", "pk")


def settled_hand_overs() -> QuerySet[HandOver]:
    """What was settled last."""
    settled = _counted().exclude(state=HandOver.State.OPEN)
    return settled.order_by("-settled_at", "-pk")[:SETTLED_SHOWN]


def _counted() -> QuerySet[HandOver]:
    return HandOver.objects.select_related("made_by", "settled_by").annotate(size=Count("messages"))
