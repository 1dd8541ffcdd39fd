"""Requests that wait for a day, by urgency: who, why, until when, and who has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from outreach.visits.models import VisitRequest
from outreach.visits.rules.urgency import Urgency, urgency
from outreach.visits.step_limits import due_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row: the request, why it is urgent, and the last day on which it is answered in time."""

    request: VisitRequest
    urgency: Urgency
    due: date
    is_late: bool
    people: int = 1  # of a group, all that wait


def waiting(*, chosen: Mapping[str, Any], user: User, today: date) -> QuerySet[VisitRequest]:
    """The queue as an officer has filtered it, the most urgent first; a group is one row."""
    of_group = VisitRequest.objects.filter(
        group=OuterRef("group"), state__in=VisitRequest.AWAITING_VISIT
    )
    counted = of_group.order_by().values("group").annotate(count=Count("pk")).values("count")
    rows = (
        VisitRequest.objects.awaiting_visit(today=today)
        .select_related("holder", "group")
        .filter(~Exists(of_group.filter(pk__lt=OuterRef("pk"))))
        .annotate(people=Subquery(counted))
    )
    if district := chosen.get("district"):
        rows = rows.filter(person__district=district)
    if topic := chosen.get("topic"):
        rows = rows.filter(topic=topic)
    match chosen.get("whose"):
        case "mine":
            rows = rows.filter(holder=user)
        case "nobody":
            rows = rows.filter(holder=None)
    return rows


def as_waiting(request: VisitRequest, *, today: date) -> Waiting:
    """One row of the queue."""
    due = due_on(request.state, request.since)
    judged = urgency(
        expires_on=request.expires_on,
        stay_until=request.stay_until,
        asked_on=timezone.localdate(request.asked_at),
        due_on=due,
        today=today,
    )
    return Waiting(request, judged, due, due < today, getattr(request, "people", None) or 1)
