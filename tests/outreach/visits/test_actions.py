"""Requests and visits through their life: asked, planned, moved, made, cancelled."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from notifications.actions import contacts
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from outreach.people.models import Person
from outreach.visits.actions import requests, visits
from outreach.visits.actions.answers import Answers, receive
from outreach.visits.models import Team, Visit, VisitRequest
from outreach.visits.rules import transitions
from tests.cast import AKIKO, HARU

Asking = Callable[..., VisitRequest]
DAY = date(2026, 10, 8)


def states(request: VisitRequest) -> list[str]:
    return list(request.events.order_by("at", "pk").values_list("state", flat=True))


def told(kind: str) -> list[tuple[int, str]]:
    """Whom a kind of message went to, by which channel."""
    sent = Message.objects.filter(reference__startswith=f"visit-{kind}:").order_by("pk")
    return list(sent.values_list("contact_id", "channel"))


def states_of_plan(visit: Visit) -> set[str]:
    """What became of the messages that tell the day of a visit."""
    plans = Message.objects.filter(reference__startswith=f"visit-planned:{visit.pk}:")
    return set(plans.values_list("state", flat=True))


def test_a_request_is_open_confirmed_and_has_its_first_event(ask: Asking, haru: Person) -> None:
    request = ask()
    assert request.state == VisitRequest.State.OPEN
    assert request.reference.startswith("V-")
    assert states(request) == ["open"]
    assert told("asked") == [(haru.contact_id, "call")]


def test_who_asks_for_somebody_else_gets_the_confirmation(ask: Asking, akiko: Contact) -> None:
    ask(relation="family", asked_by=akiko)
    assert told("asked") == [(akiko.pk, "sms")]


def test_the_same_submission_twice_is_one_request(ask: Asking) -> None:
    submission = uuid4()
    assert ask(submission=submission) == ask(submission=submission)
    assert VisitRequest.objects.count() == 1
    assert Message.objects.count() == 1


def test_planning_notes_the_visit_the_event_and_tells_everybody(
    ask: Asking, haru: Person, akiko: Contact, team: Team, officer: User, now: datetime
) -> None:
    request = ask(relation="family", asked_by=akiko)
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    assert states(request) == ["open", "planned"]
    assert visit.position == 1
    assert sorted(told("planned")) == sorted([(haru.contact_id, "call"), (akiko.pk, "sms")])
    message = Message.objects.get(contact=akiko, reference=f"visit-planned:{visit.pk}:{akiko.pk}")
    assert message.useless_after == now.replace(month=10, day=8, hour=9)


def test_one_telephone_in_the_family_rings_once(
    ask: Asking, haru: Person, akiko: Contact, team: Team, officer: User, now: datetime
) -> None:
    contacts.record(name=AKIKO.name, language="ja", phone=parse_phone(HARU.phone), contact=akiko)
    request = ask(relation="family", asked_by=akiko)
    visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    assert [contact for contact, _ in told("planned")] == [akiko.pk]


def test_later_visits_of_a_slot_come_after_earlier_ones(
    ask_for_another: Asking, team: Team, other_team: Team, officer: User, now: datetime
) -> None:
    plan = {"on": DAY, "by": officer, "now": now}
    first = visits.schedule(request=ask_for_another(), team=team, time_slot="am", **plan)
    second = visits.schedule(request=ask_for_another(), team=team, time_slot="am", **plan)
    afternoon = visits.schedule(request=ask_for_another(), team=team, time_slot="pm", **plan)
    others = visits.schedule(request=ask_for_another(), team=other_team, time_slot="am", **plan)
    assert [first.position, second.position, afternoon.position, others.position] == [1, 2, 1, 1]
    assert list(Visit.objects.day_list(on=DAY)) == [first, second, afternoon, others]


def test_a_request_is_planned_once(
    ask: Asking, team: Team, other_team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    stale = VisitRequest.objects.get(pk=request.pk)
    visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    with pytest.raises(visits.AlreadyPlanned):
        visits.schedule(request=stale, team=other_team, on=DAY, time_slot="pm", by=officer, now=now)
    assert states(request) == ["open", "planned"]
    assert Visit.objects.get().team == team


@pytest.mark.parametrize(
    ("on", "is_refused"),
    [
        pytest.param(date(2026, 9, 30), True, id="yesterday"),
        pytest.param(date(2026, 10, 1), False, id="today"),
        pytest.param(date(2026, 10, 2), False, id="tomorrow"),
    ],
)
def test_only_days_from_today_on_can_be_planned(
    ask: Asking, team: Team, officer: User, now: datetime, on: date, is_refused: bool
) -> None:
    request = ask()
    plan = {"request": request, "team": team, "time_slot": "am", "by": officer, "now": now}
    if is_refused:
        with pytest.raises(visits.DayPassed):
            visits.schedule(on=on, **plan)
        assert states(request) == ["open"]
    else:
        assert visits.schedule(on=on, **plan).visit_on == on


def test_today_is_judged_in_town_not_in_utc(ask: Asking, team: Team, officer: User) -> None:
    """At eight in the morning in Japan it is still yesterday in Greenwich."""
    morning = datetime.fromisoformat("2026-10-08T08:00:00+09:00")
    with pytest.raises(visits.DayPassed):
        visits.schedule(
            request=ask(),
            team=team,
            on=date(2026, 10, 7),
            time_slot="am",
            by=officer,
            now=morning,
        )


@pytest.mark.parametrize("outcome", sorted(Visit.COME_AGAIN | Visit.CLOSED))
def test_an_outcome_closes_the_request_or_brings_it_back(
    ask: Asking, team: Team, officer: User, visitor: User, now: datetime, outcome: str
) -> None:
    request = ask()
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    visits.record_outcome(
        visit=visit, outcome=outcome, note="", by=visitor, now=now + timedelta(days=7)
    )
    left = transitions.after_visit(outcome, topic=request.topic, card_is_here=False)
    assert states(request) == ["open", "planned", left]
    comes_again = outcome in Visit.COME_AGAIN
    assert (request in VisitRequest.objects.awaiting_visit(today=DAY)) is comes_again


def test_a_request_that_came_back_can_be_planned_again(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    plan = {"team": team, "time_slot": "am", "by": officer}
    visit = visits.schedule(request=request, on=DAY, now=now, **plan)
    later = now + timedelta(days=7)
    visits.record_outcome(visit=visit, outcome="absent", note="留守", by=officer, now=later)
    again = visits.schedule(request=request, on=date(2026, 10, 15), now=later, **plan)
    assert list(request.visits.ahead()) == [again]
    with pytest.raises(visits.OutcomeRecorded):
        visits.record_outcome(visit=visit, outcome="applied", note="", by=officer, now=later)
    visit.refresh_from_db()
    assert (visit.outcome, visit.outcome_note) == ("absent", "留守")


def test_an_outcome_is_not_written_down_before_the_day(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    visit = visits.schedule(request=ask(), team=team, on=DAY, time_slot="am", by=officer, now=now)
    with pytest.raises(visits.NotVisitedYet):
        visits.record_outcome(visit=visit, outcome="applied", note="", by=officer, now=now)
    assert Visit.objects.ahead().get() == visit


def test_moving_calls_off_the_old_day_and_tells_the_new_one(
    ask: Asking, haru: Person, team: Team, other_team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    moved = visits.move(
        visit=visit, team=other_team, on=date(2026, 10, 9), time_slot="pm", by=officer, now=now
    )
    assert list(request.visits.ahead()) == [moved]
    assert list(Visit.objects.day_list(on=DAY)) == []
    assert states(request) == ["open", "planned", "planned"]
    assert "変わりました" in Message.objects.get(reference__contains=f":{moved.pk}:").body
    assert states_of_plan(visit) == {"dropped"}
    assert states_of_plan(moved) == {"queued"}
    with pytest.raises(visits.OutcomeRecorded):
        visits.move(visit=visit, team=team, on=DAY, time_slot="am", by=officer, now=now)


def test_cancelling_calls_off_the_visit_and_tells_everybody_once(
    ask: Asking, haru: Person, akiko: Contact, team: Team, officer: User, now: datetime
) -> None:
    request = ask(relation="family", asked_by=akiko)
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    requests.cancel(request=request, now=now)
    requests.cancel(request=request, now=now)
    visit.refresh_from_db()
    assert (visit.outcome, visit.outcome_at) == (Visit.Outcome.CALLED_OFF, now)
    assert states_of_plan(visit) == {"dropped"}
    assert states(request) == ["open", "planned", "cancelled"]
    assert sorted(told("cancelled")) == sorted([(haru.contact_id, "call"), (akiko.pk, "sms")])


def test_what_is_finished_can_neither_be_cancelled_nor_planned(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    visit = visits.schedule(
        request=request, team=team, on=now.date(), time_slot="am", by=officer, now=now
    )
    visits.record_outcome(visit=visit, outcome="already_held", note="", by=officer, now=now)
    with pytest.raises(requests.RequestSettled):
        requests.cancel(request=request, now=now)
    with pytest.raises(requests.RequestSettled):
        visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    assert states(request) == ["open", "planned", "done"]


def test_a_filled_in_form_becomes_two_people_and_a_request(db: None, now: datetime) -> None:
    answers = Answers(
        relation="family",
        name=HARU.name,
        kana=HARU.kana,
        topic="first_card",
        address="花輪字荒田4番地1",
        asker_name=AKIKO.name,
        asker_phone=parse_phone(AKIKO.phone),
    )
    submission = uuid4()
    request = receive(answers=answers, submission=submission, how="web", language="ja", now=now)
    again = receive(answers=answers, submission=submission, how="web", language="ja", now=now)
    assert request == again
    assert request.asked_by.name == AKIKO.name
    assert request.person.name == HARU.name
    assert request.person.contact.points.get().value == "花輪字荒田4番地1"
    assert Person.objects.count() == 1


def test_what_was_typed_about_an_asker_is_left_out_when_the_person_asks(
    db: None, now: datetime
) -> None:
    request = receive(
        answers=Answers(
            relation="self",
            name=HARU.name,
            topic="unsure",
            phone=parse_phone(HARU.phone),
            asker_name=AKIKO.name,
        ),
        submission=uuid4(),
        how="web",
        language="ja",
        now=now,
    )
    assert request.asked_by is None
    assert not Contact.objects.filter(name=AKIKO.name).exists()


def test_going_back_to_ask_for_a_neighbour_is_a_second_request(db: None, now: datetime) -> None:
    submission = uuid4()
    requests = [
        receive(
            answers=Answers(
                relation="self", name=who.name, topic="unsure", phone=parse_phone(who.phone)
            ),
            submission=submission,
            how="web",
            language="ja",
            now=now,
        )
        for who in (HARU, AKIKO)
    ]
    assert [request.person.name for request in requests] == [HARU.name, AKIKO.name]
