"""What the page by the door shows: each participant, what was marked, what they asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from outreach.classes.actions.class_outcomes import counter_cause, visit_key
from outreach.classes.models import Attendance, ClassSession, Feedback, Registration
from outreach.classes.roster import RosterLine, roster_lines
from outreach.people.models import Task
from outreach.visits.models import VisitRequest


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One participant; `state` is empty while nobody has marked them."""

    line: RosterLine
    state: str
    no_shows: int
    visit_reference: str  # of the home visit they asked for here
    wants_counter: bool

    @property
    def registration(self) -> Registration:
        return self.line.registration


@dataclass(frozen=True, slots=True)
class Counts:
    present: int
    absent: int
    not_marked: int


def door_lines(session: ClassSession) -> list[DoorLine]:
    """Everybody with a seat, by reading; five queries however many they are."""
    registrations = list(session.registrations.at_the_door())
    visits = _visits_asked_for(registrations)
    counter = _counter_wanted(registrations)
    return [
        DoorLine(
            line=line,
            state=_state(registration),
            no_shows=getattr(registration, "no_shows"),  # noqa: B009  (annotated)
            visit_reference=visits.get(visit_key(registration), ""),
            wants_counter=counter_cause(registration) in counter,
        )
        for registration, line in zip(registrations, roster_lines(registrations), strict=True)
    ]


def counts(lines: Iterable[DoorLine]) -> Counts:
    """How many came, did not come, and are still to be marked."""
    states = [line.state for line in lines]
    present, absent = (states.count(state) for state in Attendance.State.values)
    return Counts(present, absent, len(states) - present - absent)


def feedback_counts(session: ClassSession) -> dict[str, int]:
    """How often each face was pressed, and how many would come again."""
    faces = {answer: Count("pk", filter=Q(answer=answer)) for answer in Feedback.Answer.values}
    return session.feedback.aggregate(
        **faces,
        come_again=Count("pk", filter=Q(again=True)),
        stay_away=Count("pk", filter=Q(again=False)),
    )


def _state(registration: Registration) -> str:
    return registration.attendance.state if hasattr(registration, "attendance") else ""


def _visits_asked_for(registrations: list[Registration]) -> dict[UUID, str]:
    keys = [visit_key(registration) for registration in registrations]
    asked = VisitRequest.objects.filter(submission__in=keys)
    return dict(asked.values_list("submission", "reference"))


def _counter_wanted(registrations: list[Registration]) -> set[str]:
    causes = [counter_cause(registration) for registration in registrations]
    return set(Task.objects.filter(cause__in=causes).values_list("cause", flat=True))
