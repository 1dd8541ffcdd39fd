"""What the city still owes to whom: requests between the visit and the card in the hand."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, Value, When

from outreach.visits.models import VisitRequest
from outreach.visits.rules.transitions import State
from outreach.visits.step_limits import due_on, first_in_time

# In the order of the way; a planned visit is late when its day passed without an outcome.
STEPS = (
    State.PLANNED,
    State.APPLIED,
    State.AT_JLIS,
    State.ARRIVED,
    State.POSTED,
    State.TO_COLLECT,
    State.TO_HAND_OVER,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One request with the last day its present step should take."""

    request: VisitRequest
    due: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many requests stand at one step, and how many of them are late."""

    state: State
    count: int
    late: int

    @property
    def label(self) -> str:
        return str(VisitRequest.State(self.state).label)


def owed(*, today: date, state: str = "", late_only: bool = False) -> QuerySet[VisitRequest]:
    """What is under way, late first, then by how long it stands there."""
    late = _late(today)
    rows = VisitRequest.objects.filter(late | Q(state__in=VisitRequest.UNDER_WAY)).with_people()
    rows = rows.select_related("holder").order_by(
        Case(When(late, then=Value(0)), default=Value(1)), "since", "pk"
    )
    if state in STEPS:
        rows = rows.filter(state=state)
    return rows.filter(late) if late_only else rows


def counts(*, today: date) -> list[StepCount]:
    """Step by step, in the order of the way, those with nothing left out."""
    counted = (
        owed(today=today)
        .order_by()
        .values("state")
        .annotate(count=Count("pk"), behind=Count("pk", filter=_late(today)))
    )
    found = {row["state"]: row for row in counted}
    return [
        StepCount(state, found[state]["count"], found[state]["behind"])
        for state in STEPS
        if state in found
    ]


def as_owed(request: VisitRequest, *, today: date) -> Owed:
    """One row of the list."""
    due = due_on(request.state, request.since)
    return Owed(request, due, due < today)


def _late(today: date) -> Q:
    late = Q()
    for state in STEPS:
        late |= Q(state=state, since__lt=first_in_time(state, today=today))
    return late
