"""A day is proposed and saved: whole, once, and around what was agreed with people."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation
from django.utils.timezone import localtime

from notifications.models import Message
from outreach.places.models import District
from outreach.visits.actions import days, requests, visits
from outreach.visits.models import RoadClosure, Team, TeamDay, Visit, VisitRequest
from outreach.visits.planning import Fixed, Reason
from outreach.visits.proposal import CannotPlan, Proposal, Unreadable, placed, propose, swapped
from tests.conftest import TOKYO

DAY = date(2026, 10, 8)
Asking = Callable[..., VisitRequest]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def proposed(team: Team, now: datetime) -> Callable[..., Proposal]:
    def proposing(**changes: Any) -> Proposal:
        return propose(**{"on": DAY, "now": now, "iterations": 80, **changes})[0]

    return proposing


@pytest.fixture
def save(officer: User, now: datetime) -> Callable[[Proposal], object]:
    return lambda proposal: days.save(proposal=proposal, by=officer, now=now)


def reasons(proposal: Proposal) -> dict[int, Reason]:
    return {each.stop: each.reason for each in proposal.plan.unassigned}


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 8, hour, minute, tzinfo=TOKYO)


def test_a_saved_day_has_visits_with_times_and_tells_people(
    ask_for_another: Asking, team: Team, proposed, save
) -> None:
    asked = [ask_for_another() for _ in range(3)]
    save(proposed())
    made = list(Visit.objects.day_list(on=DAY))
    assert [visit.request for visit in made] == sorted(
        asked, key=lambda request: made[[v.request_id for v in made].index(request.pk)].starts_at
    )
    assert all(visit.ends_at - visit.starts_at == timedelta(minutes=50) for visit in made)
    assert all(localtime(visit.starts_at).minute % 5 == 0 for visit in made)
    assert [visit.position for visit in made] == [1, 2, 3]
    assert {request.refresh_from_db() or request.state for request in asked} == {"planned"}
    assert Message.objects.filter(reference__startswith="visit-planned").count() == 3
    assert TeamDay.objects.get(team=team, day=DAY).travel_source == "estimate"


def test_a_proposal_survives_the_page_and_nothing_else_does(
    ask_for_another: Asking, proposed
) -> None:
    ask_for_another()
    ask_for_another(language="vi")
    proposal = proposed()
    assert Proposal.from_text(proposal.to_text()) == proposal
    with pytest.raises(Unreadable):
        Proposal.from_text(proposal.to_text()[:-1] + "x")


def test_nobody_who_speaks_the_language_is_a_reason(
    ask_for_another: Asking, team: Team, proposed
) -> None:
    request = ask_for_another(language="vi")
    left = proposed().plan.unassigned[0]
    assert (left.stop, left.reason, left.lacking) == (request.pk, Reason.NO_SKILL, {"language:vi"})
    Team.objects.filter(pk=team.pk).update(languages=["vi"])
    assert reasons(proposed()) == {}


def test_a_closed_road_is_a_reason(ask_for_another: Asking, district: District, proposed) -> None:
    request = ask_for_another()
    RoadClosure.objects.create(district=district, closed_from=DAY, closed_until=DAY)
    assert reasons(proposed()) == {request.pk: Reason.ROAD_CLOSED}
    assert reasons(proposed(on=DAY + timedelta(days=1))) == {}


def test_a_confirmed_visit_is_never_moved(
    ask_for_another: Asking, team: Team, officer: User, now: datetime, proposed, save
) -> None:
    confirmed = visits.schedule(
        request=ask_for_another(), team=team, on=DAY, time_slot="pm", by=officer, now=now
    )
    Visit.objects.filter(pk=confirmed.pk).update(
        starts_at=at(14, 5), ends_at=at(14, 55), confirmation="confirmed", confirmed_at=now
    )
    for _ in range(6):
        ask_for_another()
    proposal = proposed()
    assert placed(proposal.plan)[confirmed.request_id] == Fixed(team.pk, 14 * 3600 + 300)
    save(proposal)
    confirmed.refresh_from_db()
    assert confirmed.starts_at == at(14, 5)


def test_a_visit_told_for_the_afternoon_stays_in_the_afternoon_untold_again(
    ask_for_another: Asking, team: Team, officer: User, now: datetime, proposed, save
) -> None:
    told = visits.schedule(
        request=ask_for_another(), team=team, on=DAY, time_slot="pm", by=officer, now=now
    )
    before = Message.objects.count()
    save(proposed())
    told.refresh_from_db()
    assert told.time_slot == "pm"
    assert localtime(told.starts_at).hour >= 13
    assert Message.objects.count() == before


def test_fixed_visits_of_one_hour_are_named(
    ask_for_another: Asking, team: Team, officer: User, now: datetime, proposed
) -> None:
    for minutes in (0, 50):
        visit = visits.schedule(
            request=ask_for_another(), team=team, on=DAY, time_slot="am", by=officer, now=now
        )
        starts = at(9) + timedelta(minutes=minutes)
        Visit.objects.filter(pk=visit.pk).update(
            starts_at=starts, ends_at=starts + timedelta(minutes=50), pinned=True
        )
    # They touch, which the database allows; moving one of them nearer does not.
    Team.objects.filter(pk=team.pk).update(longest_minutes=60)
    with pytest.raises(CannotPlan, match=r"第1班.*V"):
        proposed()


def test_one_team_is_planned_without_touching_the_other(
    ask_for_another: Asking, team: Team, other_team: Team, proposed
) -> None:
    ask_for_another()
    proposal = proposed(team=other_team)
    assert [route.team for route in proposal.plan.routes] == [other_team.pk]
    assert set(proposal.versions) == {other_team.pk}


@pytest.mark.parametrize(
    "change",
    ["a visit put on the day by hand", "a cancelled visit", "another plan", "a pinned visit"],
)
def test_a_day_that_changed_is_not_overwritten(
    change: str,
    ask_for_another: Asking,
    team: Team,
    officer: User,
    now: datetime,
    proposed,
    save,
) -> None:
    planned = visits.schedule(
        request=ask_for_another(), team=team, on=DAY, time_slot="am", by=officer, now=now
    )
    ask_for_another()
    proposal, other = proposed(), proposed(seed=2)
    if change == "another plan":
        save(other)
    elif change == "a pinned visit":
        days.pin(visit=planned, pinned=True)
    elif change == "a cancelled visit":
        requests.cancel(request=planned.request, now=now, by=officer)
    else:
        visits.schedule(
            request=ask_for_another(), team=team, on=DAY, time_slot="pm", by=officer, now=now
        )
    count = Visit.objects.count()
    with pytest.raises(days.DayChanged):
        save(proposal)
    assert Visit.objects.count() == count


def test_a_request_that_was_cancelled_meanwhile_saves_nothing(
    ask_for_another: Asking, now: datetime, proposed, save
) -> None:
    first, second = ask_for_another(), ask_for_another()
    proposal = proposed()
    requests.cancel(request=second, now=now)
    with pytest.raises(days.DayChanged):
        save(proposal)
    first.refresh_from_db()
    assert (first.state, Visit.objects.count()) == ("open", 0)


def test_two_visits_change_places(ask_for_another: Asking, team: Team, now: datetime) -> None:
    for _ in range(3):
        ask_for_another()
    proposal, day = propose(on=DAY, now=now, iterations=80)
    first, *_rest, last = proposal.plan.routes[0].stops
    changed = swapped(proposal, day, first.stop, last.stop)
    order = [stop.stop for stop in changed.plan.routes[0].stops]
    assert (order[0], order[-1]) == (last.stop, first.stop)
    with pytest.raises(CannotPlan, match="different"):
        swapped(proposal, day, first.stop, first.stop)


def test_who_was_left_out_takes_the_place_of_another(
    ask_for_another: Asking, team: Team, now: datetime, save
) -> None:
    Team.objects.filter(pk=team.pk).update(longest_minutes=70)
    one, other = ask_for_another(), ask_for_another()
    proposal, day = propose(on=DAY, now=now, iterations=80)
    (made,) = placed(proposal.plan)
    left = ({one.pk, other.pk} - {made}).pop()
    changed = swapped(proposal, day, left, made)
    assert (list(placed(changed.plan)), reasons(changed)) == ([left], {made: Reason.NO_TIME})
    save(changed)
    assert Visit.objects.get().request_id == left


def test_what_the_officer_keeps_stays_and_is_pinned_when_saved(
    ask_for_another: Asking, proposed, save
) -> None:
    for _ in range(4):
        ask_for_another()
    first = proposed()
    key, where = list(placed(first.plan).items())[-1]
    again = proposed(keep={key: where}, seed=9)
    assert placed(again.plan)[key] == where
    save(again)
    assert Visit.objects.get(pinned=True).request_id == key


def test_on_the_day_itself_nobody_leaves_in_the_past(
    ask_for_another: Asking, now: datetime, proposed
) -> None:
    ask_for_another()
    (route,) = proposed(on=now.date()).plan.routes
    assert route.departs >= 10 * 3600


def test_who_has_a_visit_ahead_elsewhere_is_not_proposed(
    ask_for_another: Asking, ask: Asking, team: Team, officer: User, now: datetime, proposed
) -> None:
    request = ask_for_another()
    visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    ask(person=request.person)
    assert proposed(on=DAY + timedelta(days=1)).plan.routes == ()
