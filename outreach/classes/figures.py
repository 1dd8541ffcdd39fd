"""What came of the classes of one fiscal year: places, people, districts, ages, and the KPI.

Source: 鹿角市DX推進計画 取組10, KPI 市民向け操作説明会: at least one hands-on class for citizens
every year. Classes for the city's own staff (取組8) are not counted here. A class was held when it
has ended and somebody was marked present.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone

from mynumber.rules.wareki import FISCAL_YEAR_STARTS_IN, fiscal_year
from outreach.classes.models import Attendance, ClassSession, Course, Registration
from outreach.classes.rules.age_groups import AgeGroup, age_group
from outreach.places.rules.suppression import suppressed

AGES = tuple(AgeGroup)
_Seat = Registration.State


@dataclass(frozen=True, slots=True)
class Cell:
    """What some people did in a year. `people` are different ones, all else counts seats."""

    people: int = 0
    taken: int = 0
    attended: int = 0
    no_shows: int = 0
    first_timers: int = 0  # people who had never attended a class before
    waiting: int = 0  # asked and found no place

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(*(getattr(self, count) + getattr(other, count) for count in COUNTS))


COUNTS = tuple(Cell.__dataclass_fields__)
# The counts of a cell by name; None is one that is left out.
Shown = Mapping[str, int | None]
Rows = tuple[tuple[str, tuple[Shown, ...]], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One class as evidence of the KPI."""

    session: ClassSession
    attended: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One fiscal year. `rows` are districts with one cell for each age group and their sum;
    the last row is the whole."""

    year: int
    sessions: int
    offered: int
    rows: Rows
    whole: Shown
    held: tuple[Held, ...]  # for citizens: what the KPI asks for
    not_marked: int  # seats of classes that ended without anybody saying who came

    @property
    def left_out(self) -> int:
        """How many numbers are not shown."""
        cells = [cell for _name, row in self.rows for cell in row]
        return sum(value is None for cell in cells for value in cell.values())


@dataclass(slots=True)
class _Person:
    district: str
    age: AgeGroup
    cell: Cell = field(default_factory=lambda: Cell(people=1))


def figures(*, year: int, now: datetime, minimum: int) -> Figures:
    """The fiscal year that begins in April of `year`; cells of fewer people than `minimum`, and
    what would give them away, are left out. With a minimum of 0 everything is shown."""
    sessions = sessions_of(year)
    people = _people(sessions, year)
    rows = _rows(people, minimum)
    totals = sessions.aggregate(count=Count("pk"), offered=Sum("capacity"))
    return Figures(
        year=year,
        sessions=totals["count"],
        offered=totals["offered"] or 0,
        rows=rows,
        whole=rows[-1][1][-1],
        held=_held(sessions, now),
        not_marked=Registration.objects.filter(
            session__in=sessions, session__ends_at__lte=now, state=_Seat.REGISTERED, attendance=None
        ).count(),
    )


def sessions_of(year: int) -> QuerySet[ClassSession]:
    """The classes for residents and groups that belong to a fiscal year and were not called off."""
    begins, ends = (
        datetime(y, FISCAL_YEAR_STARTS_IN, 1, tzinfo=timezone.get_default_timezone())
        for y in (year, year + 1)
    )
    return ClassSession.objects.filter(
        starts_at__gte=begins, starts_at__lt=ends, state=ClassSession.State.ANNOUNCED
    ).exclude(course__audience=Course.Audience.STAFF)


def years_with_classes() -> list[int]:
    """The fiscal years there are classes in, the newest first."""
    moments = ClassSession.objects.order_by().values_list("starts_at", flat=True)
    return sorted({fiscal_year(timezone.localdate(moment)) for moment in moments}, reverse=True)


def _people(sessions: QuerySet[ClassSession], year: int) -> list[_Person]:
    """Everybody who asked for a place in one of the classes and did not take it back."""
    registrations = (
        Registration.objects.filter(session__in=sessions, state__in=Registration.STANDING)
        .select_related("person__district", "person__contact", "attendance", "session")
        .order_by("pk")
    )
    first = _first_attended()
    people: dict[int, _Person] = {}
    for registration in registrations:
        person = registration.person
        # Where a protected person (DV 支援措置) lives is not counted either.
        hides = person.contact.protected or person.district is None
        known = people.setdefault(
            person.pk,
            _Person(
                district="" if hides or person.district is None else person.district.name,
                age=age_group(birth_year=person.birth_year, in_year=year),
            ),
        )
        came = hasattr(registration, "attendance") and registration.attendance.state
        has_seat = registration.state == _Seat.REGISTERED
        known.cell += Cell(
            taken=has_seat,
            attended=came == Attendance.State.PRESENT,
            no_shows=came == Attendance.State.ABSENT,
            first_timers=(
                came == Attendance.State.PRESENT
                and first[person.pk] == registration.session.starts_at
            ),
            waiting=not has_seat,
        )
    # Two classes may begin at the same moment; nobody comes for the first time twice.
    for known in people.values():
        known.cell = replace(known.cell, first_timers=min(known.cell.first_timers, 1))
    return list(people.values())


def _first_attended() -> dict[int, datetime]:
    """When each person first attended a class, by person."""
    attended = Registration.objects.filter(attendance__state=Attendance.State.PRESENT).order_by()
    return dict(
        attended.values("person").annotate(at=Min("session__starts_at")).values_list("person", "at")
    )


def _rows(people: Iterable[_Person], minimum: int) -> Rows:
    """Districts by age groups with their sums, small numbers left out."""
    cells: defaultdict[tuple[str, AgeGroup], Cell] = defaultdict(Cell)
    for person in people:
        cells[person.district, person.age] += person.cell
    # Who told no district comes last.
    districts = sorted({district for district, _age in cells}, key=lambda name: (name == "", name))
    grid = [[cells[district, age] for age in AGES] for district in districts]
    with_sums = [[*row, _sum(row)] for row in grid]
    with_sums.append([_sum([row[age] for row in with_sums]) for age in range(len(AGES) + 1)])
    hidden = _hidden(grid, minimum)
    return tuple(
        (name, tuple(_shown(cell, (r, c), hidden) for c, cell in enumerate(row)))
        for r, (name, row) in enumerate(zip([*districts, ""], with_sums, strict=True))
    )


def _hidden(grid: list[list[Cell]], minimum: int) -> dict[str, frozenset[tuple[int, int]]]:
    """The places to leave out of the table of each count.

    A group of too few people is left out of all of them, and so is a small number about a large
    group. The sums of the whole city are told as long as it has enough people.
    """
    few = suppressed([[cell.people for cell in row] for row in grid], minimum=minimum)
    hidden = {
        count: few
        | suppressed(
            [[asdict(cell)[count] for cell in row] for row in grid],
            minimum=minimum,
            whole_is_known=True,
        )
        for count in COUNTS
    }
    # Who has a seat came or did not: of the three numbers, who came is the one to tell.
    hidden["taken"] = hidden["no_shows"] = hidden["taken"] | hidden["no_shows"]
    return hidden


def _shown(
    cell: Cell, place: tuple[int, int], hidden: Mapping[str, frozenset[tuple[int, int]]]
) -> Shown:
    return {
        count: None if place in hidden[count] else value for count, value in asdict(cell).items()
    }


def _sum(cells: Sequence[Cell]) -> Cell:
    return sum(cells, Cell())


def _held(sessions: QuerySet[ClassSession], now: datetime) -> tuple[Held, ...]:
    """Classes for citizens that were held, the evidence of the KPI."""
    present = Count(
        "registrations", filter=Q(registrations__attendance__state=Attendance.State.PRESENT)
    )
    held = (
        sessions.filter(course__audience=Course.Audience.RESIDENTS, ends_at__lte=now)
        .select_related("course", "venue")
        .annotate(attended=present)
        .filter(attended__gt=0)
        .order_by("starts_at", "pk")
    )
    return tuple(Held(session, session.attended) for session in held)
