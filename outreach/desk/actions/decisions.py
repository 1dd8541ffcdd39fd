"""Decide about a message in doubt, and take the task about it off the list."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db import transaction

from notifications.actions import doubts
from notifications.models import Message
from outreach.people.actions import tasks
from outreach.people.models import Task


class Decision(StrEnum):
    """What an officer can say about a message in doubt."""

    SENT = "sent"
    AGAIN = "again"
    DROP = "drop"


_VERBS = {
    Decision.SENT: doubts.decide_sent,
    Decision.AGAIN: doubts.decide_send_again,
    Decision.DROP: doubts.decide_drop,
}


@transaction.atomic
def decide(*, message: Message, decision: Decision, by: User, now: datetime) -> None:
    """Settle the message; its open tasks are done with it, whoever had taken them.

    Raises NotInDoubt.
    """
    _VERBS[decision](message=message, by=by, now=now)
    about = Task.objects.filter(
        message=message, kind__in=(Task.Kind.DOUBT, Task.Kind.NOT_REACHED), done_at=None
    ).order_by("pk")
    for task in about:
        tasks.take(task=task, by=None)
        tasks.finish(task=task, by=by, now=now)
