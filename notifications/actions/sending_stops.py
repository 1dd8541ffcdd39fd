"""The switch that halts all sending, for people and for ceilings; only a person lifts it."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons
from notifications.models import SendingStop


def standing() -> SendingStop | None:
    """The stop that stands now, or None: messages go out."""
    return SendingStop.objects.filter(lifted_at=None).select_related("stopped_by").first()


def why_nothing_goes() -> str:
    """Why no message goes out at present, for the operator's terminal; empty while they do."""
    if not settings.SENDING_ALLOWED:
        return "Sending is off (SENDING_ALLOWED)."
    stop = standing()
    return f"Sending is stopped: {stop.reason}" if stop else ""


@transaction.atomic
def stop(*, reason: str | Promise, by: User | None, now: datetime) -> SendingStop:
    """Halt all sending. `by` is empty when a ceiling does it.

    What is with a carrier already is finished; nothing more is handed over. When sending is
    stopped already, the earlier stop stands, with its own reason.
    """
    found, _is_new = SendingStop.objects.get_or_create(
        lifted_at=None,
        defaults={
            "reason": reasons.in_house_language(reason),
            "stopped_at": now,
            "stopped_by": by,
        },
    )
    return found


@transaction.atomic
def lift(*, by: User, now: datetime) -> bool:
    """Let messages go out again; False when nothing was stopped.

    What a ceiling has stopped may go out once more up to that ceiling on the same day.
    """
    lifted = SendingStop.objects.filter(lifted_at=None).update(lifted_at=now, lifted_by=by)
    return bool(lifted)
