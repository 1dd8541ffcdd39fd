"""From the visit to the card in the hand, with dates, and what was wrong put right."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mynumber.rules.wareki import wareki
from notifications.models import Contact, Message
from outreach.people.models import AccessRecord, Person
from outreach.visits import under_way
from outreach.visits.actions import card_steps, requests, states, visits
from outreach.visits.models import Team, Visit, VisitRequest

Asking = Callable[..., VisitRequest]
DAY = date(2026, 10, 8)


@pytest.fixture
def applied(ask: Asking, team: Team, officer: User, now: datetime) -> VisitRequest:
    """Visited on 8 October, and applied for."""
    request = ask()
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    later = now + timedelta(days=7)
    visits.record_outcome(visit=visit, outcome="applied", note="", by=officer, now=later)
    request.refresh_from_db()
    return request


@pytest.fixture
def walk(officer: User, now: datetime) -> Callable[..., VisitRequest]:
    """Take a request along the given states, one a day from 9 October."""

    def go(request: VisitRequest, *to: str) -> VisitRequest:
        for number, state in enumerate(to, start=1):
            card_steps.step(
                request=request,
                seen=request.state,
                to=state,
                on=DAY + timedelta(days=number),
                by=officer,
                now=now + timedelta(days=60),
                why="転出" if state == "ended" else "",
            )
        request.refresh_from_db()
        return request

    return go


def days(request: VisitRequest) -> list[int | None]:
    request.refresh_from_db()
    found = (
        request.applied_on,
        request.at_jlis_on,
        request.arrived_on,
        request.handed_over_on,
    )
    return [day and day.day for day in found]


def kinds(request: VisitRequest) -> list[tuple[str, str, str]]:
    return list(request.events.order_by("pk").values_list("kind", "was", "state"))


def test_a_card_goes_its_way_with_its_days(applied: VisitRequest, walk) -> None:
    assert (applied.state, days(applied)) == ("applied", [8, None, None, None])
    walk(applied, "at_jlis", "arrived", "posted", "done")
    assert days(applied) == [8, 9, 10, 12]
    assert kinds(applied)[-1] == ("step", "posted", "done")


def test_what_comes_back_keeps_the_day_it_arrived(applied: VisitRequest, walk) -> None:
    walk(applied, "at_jlis", "arrived", "posted", "arrived", "to_collect")
    assert days(applied) == [8, 9, 10, None]


def test_what_jlis_sends_back_goes_there_again(applied: VisitRequest, walk) -> None:
    walk(applied, "at_jlis", "applied")
    assert days(applied) == [8, None, None, None]
    walk(applied, "at_jlis")
    assert applied.state == "at_jlis"


def test_a_card_is_brought_on_a_second_visit(
    applied: VisitRequest, walk, team: Team, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis", "arrived", "to_hand_over")
    assert applied in VisitRequest.objects.awaiting_visit(today=DAY)
    on, later = date(2026, 11, 20), now + timedelta(days=60)
    plan = {"request": applied, "team": team, "time_slot": "am", "by": officer}
    visit = visits.schedule(on=on, now=now, **plan)
    visits.record_outcome(visit=visit, outcome="absent", note="", by=officer, now=later)
    assert applied.state == "to_hand_over"
    visit = visits.schedule(on=date(2026, 12, 1), now=now, **plan)
    visits.record_outcome(
        visit=visit, outcome="applied", note="", by=officer, now=later + timedelta(days=2)
    )
    assert (applied.state, days(applied)) == ("done", [8, 9, 10, 1])


def test_whoever_takes_the_second_visit_back_still_has_a_card(
    applied: VisitRequest, walk, now: datetime
) -> None:
    walk(applied, "at_jlis", "arrived", "to_hand_over")
    requests.cancel(request=applied, now=now)
    assert applied.state == "arrived"


def test_a_card_that_is_being_made_cannot_be_cancelled(
    applied: VisitRequest, now: datetime
) -> None:
    with pytest.raises(requests.RequestSettled):
        requests.cancel(request=applied, now=now)


@pytest.mark.parametrize(
    ("to", "on", "refusal"),
    [
        pytest.param("posted", DAY, card_steps.StepRefused, id="not in the table"),
        pytest.param("planned", DAY, card_steps.StepRefused, id="not an officer's"),
        pytest.param("at_jlis", date(2026, 10, 7), card_steps.DayRefused, id="before it began"),
        pytest.param("at_jlis", date(2027, 1, 1), card_steps.DayRefused, id="in the future"),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    applied: VisitRequest, officer: User, now: datetime, to: str, on: date, refusal: type
) -> None:
    with pytest.raises(refusal):
        card_steps.step(
            request=applied, seen="applied", to=to, on=on, by=officer, now=now + timedelta(days=9)
        )
    assert kinds(applied)[-1] == ("step", "planned", "applied")


def test_who_saw_an_older_state_changes_nothing(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis")
    with pytest.raises(card_steps.StepRefused):
        card_steps.step(
            request=applied,
            seen="applied",
            to="at_jlis",
            on=DAY + timedelta(days=3),
            by=officer,
            now=now + timedelta(days=60),
        )


def test_what_is_not_in_the_table_is_no_step(ask: Asking, now: datetime) -> None:
    with pytest.raises(states.NotAStep):
        states.change(request=ask(), was={"open"}, to="posted", now=now, by=None)


def test_a_wrong_step_is_undone_and_the_history_says_why(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis", "arrived")
    later = now + timedelta(days=60)
    card_steps.undo(request=applied, seen="arrived", why="別の人のカード", by=officer, now=later)
    assert (applied.state, days(applied)) == ("at_jlis", [8, 9, None, None])
    assert applied.since == DAY + timedelta(days=1)
    event = applied.events.latest("pk")
    assert (event.kind, event.was, event.why) == ("correction", "arrived", "別の人のカード")
    card_steps.undo(request=applied, seen="at_jlis", why="未送付", by=officer, now=later)
    with pytest.raises(card_steps.NothingToUndo):
        card_steps.undo(request=applied, seen="applied", why="x", by=officer, now=later)


def test_a_settled_request_is_taken_up_again_by_undoing(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis", "ended")
    later = now + timedelta(days=60)
    card_steps.undo(request=applied, seen="ended", why="人違い", by=officer, now=later)
    assert (applied.state, days(applied)) == ("at_jlis", [8, 9, None, None])


@pytest.mark.parametrize(
    ("given", "right", "state", "applied_on"),
    [
        ("absent", "applied", "applied", 8),
        ("applied", "absent", "open", None),
        ("applied", "declined", "ended", None),
        ("declined", "applied", "applied", 8),
        ("absent", "absent", "open", None),
    ],
)
def test_a_wrong_outcome_is_corrected(
    ask: Asking,
    team: Team,
    officer: User,
    now: datetime,
    given: str,
    right: str,
    state: str,
    applied_on: int | None,
) -> None:
    request = ask()
    visit = visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    later = now + timedelta(days=7)
    visits.record_outcome(visit=visit, outcome=given, note="", by=officer, now=later)
    card_steps.correct_outcome(
        visit=visit, outcome=right, note="電話で確認", why="押し間違い", by=officer, now=later
    )
    request.refresh_from_db()
    assert (request.state, days(request)[0]) == (state, applied_on)
    assert Visit.objects.get().outcome == right
    assert kinds(request)[-1][0] == "correction"


def test_an_outcome_something_followed_from_is_not_corrected(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis")
    with pytest.raises(card_steps.StepRefused):
        card_steps.correct_outcome(
            visit=Visit.objects.get(), outcome="absent", note="", why="x", by=officer, now=now
        )


WAYS = {"窓口": "collect", "お届け": "bring", "郵": "posted"}


def told(request: VisitRequest) -> list[tuple[int, str, str]]:
    """Who hears how the card comes, and whether they still will."""
    found = Message.objects.filter(reference__startswith=f"visit-card:{request.pk}:")
    return [
        (one.contact_id, next(way for word, way in WAYS.items() if word in one.body), one.state)
        for one in found.order_by("pk")
    ]


def test_everybody_hears_once_how_the_card_comes(
    applied: VisitRequest, akiko: Contact, walk, haru: Person
) -> None:
    VisitRequest.objects.filter(pk=applied.pk).update(relation="family", asked_by=akiko)
    applied.refresh_from_db()
    walk(applied, "at_jlis", "arrived", "to_collect")
    assert sorted(one[:2] for one in told(applied)) == sorted(
        [(haru.contact_id, "collect"), (akiko.pk, "collect")]
    )
    brief = Message.objects.get(reference__startswith="visit-card", contact=akiko)
    assert "本人確認書類" in brief.body


def test_who_was_to_collect_it_and_is_brought_it_hears_the_last_word(
    applied: VisitRequest, walk, haru: Person, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis", "arrived", "to_collect", "to_hand_over")
    assert [one[1:] for one in told(applied)] == [("collect", "dropped"), ("bring", "queued")]
    card_steps.undo(request=applied, seen="to_hand_over", why="違う", by=officer, now=now)
    assert [one[2] for one in told(applied)] == ["dropped", "dropped"]


def test_a_reason_holds_no_number_of_a_card(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis")
    with pytest.raises(ValidationError):
        card_steps.undo(request=applied, seen="at_jlis", why="123456789018", by=officer, now=now)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("visit_request_has_applied_on", {"state": "applied"}),
        ("visit_request_has_at_jlis_on", {"state": "at_jlis", "applied_on": DAY}),
        (
            "visit_request_at_jlis_on_in_order",
            {"applied_on": DAY, "at_jlis_on": DAY - timedelta(days=1)},
        ),
    ],
)
def test_the_database_keeps_the_days_in_order(
    ask: Asking, name: str, changes: dict[str, object]
) -> None:
    request = ask()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        VisitRequest.objects.filter(pk=request.pk).update(**changes)


def test_a_correction_without_a_reason_is_refused_by_the_database(
    applied: VisitRequest, walk, officer: User, now: datetime
) -> None:
    walk(applied, "at_jlis")
    with pytest.raises(IntegrityError, match="correction_has_reason"), transaction.atomic():
        card_steps.undo(request=applied, seen="at_jlis", why="", by=officer, now=now)


def test_what_is_owed_is_listed_and_what_is_late_comes_first(
    applied: VisitRequest, ask: Asking, walk, log_in, officer: User
) -> None:
    walk(applied, "at_jlis", "arrived")
    other = walk(ask(), "applied", "at_jlis")
    ask()  # waits for a day: nothing is owed yet
    today = date(2026, 10, 20)
    rows = [under_way.as_owed(row, today=today) for row in under_way.owed(today=today)]
    assert [(row.request, row.is_late) for row in rows] == [(applied, True), (other, False)]
    assert [(one.state, one.count, one.late) for one in under_way.counts(today=today)] == [
        ("at_jlis", 1, 0),
        ("arrived", 1, 1),
    ]
    page = log_in("desk").get(reverse("visits_staff:under_way"), {"step": "arrived"})
    assert applied.reference in page.content.decode()
    assert other.reference not in page.content.decode()
    seen = AccessRecord.objects.filter(screen="visits:under_way")
    assert set(seen.values_list("person", flat=True)) == {applied.person_id}


def test_a_visit_without_an_outcome_is_late_two_working_days_after(
    ask: Asking, team: Team, officer: User, now: datetime
) -> None:
    request = ask()
    visits.schedule(request=request, team=team, on=DAY, time_slot="am", by=officer, now=now)
    assert not under_way.owed(today=date(2026, 10, 9)).exists()
    assert under_way.owed(today=date(2026, 10, 13)).get() == request


def test_an_officer_walks_and_undoes_on_the_page_of_the_request(
    ask: Asking, team: Team, officer: User, log_in
) -> None:
    moment = timezone.now()
    request, today = ask(now=moment), timezone.localdate()
    visit = visits.schedule(
        request=request, team=team, on=today, time_slot="am", by=officer, now=moment
    )
    visits.record_outcome(visit=visit, outcome="applied", note="", by=officer, now=moment)
    desk, page = log_in("desk"), reverse("visits_staff:request", args=[request.pk])
    assert 'value="at_jlis"' in desk.get(page).content.decode()
    step = reverse("visits_staff:step", args=[request.pk])
    typed = {"seen": "applied", "to": "at_jlis", "on": "2048-01-01"}
    assert 'href="#id_on"' in desk.post(step, typed).content.decode()
    assert desk.post(step, typed | {"on": wareki(today)})["Location"] == page
    undo = reverse("visits_staff:undo", args=[request.pk])
    assert 'href="#undo_why"' in desk.post(undo, {"seen": "at_jlis"}).content.decode()
    assert desk.post(undo, {"seen": "at_jlis", "why": "誤り"})["Location"] == page
    request.refresh_from_db()
    assert request.state == "applied"
    assert AccessRecord.objects.filter(screen="visits:step", action="change").count() == 2


def test_an_outcome_is_corrected_on_its_own_page(applied: VisitRequest, log_in) -> None:
    visit = applied.visits.get()
    address = reverse("visits_staff:correct", args=[visit.pk])
    desk = log_in("desk")
    assert address in desk.get(reverse("visits_staff:request", args=[applied.pk])).content.decode()
    assert "id_why_error" in desk.post(address, {"outcome": "absent"}).content.decode()
    desk.post(address, {"outcome": "absent", "why": "押し間違い"})
    applied.refresh_from_db()
    assert applied.state == "open"
