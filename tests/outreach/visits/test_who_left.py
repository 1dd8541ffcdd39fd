"""A visit finds that somebody has died or moved away: everything that is open for them ends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from notifications.models import Contact, Message
from outreach.people.actions import status
from outreach.people.models import Person
from outreach.places.models import Venue
from outreach.reception.actions import appointments
from outreach.reception.models import Appointment, BoothStep, OpeningDay, ReceptionPoint
from outreach.visits.actions import card_steps, visits
from outreach.visits.models import Team, Visit, VisitRequest

Asking = Callable[..., VisitRequest]
# What has not been settled yet: it may still go out.
UNDER_WAY = ("queued", "held", "sending")


@pytest.fixture
def visit(ask: Asking, akiko: Contact, team: Team, officer: User, now: datetime) -> Visit:
    """Her daughter asked; the visit is today."""
    return visits.schedule(
        request=ask(relation="family", asked_by=akiko),
        team=team,
        on=now.date(),
        time_slot="am",
        by=officer,
        now=now,
    )


@pytest.fixture
def appointment(haru: Person, akiko: Contact, venue: Venue, now: datetime) -> Appointment:
    point = ReceptionPoint.objects.create(
        kind="counter", venue=venue, name_ja="窓口", booths=1, apply_minutes=25, payments=["cash"]
    )
    day = OpeningDay.objects.create(
        point=point,
        venue=venue,
        on=date(2026, 10, 22),
        opens=time(9),
        closes=time(12),
        booths=1,
        planned_at=now,
    )
    return appointments.book(
        day=day,
        service="apply",
        starts_at=day.opens_at,
        person=haru,
        asked_by=akiko,
        relation="family",
        submission=uuid4(),
        how="web",
        now=now,
    )


def record(visit: Visit, outcome: str, officer: User, now: datetime) -> None:
    visits.record_outcome(visit=visit, outcome=outcome, note="", by=officer, now=now)


def test_who_has_died_is_on_record_as_such_and_nothing_stays_open(
    visit: Visit, appointment: Appointment, ask: Asking, haru: Person, officer: User, now: datetime
) -> None:
    second = ask(topic="certificate_renewal")
    record(visit, "deceased", officer, now + timedelta(hours=1))
    for row in (haru, second, appointment, visit.request):
        row.refresh_from_db()
    assert (haru.status, haru.status_on) == ("deceased", now.date())
    assert (visit.request.state, visit.outcome) == ("ended", "deceased")
    assert (second.state, appointment.state) == ("cancelled", "cancelled")
    assert not BoothStep.objects.exists()
    said = Message.objects.filter(queued_at=now + timedelta(hours=1))
    assert not said.filter(state__in=UNDER_WAY).exists()


def test_of_who_has_moved_whoever_booked_the_time_hears(
    visit: Visit, appointment: Appointment, akiko: Contact, officer: User, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    record(visit, "moved", officer, later)
    said = Message.objects.filter(queued_at=later, state__in=UNDER_WAY)
    assert set(said.values_list("contact_id", flat=True)) == {akiko.pk}


def test_a_card_on_its_way_ends_with_its_person(
    visit: Visit, haru: Person, officer: User, now: datetime
) -> None:
    record(visit, "applied", officer, now)
    status.leave(person=haru, status="moved", on=now.date(), by=officer, now=now)
    visit.request.refresh_from_db()
    assert visit.request.state == "ended"


def test_early_in_the_morning_it_is_today(
    visit: Visit, haru: Person, officer: User, now: datetime
) -> None:
    record(visit, "moved", officer, now.replace(hour=7))
    haru.refresh_from_db()
    assert (haru.status, haru.status_on) == ("moved", timezone.localdate(now))


def test_who_is_noted_as_gone_already_is_no_obstacle(
    visit: Visit, haru: Person, officer: User, now: datetime
) -> None:
    Person.objects.filter(pk=haru.pk).update(status="moved", status_on=date(2026, 9, 1))
    record(visit, "deceased", officer, now)
    haru.refresh_from_db()
    assert (haru.status, haru.status_on, visit.outcome) == ("moved", date(2026, 9, 1), "deceased")


@pytest.mark.parametrize(
    ("given", "right", "left"), [("deceased", "absent", "here"), ("absent", "moved", "moved")]
)
def test_a_corrected_outcome_puts_the_record_right(
    visit: Visit, haru: Person, officer: User, now: datetime, given: str, right: str, left: str
) -> None:
    record(visit, given, officer, now)
    card_steps.correct_outcome(
        visit=visit, outcome=right, note="", why="押し間違い", by=officer, now=now
    )
    haru.refresh_from_db()
    visit.request.refresh_from_db()
    assert haru.status == left
    assert haru.contact.closed == (left != "here")
    assert visit.request.state == ("open" if right == "absent" else "ended")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_visitor_and_desk_who_note_it_at_once_do_not_wait_in_a_circle(
    visit: Visit, haru: Person, officer: User, now: datetime, attempt: int
) -> None:
    ready = Barrier(2)

    def do(deed: Callable[[], Any]) -> str:
        try:
            ready.wait()
            return type(deed()).__name__
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    leaves: dict[str, Any] = {"status": "deceased", "on": now.date(), "by": officer, "now": now}
    deeds: list[Callable[[], Any]] = [
        lambda: visits.record_outcome(
            visit=visit, outcome="deceased", note="", by=officer, now=now
        ),
        lambda: status.leave(person=Person.objects.get(pk=haru.pk), **leaves),
    ]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(do, deeds))
    visit.request.refresh_from_db()
    haru.refresh_from_db()
    assert haru.status == "deceased"
    assert (results, visit.request.state) in [
        (["Visit", "NotHere"], "ended"),
        (["OutcomeRecorded", "Person"], "cancelled"),
    ]
