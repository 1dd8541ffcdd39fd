"""Where a mobile desk should go next: coverage, visit requests and earlier days, put together.

Sums by district alone; nobody is named here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.coverage.coverage import Row, coverage
from outreach.places.days_off import days_off
from outreach.places.models import District, Venue
from outreach.places.rules.planned_days import day_off
from outreach.reception.models import OpeningDay, ReceptionPoint
from outreach.reception.roads import reached_for_months, roads
from outreach.reception.rules.where_next import (
    WINTER_MONTHS,
    Neighbourhood,
    Point,
    Proposal,
    Roads,
    Site,
    days_for,
    proposals,
)
from outreach.visits.models import VisitRequest

DAYS_IN_A_MONTH = 30
# So far ahead days are looked for.
LONGEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One venue with a day, and the arithmetic."""

    on: date | None
    proposal: Proposal

    @property
    def weekday(self) -> str:
        """The day of the week as forms send it; empty where no day is free."""
        return "" if self.on is None else str(self.on.weekday())


@dataclass(frozen=True, slots=True)
class WhereNext:
    """The venues proposed, and what the proposal stands on."""

    suggestions: list[Suggestion]
    as_of: date | None
    population_as_of: date | None
    without_card: int  # in all districts that could be placed on the map
    earlier: list[OpeningDay]
    not_placed: list[str]  # districts without a point on the map, or without counts
    roads: Roads
    winter: bool

    @property
    def people(self) -> int:
        """Residents without a card whom all proposals together reach for the first time."""
        return sum(one.proposal.people for one in self.suggestions)


def where_next(
    *, today: date, first: date, weekdays: frozenset[int], limit: int, most: int
) -> WhereNext:
    """At most `most` venues within `limit` minutes of the most people, with days from `first`.

    Winter is judged by the first day. Raises ReachNotUnderstood for a setting that `check`
    refuses.
    """
    way, winter = roads(), first.month in WINTER_MONTHS
    counted = coverage()
    places, not_placed = _places(counted.districts)
    earlier = _earlier(today)
    chosen = proposals(
        _sites(Venue.objects.filter(latitude__isnull=False, longitude__isnull=False)),
        places,
        earlier=_sites(day.venue for day in earlier),
        roads=way,
        limit=limit,
        winter=winter,
        most=most,
    )
    days: list[date | None] = list(
        days_for(first, weekdays=weekdays, off=_busy(first), count=len(chosen), longest=LONGEST)
    )
    days += [None] * (len(chosen) - len(days))
    return WhereNext(
        suggestions=[Suggestion(*pair) for pair in zip(days, chosen, strict=True)],
        as_of=counted.as_of,
        population_as_of=counted.population_as_of,
        without_card=sum(place.without_card for place in places),
        earlier=earlier,
        not_placed=not_placed,
        roads=way,
        winter=winter,
    )


def _places(rows: Iterable[Row]) -> tuple[list[Neighbourhood], list[str]]:
    """Districts with a point and counts; a district without either is named, not guessed."""
    found = {district.code: district for district in District.objects.in_force()}
    requests = _requests()
    places: list[Neighbourhood] = []
    not_placed: list[str] = []
    largest: dict[int, int] = {}
    for row in sorted(rows, key=lambda one: (-_without_card(one), one.code)):
        district = found[row.code]
        if row.missing or district.latitude is None or district.longitude is None:
            not_placed.append(row.name)
            continue
        # People say the district they live in, not the settlement: a request is counted once,
        # with the largest part of its district.
        asked_in = {district.pk}
        if (
            district.parent_id
            and largest.setdefault(district.parent_id, district.pk) == district.pk
        ):
            asked_in.add(district.parent_id)
        places.append(
            Neighbourhood(
                key=district.pk,
                name=row.name,
                point=Point(district.latitude, district.longitude),
                without_card=_without_card(row),
                requests=sum(requests[key] for key in asked_in),
            )
        )
    return places, not_placed


def _without_card(row: Row) -> int:
    return max(0, (row.residents or 0) - (row.cards or 0))


def _requests() -> Counter[int]:
    """Open visit requests by the district the person named."""
    return Counter(
        VisitRequest.objects.filter(
            state=VisitRequest.State.OPEN, person__district__isnull=False
        ).values_list("person__district", flat=True)
    )


def _earlier(today: date) -> list[OpeningDay]:
    """Days of mobile desks lately and those that are planned: their people are reached."""
    since = today - timedelta(days=DAYS_IN_A_MONTH * reached_for_months())
    return list(
        OpeningDay.objects.standing()
        .to_show()
        .filter(point__kind=ReceptionPoint.Kind.MOBILE_DESK, on__gte=since)
        .order_by("on", "pk")
    )


def _busy(first: date) -> set[date]:
    """Days on which nobody goes out: holidays, the turn of the year, and a desk is out already."""
    off = days_off()
    every = (first + timedelta(days=number) for number in range(LONGEST.days + 1))
    closed = {day for day in every if day_off(day, off) is not None}
    out = OpeningDay.objects.standing().filter(
        point__kind=ReceptionPoint.Kind.MOBILE_DESK, on__gte=first
    )
    return closed | set(out.values_list("on", flat=True))


def _sites(venues: Iterable[Venue]) -> list[Site]:
    return [
        Site(venue.pk, str(venue), Point(venue.latitude, venue.longitude))
        for venue in venues
        if venue.latitude is not None and venue.longitude is not None
    ]
