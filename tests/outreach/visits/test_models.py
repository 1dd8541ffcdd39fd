"""What the database itself refuses, each by the name of its constraint."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from notifications.models import Contact
from outreach.places.models import District
from outreach.visits import overlap_guard
from outreach.visits.models import (
    RequestEvent,
    RoadClosure,
    Team,
    TeamDay,
    Visit,
    VisitParticipant,
    VisitRequest,
)
from outreach.visits.rules.time_slots import HOURS
from tests.conftest import TOKYO

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
        ("visit_times_have_length", {"starts_at": datetime.fromisoformat("2026-10-08T10:00Z")}),
        ("visit_confirmation_known", {"confirmation": "perhaps"}),
        ("visit_is_to_somebody", {"people": 0}),
    ],
)
def test_a_visit_keeps_to_its_words(visit: Visit, name: str, changes: dict[str, Any]) -> None:
    refuses(name, lambda: Visit.objects.filter(pk=visit.pk).update(**changes))


def test_a_team_has_a_name_of_its_own(team: Team) -> None:
    refuses("team_name_once", lambda: Team.objects.create(name=team.name))
    refuses("team_has_name", lambda: Team.objects.create(name=""))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("team_shift_has_length", {"ends": time(8, 30)}),
        ("team_lunch_has_room", {"lunch_until": time(11)}),
        ("team_starts_at_a_point", {"start_latitude": 40.2}),
        ("team_ends_at_a_point", {"end_longitude": 140.8}),
    ],
)
def test_a_team_goes_out_by_a_clock_and_from_a_point(
    team: Team, name: str, changes: dict[str, Any]
) -> None:
    refuses(name, lambda: Team.objects.filter(pk=team.pk).update(**changes))


def test_a_team_has_one_day_a_day(team: Team) -> None:
    TeamDay.objects.create(team=team, day=date(2026, 10, 8))
    refuses("team_day_once", lambda: TeamDay.objects.create(team=team, day=date(2026, 10, 8)))
    refuses("team_day_travel_source_known", lambda: TeamDay.objects.update(travel_source="bus"))


def test_a_road_is_closed_from_a_day_to_a_later_one(district: District) -> None:
    closed = {"closed_from": date(2026, 12, 2), "closed_until": date(2026, 12, 1)}
    refuses(
        "road_closure_ends_after_it_begins",
        lambda: RoadClosure.objects.create(district=district, **closed),
    )


def test_nobody_has_two_open_visits(visit: Visit, ask: Asking, now: datetime) -> None:
    person = visit.request.person
    VisitParticipant.objects.create(visit=visit, person=person)
    refuses(
        "participant_once_in_a_visit",
        lambda: VisitParticipant.objects.create(visit=visit, person=person, open=False),
    )
    second = Visit.objects.create(
        request=ask(), team=visit.team, visit_on=visit.visit_on, time_slot="pm"
    )
    again = VisitParticipant(visit=second, person=person)
    refuses("person_one_open_visit", again.save)
    VisitParticipant.objects.update(open=False)
    again.save()


@pytest.fixture
def at_ten(visit: Visit) -> Visit:
    visit.starts_at, visit.ends_at = when(10, 0), when(10, 50)
    visit.save()
    return visit


def when(hour: int, minute: int) -> datetime:
    return datetime(2026, 10, 8, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("begins", "ends", "is_refused"),
    [
        ((10, 0), (10, 50), True),
        ((10, 20), (10, 30), True),
        ((9, 30), (10, 5), True),
        ((9, 0), (11, 30), True),
        ((10, 50), (11, 40), False),
        ((9, 10), (10, 0), False),
    ],
)
def test_no_two_visits_of_a_team_overlap(
    at_ten: Visit,
    ask: Asking,
    begins: tuple[int, int],
    ends: tuple[int, int],
    is_refused: bool,
) -> None:
    other = Visit.objects.create(
        request=ask(), team=at_ten.team, visit_on=at_ten.visit_on, time_slot="am"
    )

    def put() -> None:
        with transaction.atomic():
            Visit.objects.filter(pk=other.pk).update(starts_at=when(*begins), ends_at=when(*ends))

    if is_refused:
        with pytest.raises(IntegrityError, match=overlap_guard.NAME):
            put()
    else:
        put()


def test_a_new_visit_does_not_overlap_either_but_other_teams_and_called_off_ones_may(
    at_ten: Visit, ask: Asking, other_team: Team, now: datetime
) -> None:
    same = {
        "visit_on": at_ten.visit_on,
        "time_slot": "am",
        "starts_at": at_ten.starts_at,
        "ends_at": at_ten.ends_at,
    }
    with pytest.raises(IntegrityError, match=overlap_guard.NAME), transaction.atomic():
        Visit.objects.create(request=ask(), team=at_ten.team, **same)
    theirs = Visit.objects.create(request=ask(), team=other_team, **same)
    with pytest.raises(IntegrityError, match=overlap_guard.NAME), transaction.atomic():
        Visit.objects.filter(pk=theirs.pk).update(team=at_ten.team)
    Visit.objects.filter(pk=at_ten.pk).update(outcome="called_off", outcome_at=now)
    Visit.objects.filter(pk=theirs.pk).update(team=at_ten.team)


def test_the_guard_comes_back_when_a_migration_rebuilt_the_table(at_ten: Visit) -> None:
    """On SQLite triggers fall with a table that is rebuilt; PostgreSQL keeps its constraint."""
    if connection.vendor == "sqlite":
        overlap_guard.remove(connection)
    overlap_guard.put_back(using="default")
    same = {"starts_at": at_ten.starts_at, "ends_at": at_ten.ends_at, "time_slot": "am"}
    with pytest.raises(IntegrityError, match=overlap_guard.NAME), transaction.atomic():
        Visit.objects.create(
            request=at_ten.request,
            team=at_ten.team,
            visit_on=at_ten.visit_on,
            outcome="absent",
            outcome_at=at_ten.starts_at,
            **same,
        )


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
    ours: list[type[models.Model]] = [
        *(RequestEvent, RoadClosure, Team, TeamDay),
        *(Visit, VisitParticipant, VisitRequest),
    ]
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
