"""A day as planning sees it: the teams that go, the visits on it, the requests that wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from outreach.visits.models import Team, TeamDay, Visit, VisitParticipant, VisitRequest
from outreach.visits.places_to_go import districts_closed, place_of
from outreach.visits.planning import Fixed, Lunch, Problem, Stop, Window
from outreach.visits.planning import Team as TeamOfDay
from outreach.visits.planning.service import minutes_of_visit
from outreach.visits.planning.travel import FOUR_WHEEL_DRIVE, Place, needs_on_the_road
from outreach.visits.planning_figures import figures
from outreach.visits.road_times import STEP, road_times
from outreach.visits.rules.time_slots import HOURS
from outreach.visits.rules.urgency import PRIORITY, urgency
from outreach.visits.rules.visit_needs import FACE_PHOTO, LANGUAGE, TABLET, needs_of_visit
from outreach.visits.step_limits import due_on

# More than any day has room for; whoever is further down waits for another day anyway.
MOST_CONSIDERED = 60
# What only the team itself brings: for a confirmed visit that has no exact time yet.
THIS_TEAM = "team:"


@dataclass(frozen=True, slots=True)
class Day:
    """The problem, with the rows it was made from by their keys; stops are keys of requests.

    `unplaced` have no district, so nobody knows where to drive. `versions` are those of the
    teams' days when they were read.
    """

    on: date
    problem: Problem
    requests: dict[int, VisitRequest]
    visits: dict[int, Visit]
    teams: dict[int, Team]
    places: dict[int, Place]
    unplaced: tuple[VisitRequest, ...]
    versions: dict[int, int]
    waiting: int

    def at(self, seconds: int) -> datetime:
        """A moment of the plan as a moment of that day, by the town's clock."""
        return midnight(self.on) + timedelta(seconds=seconds)


def midnight(on: date) -> datetime:
    """Where the day begins by the town's clock."""
    return datetime.combine(on, time(), tzinfo=timezone.get_default_timezone())


def read_day(
    *,
    on: date,
    now: datetime,
    team: Team | None = None,
    estimated: bool = False,
    also_fixed: dict[int, Fixed] | None = None,
) -> Day:
    """Read what is to be planned, of all teams or of one.

    `also_fixed` keeps more requests where a proposal has put them. Raises RoutingUnavailable.
    """
    teams = [team] if team else list(Team.objects.to_choose_from())
    versions = _versions(on, teams)  # before the visits: what changes in between is noticed
    visits = {
        visit.request_id: visit
        for visit in Visit.objects.ahead().filter(visit_on=on, team__in=teams).with_people()
    }
    waiting = _who_waits(on=on, now=now)
    considered = [visit.request for visit in visits.values()] + waiting[:MOST_CONSIDERED]
    places = {
        request.pk: place for request in considered if (place := place_of(request)) is not None
    }
    placed = [request for request in considered if request.pk in places]
    fixed = _fixed(on, visits) | (also_fixed or {})
    travel = road_times(
        [end for each in teams for end in ends_of_way(each)] + [places[r.pk] for r in placed],
        on=on,
        estimated=estimated,
    )
    closed = districts_closed(on)
    stops = tuple(
        _stop(
            request,
            place=2 * len(teams) + index,
            needs=needs_on_the_road(places[request.pk], on),
            closed=request.person.district_id in closed,
            visit=visits.get(request.pk),
            fixed=fixed.get(request.pk),
            on=on,
        )
        for index, request in enumerate(placed)
    )
    earliest = _not_before(on, now)
    return Day(
        on=on,
        problem=Problem(
            stops,
            tuple(
                _team(each, place=2 * index, earliest=earliest) for index, each in enumerate(teams)
            ),
            travel,
        ),
        requests={request.pk: request for request in considered},
        visits=visits,
        teams={each.pk: each for each in teams},
        places=places,
        unplaced=tuple(request for request in considered if request.pk not in places),
        versions=versions,
        waiting=len(waiting),
    )


def _fixed(on: date, visits: dict[int, Visit]) -> dict[int, Fixed]:
    return {
        key: Fixed(visit.team_id, _seconds(on, visit.starts_at))
        for key, visit in visits.items()
        if visit.stays_put and visit.starts_at
    }


def _versions(on: date, teams: list[Team]) -> dict[int, int]:
    counted = TeamDay.objects.versions(on=on)
    return {team.pk: counted.get(team.pk, 0) for team in teams}


def _who_waits(*, on: date, now: datetime) -> list[VisitRequest]:
    """Most urgent first, one request a person, nobody who has a visit ahead already."""
    visited = set(VisitParticipant.objects.filter(open=True).values_list("person_id", flat=True))
    found = []
    for request in VisitRequest.objects.awaiting_visit(today=timezone.localdate(now)):
        if request.person_id not in visited:
            visited.add(request.person_id)
            found.append(request)
    return found


def _stop(
    request: VisitRequest,
    *,
    place: int,
    needs: frozenset[str],
    closed: bool,
    visit: Visit | None,
    fixed: Fixed | None,
    on: date,
) -> Stop:
    language = request.person.contact.language
    needs |= needs_of_visit(topic=request.topic, language=language)
    if visit and visit.stays_put and not fixed:
        needs |= {f"{THIS_TEAM}{visit.team_id}"}
    slots = [visit.time_slot] if visit else sorted(HOURS)
    judged = urgency(
        expires_on=request.expires_on,
        asked_on=timezone.localdate(request.asked_at),
        due_on=due_on(request.state, request.since),
        stay_until=request.stay_until,
        today=on,
    )
    minutes = minutes_of_visit(
        people=visit.people if visit else 1,
        at_facility=request.relation == VisitRequest.Relation.FACILITY,
        minutes=figures().service,
    )
    return Stop(
        id=request.pk,
        place=place,
        service=minutes * 60,
        windows=tuple(_window(slot) for slot in slots),
        priority=PRIORITY[judged.level],
        promised=visit is not None,
        # What is fixed was agreed with its team as it is.
        needs=frozenset() if fixed else needs,
        closed=closed and not fixed,
        fixed=fixed,
    )


def _window(slot: str) -> Window:
    hours = HOURS[slot]
    return Window(_of_clock(hours.starts), _of_clock(hours.ends) - STEP)


def _team(team: Team, *, place: int, earliest: int) -> TeamOfDay:
    has = {f"{LANGUAGE}{code}" for code in team.languages} | {f"{THIS_TEAM}{team.pk}"}
    brings = ((team.takes_photos, FACE_PHOTO), (team.has_tablet, TABLET))
    has |= {
        name for is_there, name in (*brings, (team.four_wheel_drive, FOUR_WHEEL_DRIVE)) if is_there
    }
    lunch = Lunch(team.lunch_minutes * 60, _of_clock(team.lunch_from), _of_clock(team.lunch_until))
    ends = _of_clock(team.ends)
    return TeamOfDay(
        id=team.pk,
        starts=min(max(_of_clock(team.starts), earliest), ends),
        ends=ends,
        start_place=place,
        end_place=place + 1,
        has=frozenset(has),
        lunch=lunch if team.lunch_minutes else None,
        longest=None if team.longest_minutes is None else team.longest_minutes * 60,
    )


def ends_of_way(team: Team) -> tuple[Place, Place]:
    """Where a team's car stands in the morning and in the evening."""
    office = figures().office
    start, end = office, office
    if team.start_latitude is not None and team.start_longitude is not None:
        start = Place(team.start_latitude, team.start_longitude)
    if team.end_latitude is not None and team.end_longitude is not None:
        end = Place(team.end_latitude, team.end_longitude)
    return start, end


def _not_before(on: date, now: datetime) -> int:
    """On the day itself nobody leaves in the past."""
    if timezone.localdate(now) != on:
        return 0
    return -(-_seconds(on, now) // STEP) * STEP


def _seconds(on: date, at: datetime) -> int:
    return round((at - midnight(on)).total_seconds())


def _of_clock(at: time) -> int:
    return at.hour * 3600 + at.minute * 60
