"""Two officers at once, with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection

from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.people.models import Person
from outreach.visits.actions import card_steps, holders, requests, visits
from outreach.visits.actions.answers import Answers, receive
from outreach.visits.models import RequestEvent, Team, Visit, VisitRequest
from tests.cast import HARU

DAY = date(2026, 10, 8)
Asking = Callable[..., VisitRequest]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment; what each returned, or the exception it raised."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return deed()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_officers_who_plan_one_request_one_wins(
    ask: Asking, team: Team, other_team: Team, officer: User, now: datetime, attempt: int
) -> None:
    request = ask()

    def plan(by_team: Team) -> Callable[[], Visit]:
        mine = VisitRequest.objects.get(pk=request.pk)
        return lambda: visits.schedule(
            request=mine, team=by_team, on=DAY, time_slot="am", by=officer, now=now
        )

    results = at_once(plan(team), plan(other_team))
    assert kinds(results) == ["AlreadyPlanned", "Visit"]
    assert Visit.objects.count() == 1
    assert RequestEvent.objects.filter(state="planned").count() == 1
    assert Message.objects.filter(reference__startswith="visit-planned").count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_a_request_is_either_cancelled_before_its_outcome_or_finished(
    ask: Asking, team: Team, officer: User, now: datetime, attempt: int
) -> None:
    request = ask()
    visit = visits.schedule(
        request=request, team=team, on=now.date(), time_slot="am", by=officer, now=now
    )
    mine = VisitRequest.objects.get(pk=request.pk)
    results = at_once(
        lambda: requests.cancel(request=mine, now=now),
        lambda: visits.record_outcome(visit=visit, outcome="applied", note="", by=officer, now=now),
    )
    request.refresh_from_db()
    outcome = Visit.objects.get().outcome
    assert (request.state, outcome, kinds(results)) in [
        ("cancelled", "called_off", ["OutcomeRecorded", "VisitRequest"]),
        ("applied", "applied", ["RequestSettled", "Visit"]),
    ]
    assert request.events.count() == 3


@pytest.mark.parametrize("attempt", range(5))
def test_a_visit_moved_twice_at_once_lies_ahead_once(
    ask: Asking, team: Team, other_team: Team, officer: User, now: datetime, attempt: int
) -> None:
    first = visits.schedule(request=ask(), team=team, on=DAY, time_slot="am", by=officer, now=now)

    def move(to: Team) -> Callable[[], Visit]:
        mine = Visit.objects.select_related("request__person__contact").get(pk=first.pk)
        return lambda: visits.move(visit=mine, team=to, on=DAY, time_slot="pm", by=officer, now=now)

    results = at_once(move(team), move(other_team))
    assert kinds(results) == ["OutcomeRecorded", "Visit"]
    assert Visit.objects.ahead().count() == 1
    assert Visit.objects.count() == 2


@pytest.mark.parametrize("attempt", range(5))
def test_a_double_click_is_one_person_and_one_request(
    db: None, now: datetime, attempt: int
) -> None:
    answers = Answers(
        relation="self", name=HARU.name, topic="unsure", phone=parse_phone(HARU.phone)
    )
    submission = uuid4()

    def send() -> VisitRequest:
        return receive(answers=answers, submission=submission, how="web", language="ja", now=now)

    results = at_once(send, send, send)
    assert len(set(results)) == 1
    assert kinds(results) == ["VisitRequest"] * 3
    assert Person.objects.count() == VisitRequest.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_officers_who_take_one_request_one_has_it(
    ask: Asking, officer: User, visitor: User, now: datetime, attempt: int
) -> None:
    request = ask()

    def take(user: User) -> Callable[[], None]:
        mine = VisitRequest.objects.get(pk=request.pk)
        return lambda: holders.hand(requests=[mine], to=user, seen=None, by=user, now=now)

    assert kinds(at_once(take(officer), take(visitor))) == ["HeldByColleague", "NoneType"]
    assert RequestEvent.objects.filter(kind="holder").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_officers_who_write_one_step_one_does(
    ask: Asking, officer: User, now: datetime, attempt: int
) -> None:
    request = ask()

    def end() -> VisitRequest:
        mine = VisitRequest.objects.get(pk=request.pk)
        return card_steps.step(
            request=mine, seen="open", to="ended", on=now.date(), by=officer, now=now, why="転出"
        )

    def apply() -> VisitRequest:
        mine = VisitRequest.objects.get(pk=request.pk)
        return card_steps.step(
            request=mine, seen="open", to="applied", on=now.date(), by=officer, now=now
        )

    assert kinds(at_once(end, apply)) == ["StepRefused", "VisitRequest"]
    assert request.events.count() == 2


def test_reading_the_state_first_and_writing_later_would_plan_twice(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    """The negative control: without the conditional UPDATE both officers believe they won."""
    request = ask()
    both_have_read = Barrier(2)

    def plan_naively() -> bool:
        mine = VisitRequest.objects.get(pk=request.pk)
        is_open = mine.state == VisitRequest.State.OPEN
        both_have_read.wait()
        if is_open:
            VisitRequest.objects.filter(pk=mine.pk).update(state=VisitRequest.State.PLANNED)
            RequestEvent.objects.create(request=mine, state="planned", at=now, by=officer)
        return is_open

    assert at_once(plan_naively, plan_naively) == [True, True]
    assert RequestEvent.objects.filter(state="planned").count() == 2
