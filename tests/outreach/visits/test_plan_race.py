"""Two officers plan at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from outreach.visits.actions import days, visits
from outreach.visits.models import Team, TeamDay, Visit, VisitParticipant, VisitRequest
from outreach.visits.proposal import propose

DAY = date(2026, 10, 8)
Asking = Callable[..., VisitRequest]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; the kind of what each returned or raised."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        try:
            ready.wait(timeout=60)
            return type(deed()).__name__
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_plans_for_one_day_one_is_saved_whole(
    ask_for_another: Asking, team: Team, officer: User, now: datetime, attempt: int
) -> None:
    for _ in range(4):
        ask_for_another()
    plans = [propose(on=DAY, now=now, seed=seed, iterations=40)[0] for seed in (1, 2)]
    results = at_once(
        *(lambda plan=plan: days.save(proposal=plan, by=officer, now=now) for plan in plans)
    )
    assert results == ["DayChanged", "Plan"]
    assert Visit.objects.count() == VisitParticipant.objects.filter(open=True).count() == 4
    assert TeamDay.objects.get().version == 1


@pytest.mark.parametrize("attempt", range(3))
def test_a_plan_and_a_visit_by_hand_do_not_mix(
    ask_for_another: Asking, team: Team, officer: User, now: datetime, attempt: int
) -> None:
    asked = [ask_for_another() for _ in range(3)]
    proposal = propose(on=DAY, now=now, iterations=40)[0]
    mine = VisitRequest.objects.select_related("person__contact").get(pk=asked[0].pk)
    results = at_once(
        lambda: days.save(proposal=proposal, by=officer, now=now),
        lambda: visits.schedule(
            request=mine, team=team, on=DAY, time_slot="pm", by=officer, now=now
        ),
    )
    assert (results, Visit.objects.count()) in [
        (["AlreadyPlanned", "Plan"], 3),
        (["DayChanged", "Visit"], 1),
        (["AlreadyPlanned", "Visit"], 1),
    ]


@pytest.mark.parametrize("attempt", range(3))
def test_one_person_gets_one_visit_from_two_requests(
    ask_for_another: Asking,
    ask: Asking,
    team: Team,
    other_team: Team,
    officer: User,
    now: datetime,
    attempt: int,
) -> None:
    first = ask_for_another()
    second = ask(person=first.person)

    def plan(request: VisitRequest, by_team: Team) -> Callable[[], Visit]:
        mine = VisitRequest.objects.select_related("person__contact").get(pk=request.pk)
        return lambda: visits.schedule(
            request=mine, team=by_team, on=DAY, time_slot="am", by=officer, now=now
        )

    assert at_once(plan(first, team), plan(second, other_team)) == ["AlreadyPlanned", "Visit"]
    assert VisitParticipant.objects.filter(open=True).count() == 1


def test_comparing_first_and_writing_later_would_save_both(team: Team, officer: User) -> None:
    """The negative control: without the conditional UPDATE both plans take the day over."""
    both_have_read = Barrier(2)

    def save_naively() -> bool:
        row, _created = TeamDay.objects.get_or_create(team=team, day=DAY)
        is_mine = row.version == 0
        both_have_read.wait(timeout=60)
        if is_mine:
            TeamDay.objects.filter(pk=row.pk).update(version=1)
            return True
        raise days.DayChanged

    TeamDay.objects.create(team=team, day=DAY)
    assert at_once(save_naively, save_naively) == ["bool", "bool"]
