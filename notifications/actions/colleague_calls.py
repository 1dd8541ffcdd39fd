"""What came of a call that a colleague makes instead of a machine."""

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications import reasons
from notifications.actions import decisions, ladder
from notifications.models import Contact, Message
from notifications.signals import message_failed

NOT_REACHED = gettext_lazy("Nobody could be reached by telephone.")
TAKEN_BACK = gettext_lazy("What was noted about the call has been taken back.")
GOES_AFTER_ALL = gettext_lazy("Nobody could be reached by telephone after all.")

_State = Message.State


class CallSettled(Exception):
    """The message waits for no call any more."""


class NextUnderWay(Exception):
    """The next attempt has left the house, so the call cannot be taken back."""


@transaction.atomic
def reached(*, message: Message, by: User, now: datetime) -> Message:
    """Note that the person was told. Raises CallSettled."""
    return decisions.settle(_to_call(message), _State.SENT, by=by, now=now, reason=reasons.TOLD)


@transaction.atomic
def not_reached(*, message: Message, by: User, now: datetime) -> Message:
    """Note that nobody answered, and queue the next attempt: usually the letter.

    Where no way is left the apps above are told (`message_failed`). Raises CallSettled.
    """
    failed = decisions.settle(_to_call(message), _State.FAILED, by=by, now=now, reason=NOT_REACHED)
    following = ladder.climb(failed, now=now)
    if following is None:
        transaction.on_commit(
            partial(message_failed.send_robust, sender=Message, message=failed), robust=True
        )
    elif following.state == _State.DROPPED:
        # Prepared by an earlier answer that was taken back.
        decisions.settle(following, _State.QUEUED, by=by, now=now, reason=GOES_AFTER_ALL)
    return failed


@transaction.atomic
def take_back(*, message: Message, by: User, now: datetime) -> Message:
    """Undo either answer: the message waits for a call again, and a next attempt is dropped.

    Raises NextUnderWay, and CallSettled when there is no answer to take back.
    """
    answered = decisions.held(message, among={_State.SENT, _State.FAILED})
    if answered is None or answered.channel != Contact.Channel.CALL:
        raise CallSettled(_("There is no answer to this call that could be taken back."))
    following = Message.objects.select_for_update().filter(follows=answered).first()
    if following is not None:
        if following.state != _State.QUEUED or following.hand_over_id:
            raise NextUnderWay(
                _("The message that follows is on its way, so this call cannot be taken back.")
            )
        decisions.settle(following, _State.DROPPED, by=by, now=now, reason=TAKEN_BACK)
    return decisions.settle(answered, _State.HELD, by=by, now=now, reason=TAKEN_BACK)


def _to_call(message: Message) -> Message:
    locked = decisions.held(message, among={_State.HELD})
    if locked is None or locked.channel != Contact.Channel.CALL:
        raise CallSettled(_("This message waits for no call any more."))
    return locked
