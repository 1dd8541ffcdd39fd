"""Finish the desk's tasks together with what they are about, and take that back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions import colleague_calls
from notifications.actions.messages import Told
from notifications.models import Message
from outreach.classes.actions import offers
from outreach.classes.actions.offers import OfferGone
from outreach.desk.offered_places import offer_of
from outreach.desk.task_list import start_of_day
from outreach.people.actions import tasks
from outreach.people.models import Task

_IN_DOUBT = (Message.State.UNKNOWN, Message.State.HELD)
_ANSWERED = (Message.State.SENT, Message.State.FAILED)


class CannotUndo(Exception):
    """What was done has had consequences, or is of another day."""


@transaction.atomic
def finish_call(*, task: Task, reached: bool, by: User, now: datetime, note: str = "") -> Task:
    """Note what came of a call; who was not reached gets the next channel, usually a letter.

    Raises TaskDone, TakenByColleague, CallSettled, and ValidationError for a note that may not
    be kept.
    """
    done = tasks.finish(task=task, by=by, now=now, note=note)
    if done.message is None:
        raise colleague_calls.CallSettled(_("This message waits for no call any more."))
    answer = colleague_calls.reached if reached else colleague_calls.not_reached
    answer(message=done.message, by=by, now=now)
    return done


@transaction.atomic
def finish_offer(*, task: Task, accepts: bool, by: User, now: datetime, note: str = "") -> Task:
    """Note the answer of somebody who was called about a place that became free.

    Raises what `finish_call` raises, and OfferGone when the place went on meanwhile.
    """
    offer = offer_of(task)
    if offer is None or task.message is None:
        raise OfferGone(_("This task is not about a place in a class."))
    done = finish_call(task=task, reached=True, by=by, now=now, note=note)
    answer = offers.accept if accepts else offers.decline
    answer(registration=offer.registration, now=now, told=Told(task.message.contact, by))
    return done


@transaction.atomic
def undo(*, task: Task, by: User, now: datetime) -> Task:
    """Put a task that was done today back on the list, and its message back to waiting.

    Raises CannotUndo, and NextUnderWay when the letter after a call has left the house.
    """
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.done_at is None:
        return locked
    if locked.done_by is None:
        raise CannotUndo(_("The step was taken, so there is nothing left to do here."))
    if locked.done_at < start_of_day(now):
        raise CannotUndo(_("Only what was done today can be undone."))
    message = locked.message
    offer = offer_of(locked)
    if offer is not None and offer.answer:
        raise CannotUndo(_("The answer to an offered place stands. Change it on the class list."))
    if locked.kind == Task.Kind.DOUBT and message and message.state not in _IN_DOUBT:
        raise CannotUndo(_("What was decided about a message in doubt cannot be undone."))
    if locked.kind == Task.Kind.CALL and message and message.state in _ANSWERED:
        colleague_calls.take_back(message=message, by=by, now=now)
    return tasks.reopen(task=locked)
