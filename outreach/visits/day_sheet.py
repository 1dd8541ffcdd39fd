"""What a team takes along for one day: what to expect at each stop, what was pressed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from outreach.visits.advice import documents_of
from outreach.visits.day_stops import Stop, stop_of
from outreach.visits.models import Visit, VisitMark


@dataclass(frozen=True, slots=True)
class SheetStop:
    """One visit on the sheet; asks the database nothing more."""

    stop: Stop
    documents: list[str]
    arrived_at: datetime | None
    left_at: datetime | None
    consents: frozenset[str]

    @property
    def visit(self) -> Visit:
        return self.stop.visit


def sheet_stops(visits: Iterable[Visit], *, today: date) -> list[SheetStop]:
    """The stops of a day in their order, read from what `day_list` has fetched."""
    rows = list(visits)
    of_visit: dict[int, list[VisitMark]] = defaultdict(list)
    for mark in VisitMark.objects.filter(visit__in=rows).order_by("marked_at", "pk"):
        of_visit[mark.visit_id].append(mark)
    return [_sheet_stop(visit, of_visit[visit.pk], today) for visit in rows]


def _sheet_stop(visit: Visit, marks: list[VisitMark], today: date) -> SheetStop:
    at = {mark.kind: mark.marked_at for mark in marks}
    return SheetStop(
        stop=stop_of(visit),
        documents=documents_of(visit.request, today=today, at_home=True),
        arrived_at=at.get(VisitMark.Kind.ARRIVED),
        left_at=at.get(VisitMark.Kind.LEFT),
        consents=frozenset(mark.value for mark in marks if mark.kind == VisitMark.Kind.CONSENT),
    )
