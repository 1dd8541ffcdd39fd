"""Write down what an aggregator reports about the messages of a file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from notifications import reasons
from notifications.actions import outcomes, stops
from notifications.actions.outcomes import Outcome
from notifications.actions.stops import How
from notifications.models import Message


class Result(StrEnum):
    """What became of a text, in the aggregator's words."""

    DELIVERED = "送達"
    FAILED = "不達"
    STOPPED = "停止"


STATE_OF = {
    Result.DELIVERED: Message.State.DELIVERED,
    Result.FAILED: Message.State.FAILED,
    Result.STOPPED: Message.State.FAILED,
}


@dataclass(frozen=True, slots=True)
class Report:
    """One line of a report: the message, what became of it, and why, if that was said."""

    message: Message
    result: Result
    reason: str = ""


@transaction.atomic
def note(*, reports: Sequence[Report], now: datetime) -> Counter[Result]:
    """Settle the messages of a report and count what was new, by result.

    A final state stays; a report that is told again changes nothing. 停止 stops the number for
    everybody behind it. What failed goes on by the next channel.
    """
    sent = Message.objects.filter(
        pk__in=[report.message.pk for report in reports], state=Message.State.SENT
    )
    locked = {
        message.pk: message
        for message in sent.select_for_update(of=("self",)).select_related("contact", "point")
    }
    new = [report for report in reports if report.message.pk in locked]
    for report in new:
        point = locked[report.message.pk].point
        if report.result is Result.STOPPED and point is not None:
            stops.stop_point(point=point, now=now, how=How.CARRIER)
    outcomes.write([_outcome(locked[report.message.pk], report) for report in new], now=now)
    return Counter(report.result for report in new)


def _outcome(message: Message, report: Report) -> Outcome:
    reason = report.reason
    if report.result is Result.STOPPED:
        reason = reasons.in_house_language(reasons.STOPPED)
    elif report.result is Result.FAILED and not reason:
        reason = reasons.in_house_language(reasons.NOT_DELIVERED)
    return Outcome(message, STATE_OF[report.result], reason, carrier=message.carrier)
