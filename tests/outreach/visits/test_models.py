"""What the database itself refuses, each by the name of its constraint."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from notifications.models import Contact
from outreach.visits.models import RequestEvent, Team, Visit, VisitRequest
from outreach.visits.rules.time_slots import HOURS

Asking = Callable[..., VisitRequest]


def refuses(name: str, write: Callable[[], Any]) -> None:
    """The write fails, and fails because of this constraint.

    SQLite names the columns of a unique index, not the index; there the table must have the
    constraint and the write must fail as a breach of uniqueness.
    """
    with pytest.raises(IntegrityError) as breach, transaction.atomic():
        write()
    if connection.vendor == "postgresql" or "CHECK" in str(breach.value):
        assert name in str(breach.value)
    else:
        assert "UNIQUE" in str(breach.value)


@pytest.fixture
def visit(ask: Asking, team: Team) -> Visit:
    return Visit.objects.create(
        request=ask(), team=team, visit_on=date(2026, 10, 8), time_slot="am"
    )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("visit_request_state_known", {"state": "lost"}),
        ("visit_request_topic_known", {"topic": "passport"}),
        ("visit_request_how_known", {"how": "fax"}),
        ("visit_request_has_reference", {"reference": ""}),
        ("visit_request_asker_recorded", {"relation": "family"}),
    ],
)
def test_a_request_keeps_to_its_words(ask: Asking, name: str, changes: dict[str, str]) -> None:
    request = ask()
    refuses(name, lambda: VisitRequest.objects.filter(pk=request.pk).update(**changes))


def test_a_request_for_oneself_has_no_asker(ask: Asking, akiko: Contact) -> None:
    request = ask()
    refuses(
        "visit_request_asker_recorded",
        lambda: VisitRequest.objects.filter(pk=request.pk).update(asked_by=akiko),
    )


def test_somebody_who_asks_has_a_known_relation(ask: Asking, akiko: Contact) -> None:
    request = ask(relation="family", asked_by=akiko)
    refuses(
        "visit_request_relation_known",
        lambda: VisitRequest.objects.filter(pk=request.pk).update(relation="neighbour"),
    )


@pytest.mark.parametrize("field", ["reference", "submission"])
def test_references_and_submissions_stand_once(ask: Asking, field: str) -> None:
    first, second = ask(), ask()
    refuses(
        f"visit_request_{field}_once",
        lambda: VisitRequest.objects.filter(pk=second.pk).update(**{field: getattr(first, field)}),
    )


def test_a_request_has_one_visit_ahead(visit: Visit) -> None:
    ahead = Visit(request=visit.request, team=visit.team, visit_on=visit.visit_on, time_slot="pm")
    refuses("visit_one_ahead", ahead.save)


def test_a_visit_that_was_made_leaves_room_for_the_next(visit: Visit, now: datetime) -> None:
    Visit.objects.filter(pk=visit.pk).update(outcome="absent", outcome_at=now)
    Visit.objects.create(
        request=visit.request, team=visit.team, visit_on=visit.visit_on, time_slot="pm"
    )
    assert visit.request.visits.ahead().count() == 1


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("visit_outcome_is_dated", {"outcome": "applied"}),
        ("visit_outcome_is_dated", {"outcome_at": datetime.fromisoformat("2026-10-08T10:00Z")}),
        (
            "visit_outcome_known",
            {"outcome": "eaten", "outcome_at": datetime.fromisoformat("2026-10-08T10:00Z")},
        ),
        ("visit_time_slot_known", {"time_slot": "xx"}),
    ],
)
def test_a_visit_keeps_to_its_words(visit: Visit, name: str, changes: dict[str, Any]) -> None:
    refuses(name, lambda: Visit.objects.filter(pk=visit.pk).update(**changes))


def test_a_team_has_a_name_of_its_own(team: Team) -> None:
    refuses("team_name_once", lambda: Team.objects.create(name=team.name))
    refuses("team_has_name", lambda: Team.objects.create(name=""))


def test_an_event_names_a_known_state(ask: Asking, now: datetime) -> None:
    request = ask()
    refuses(
        "request_event_state_known",
        lambda: RequestEvent.objects.create(request=request, state="lost", at=now),
    )


def test_the_groups_of_states_and_outcomes_cover_everything_once() -> None:
    assert set(VisitRequest.State) == VisitRequest.STANDING | VisitRequest.SETTLED
    assert not VisitRequest.STANDING & VisitRequest.SETTLED
    groups = [Visit.COME_AGAIN, Visit.CLOSED, Visit.NOT_MADE]
    assert frozenset().union(*groups) == set(Visit.Outcome)
    assert sum(map(len, groups)) == len(Visit.Outcome)


def test_every_time_slot_has_its_hours() -> None:
    assert set(HOURS) == set(Visit.TimeSlot)


def test_no_model_orders_itself() -> None:
    ours: list[type[models.Model]] = [RequestEvent, Team, Visit, VisitRequest]
    assert not any(model._meta.ordering for model in ours)


def test_what_expires_too_soon_comes_first_then_who_waits_longest(
    ask: Asking, now: datetime
) -> None:
    waits = ask(now=now)
    waits_longer = ask(now=now.replace(month=9))
    far_ahead = ask(now=now, expires_on=date(2026, 11, 1))
    just_too_soon = ask(expires_on=date(2026, 10, 31))
    expired = ask(expires_on=date(2026, 9, 30))
    waiting = VisitRequest.objects.awaiting_visit(today=date(2026, 10, 1))
    assert list(waiting) == [expired, just_too_soon, waits_longer, waits, far_ahead]
