"""What came of asking for a visit, in one fiscal year: requests, waiting, visits, ways and cards.

Requests count in the year they were asked in, visits in the year they were made in; what stands
still is counted today. No two tables share a sum but that of everything, so that what one leaves
out cannot be read from another.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from mynumber.rules.wareki import FISCAL_YEAR_STARTS_IN, fiscal_year
from outreach.places.rules.shown_tables import Numbers, shown_table
from outreach.visits.kilometres import WayOfTeam, ways_of_teams
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.rules.card_progress import Progress, progress
from outreach.visits.rules.shares import within
from outreach.visits.rules.transitions import State
from outreach.visits.rules.working_days import working_days_between
from outreach.visits.step_limits import closed_days, first_in_time

TOPICS = tuple(VisitRequest.Topic)
WAYS_OF_ASKING = tuple(VisitRequest.How)
PROGRESS = tuple(Progress)
OUTCOMES = tuple(outcome for outcome in Visit.Outcome if outcome not in Visit.NOT_MADE)
STANDING = tuple(state for state in State if state in VisitRequest.STANDING)
MONTHS = tuple((FISCAL_YEAR_STARTS_IN + month - 1) % 12 + 1 for month in range(12))


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by the keys of its rows and columns; the last row and column are the sums."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: tuple[Numbers, ...]

    @property
    def whole(self) -> int | None:
        return self.numbers[-1][-1]

    @property
    def left_out(self) -> int:
        """How many numbers are not shown."""
        return sum(number is None for row in self.numbers for number in row)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Working days from asking to the first visit; None where too few people waited."""

    topic: str  # empty: all together
    half: int | None
    most: int | None  # nine of ten


@dataclass(frozen=True, slots=True)
class TeamYear:
    """One team's year; None where it made too few visits to tell."""

    name: str  # empty: all together
    days: int | None
    visits: int | None
    kilometres: int | None

    @property
    def visits_a_day(self) -> float | None:
        """To one decimal."""
        return round(self.visits / self.days, 1) if self.days and self.visits else None


@dataclass(frozen=True, slots=True)
class Figures:
    """One fiscal year of home visits."""

    year: int
    by_month: Table  # kinds of request
    by_how: Table
    by_district: Table  # how far the requests have come
    outcomes: Table
    waiting: tuple[Waiting, ...]
    teams: tuple[TeamYear, ...]
    without_place: int | None  # visits nobody knows the way to: they add no kilometres
    standing: Table

    @property
    def left_out(self) -> int:
        """How many numbers are not shown."""
        tables = (self.by_month, self.by_how, self.by_district, self.outcomes, self.standing)
        few = [one.half for one in self.waiting] + [one.visits for one in self.teams]
        return sum(table.left_out for table in tables) + few.count(None)


def figures(*, year: int, now: datetime, minimum: int) -> Figures:
    """The fiscal year that begins in April of `year`; numbers about fewer people than `minimum`,
    and what would give them away, are left out. With a minimum of 0 everything is shown."""
    begins, ends = (date(one, FISCAL_YEAR_STARTS_IN, 1) for one in (year, year + 1))
    asked = list(
        VisitRequest.objects.filter(asked_at__gte=_midnight(begins), asked_at__lt=_midnight(ends))
        .select_related("person__contact", "person__district")
        .order_by("pk")
    )
    made = list(
        Visit.objects.filter(outcome__in=OUTCOMES, visit_on__gte=begins, visit_on__lt=ends)
        .select_related(
            "team",
            "request__person__contact",
            "request__person__district",
            "request__person__residence__facility",
        )
        .order_by("pk")
    )
    teams, without_place = _teams(ways_of_teams(made), minimum)
    districts = [_district(request) for request in asked]
    return Figures(
        year=year,
        by_month=_table(
            [(str(_month(request)), request.topic) for request in asked],
            [str(month) for month in MONTHS],
            TOPICS,
            minimum,
        ),
        by_how=_table([(request.how, "") for request in asked], WAYS_OF_ASKING, [""], minimum),
        by_district=_table(
            [(name, _progress(request)) for name, request in zip(districts, asked, strict=True)],
            # Who told no district comes last.
            sorted(set(districts), key=lambda name: (name == "", name)),
            PROGRESS,
            minimum,
        ),
        outcomes=_table([(visit.outcome, "") for visit in made], OUTCOMES, [""], minimum),
        waiting=_waiting(asked, minimum),
        teams=teams,
        without_place=without_place,
        standing=_standing(timezone.localdate(now), minimum),
    )


def years_with_requests() -> list[int]:
    """The fiscal years somebody asked for a visit in, the newest first."""
    moments = VisitRequest.objects.order_by().values_list("asked_at", flat=True)
    return sorted({fiscal_year(timezone.localdate(moment)) for moment in moments}, reverse=True)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def _first_visits(asked: Sequence[VisitRequest]) -> dict[int, date]:
    """When somebody went there for the first time, by request."""
    went = Visit.objects.filter(outcome__in=OUTCOMES).order_by()
    first = dict(went.values("request").annotate(on=Min("visit_on")).values_list("request", "on"))
    return {one.pk: first[one.pk] for one in asked if one.pk in first}


def _month(request: VisitRequest) -> int:
    return timezone.localdate(request.asked_at).month


def _district(request: VisitRequest) -> str:
    """Where a protected person (DV 支援措置) lives is not counted either."""
    district = request.person.district
    return "" if request.person.contact.protected or district is None else district.name


def _progress(request: VisitRequest) -> Progress:
    return progress(
        applied=request.applied_on is not None,
        arrived=request.arrived_on is not None,
        handed_over=request.handed_over_on is not None,
    )


def _table(
    facts: Iterable[tuple[str, str]],
    rows: Sequence[str],
    columns: Sequence[str],
    minimum: int,
) -> Table:
    counted = Counter(facts)
    grid = [[counted[row, column] for column in columns] for row in rows]
    nothing = ((0,) * (len(columns) + 1),)
    return Table(tuple(rows), tuple(columns), shown_table(grid, minimum=minimum) or nothing)


def _waiting(asked: Sequence[VisitRequest], minimum: int) -> tuple[Waiting, ...]:
    """Of those who were visited: together, and by what they asked for."""
    took: defaultdict[str, list[int]] = defaultdict(list)
    first = _first_visits(asked)
    for request in asked:
        if request.pk in first:
            days = working_days_between(
                timezone.localdate(request.asked_at), first[request.pk], closed=closed_days()
            )
            took[request.topic].append(days)
            took[""].append(days)
    return tuple(_waited(topic, took[topic], minimum) for topic in ("", *TOPICS) if took[topic])


def _waited(topic: str, days: Sequence[int], minimum: int) -> Waiting:
    if len(days) < minimum:
        return Waiting(topic, None, None)
    return Waiting(topic, within(days, 50), within(days, 90))


def _teams(ways: Collection[WayOfTeam], minimum: int) -> tuple[tuple[TeamYear, ...], int | None]:
    """Team by team and together, and the visits without a place."""
    if not ways:
        return (), 0
    numbers = shown_table([[way.visits] for way in ways], minimum=minimum)
    whole = WayOfTeam(
        "",
        days=sum(way.days for way in ways),
        visits=sum(way.visits for way in ways),
        metres=sum(way.metres for way in ways),
        without_place=sum(way.without_place for way in ways),
    )
    told = tuple(
        TeamYear(way.name, None, None, None)
        if row[-1] is None
        else TeamYear(way.name, way.days, way.visits, round(way.metres / 1000))
        for way, row in zip((*ways, whole), numbers, strict=True)
    )
    few = 0 < whole.without_place < minimum
    return told, None if few else whole.without_place


def _standing(today: date, minimum: int) -> Table:
    """Requests that are not settled, by where they stand: in time, and stuck."""
    late = Q()
    for state in STANDING:
        late |= Q(state=state, since__lt=first_in_time(state, today=today))
    counted = {
        row["state"]: (row["all"] - row["late"], row["late"])
        for row in VisitRequest.objects.filter(state__in=STANDING)
        .order_by()
        .values("state")
        .annotate(all=Count("pk"), late=Count("pk", filter=late))
    }
    grid = [counted.get(state, (0, 0)) for state in STANDING]
    return Table(STANDING, ("in_time", "late"), shown_table(grid, minimum=minimum))
