"""At the counter: the list, who is called to which booth, numbers, days planned and called off."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone, translation

from notifications.models import Message
from outreach.people.models import AccessRecord
from outreach.places.rules.planned_days import Rule
from outreach.reception.actions import opening_days, tickets, turns
from outreach.reception.actions.opening_days import CannotCallOff, CannotPlan, Opening, PlanChanged
from outreach.reception.actions.tickets import NoTickets
from outreach.reception.actions.turns import TurnRefused
from outreach.reception.day_list import ahead_of
from outreach.reception.models import OpeningDay
from tests.cast import HARU, LI_NA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _refusals_in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def day(make_day, now):
    """Today by the clock of the tests, with two booths, from nine to noon; it is ten."""
    return make_day(on=now.date())


@pytest.fixture
def desk(staff):
    return staff("desk")


@pytest.fixture
def appointment(day, book, now):
    return book(day, starts_at=day.opens_at + timedelta(minutes=75), now=now)


def test_somebody_is_called_served_and_gone(appointment, desk, now):
    called = turns.call(turn=appointment, booth=1, by=desk, now=now)
    assert (called.state, called.served_by) == ("called", desk)
    assert turns.finish(turn=appointment, now=now).state == "done"
    assert turns.undo(turn=appointment, now=now).state == "called"
    back = turns.undo(turn=appointment, now=now)
    assert (back.state, back.called_at, back.served_by) == ("open", None, None)
    assert turns.miss(turn=appointment, now=now).state == "absent"


def test_a_booth_that_has_somebody_calls_nobody(day, appointment, book, desk, now):
    other = book(day, LI_NA, starts_at=appointment.starts_at, now=now)
    turns.call(turn=appointment, booth=1, by=desk, now=now)
    with pytest.raises(TurnRefused, match="Finish"):
        turns.call(turn=other, booth=1, by=desk, now=now)
    tickets.draw(day=day, service="apply", now=now)
    with pytest.raises(TurnRefused, match="Finish"):
        turns.call_next(day=day, booth=1, by=desk, now=now)


def test_two_officers_do_not_call_the_same_person(appointment, desk, now):
    turns.call(turn=appointment, booth=1, by=desk, now=now)
    with pytest.raises(TurnRefused, match="faster"):
        turns.call(turn=appointment, booth=2, by=desk, now=now)


def test_nobody_is_called_on_another_day(appointment, desk, now):
    with pytest.raises(TurnRefused, match="day itself"):
        turns.call(turn=appointment, booth=1, by=desk, now=now + timedelta(days=1))


def test_an_officer_takes_somebody_over_if_the_own_booth_is_free(day, appointment, book, desk, now):
    turns.take(appointment=appointment, booth=2, by=desk, now=now)
    appointment.refresh_from_db()
    assert appointment.booth == 2
    assert set(appointment.booth_steps.values_list("booth", flat=True)) == {2}
    other = book(day, LI_NA, starts_at=appointment.starts_at, now=now)
    with pytest.raises(TurnRefused, match="another appointment"):
        turns.take(appointment=other, booth=2, by=desk, now=now)
    with pytest.raises(TurnRefused, match="no such booth"):
        turns.take(appointment=other, booth=3, by=desk, now=now)


def test_numbers_are_called_in_turn_and_let_appointments_pass(day, appointment, desk, now):
    long, short = (
        tickets.draw(day=day, service=one, now=now) for one in ("apply", "renew_certificate")
    )
    assert [ahead_of(long), ahead_of(short)] == [0, 1]
    # Booth 1 has an appointment in a quarter of an hour; the long one would not be finished.
    assert turns.call_next(day=day, booth=1, by=desk, now=now).number == 2
    assert turns.call_next(day=day, booth=2, by=desk, now=now).number == 1
    turns.finish(turn=short, now=now)
    with pytest.raises(TurnRefused, match="Nobody waits"):
        turns.call_next(day=day, booth=1, by=desk, now=now)


def test_a_number_is_drawn_on_the_day_for_what_is_done_here(day, now):
    with pytest.raises(NoTickets):
        tickets.draw(day=day, service="apply", now=now + timedelta(hours=3))
    with pytest.raises(NoTickets):
        tickets.draw(day=day, service="pin", now=now)
    assert not day.tickets.exists()


def opening(point, **changes):
    rule = Rule(frozenset(range(5)), date(2026, 10, 30), date(2026, 11, 4), time(9), time(16))
    return Opening(**{"rule": rule, "point": point, "venue": point.venue, "booths": 2, **changes})


def test_days_are_planned_by_a_rule_without_holidays_or_days_planned_already(
    point, make_day, now, desk
):
    make_day(on=date(2026, 11, 2))
    found = opening_days.preview(opening(point), now=now)
    assert [(day.on.day, day.left_out) for day in found] == [
        (30, None),
        (2, "planned"),
        (3, "holiday"),
        (4, None),
    ]
    with pytest.raises(PlanChanged):
        opening_days.plan(opening(point), expected=[date(2026, 10, 30)], now=now, by=desk)
    expected = [day.on for day in found if day.left_out is None]
    assert len(opening_days.plan(opening(point), expected=expected, now=now, by=desk)) == 2
    with pytest.raises(CannotPlan, match="No day"):
        opening_days.plan(opening(point), expected=[], now=now, by=desk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"booths": 0}, "booth"),
        ({"break_from": time(12)}, "break"),
        ({"break_from": time(8), "break_to": time(9, 30)}, "break"),
        ({"break_from": time(12, 2), "break_to": time(13)}, "five minutes"),
    ],
)
def test_hours_nobody_could_come_in_are_refused(point, now, changes, words):
    with pytest.raises(CannotPlan, match=words):
        opening_days.preview(opening(point, **changes), now=now)


def test_everybody_is_told_when_a_day_is_called_off(make_day, book, now, desk):
    day = make_day()
    appointment = book(day, LI_NA)
    assert opening_days.call_off(day=day, now=now, by=desk) == 1

    appointment.refresh_from_db()
    assert (appointment.state, appointment.booth_steps.count()) == ("cancelled", 0)
    told = Message.objects.get(reference=f"appointment-called-off:{appointment.pk}:1")
    assert (told.purpose, told.language) == ("appointment-change", "zh-hans")
    with pytest.raises(CannotCallOff):
        opening_days.call_off(day=day, now=now, by=desk)


# --- The screens -------------------------------------------------------------------------------
@pytest.fixture
def today(make_day):
    """A day that is on by the real clock, all day long."""
    return make_day(on=timezone.localdate(), opens=time(0, 0), closes=time(23, 55))


def test_the_list_names_people_and_leaves_a_record(today, book, log_in, staff):
    appointment = book(today)
    client = log_in("desk")
    page = client.get(f"/staff/reception/{today.pk}/?booth=1").content.decode()
    assert appointment.reference in page
    assert HARU.name in page
    printed = client.get(f"/staff/reception/{today.pk}/?print=1").content.decode()
    assert HARU.name in printed
    seen = AccessRecord.objects.filter(person=appointment.person).order_by("pk")
    assert list(seen.values_list("action", flat=True)) == ["view", "export"]


def test_the_screen_on_the_wall_names_nobody(today, book, log_in, staff):
    appointment = book(today)
    client = log_in("desk")
    client.post(f"/staff/reception/{today.pk}/appointment/{appointment.pk}/call/", {"booth": 1})
    page = client.get(f"/staff/reception/{today.pk}/waiting-room/").content.decode()
    assert appointment.reference in page
    assert HARU.name not in page


def test_a_number_is_drawn_called_and_finished_on_the_screen(today, log_in):
    client, here = log_in("desk"), f"/staff/reception/{today.pk}/"
    drawn = client.post(f"{here}draw/", {"service": "apply"})
    assert '<h1 class="ticket__number">1</h1>' in client.get(drawn["Location"]).content.decode()
    client.post(f"{here}call-next/", {"booth": "2"})
    ticket = today.tickets.get()
    assert (ticket.state, ticket.booth) == ("called", 2)
    client.post(f"{here}ticket/{ticket.pk}/finish/")
    ticket.refresh_from_db()
    assert ticket.state == "done"
    assert client.post(f"{here}ticket/{ticket.pk}/erase/").status_code == 404


def test_days_are_planned_on_the_screen(point, log_in):
    client, first = log_in("desk"), timezone.localdate() + timedelta(days=1)
    told = {
        "point": point.pk,
        "weekdays": list(range(7)),
        "first": first.isoformat(),
        "last": (first + timedelta(days=6)).isoformat(),
        "start": "9:00",
        "end": "午後4時",
        "break_from": "12時",
        "break_to": "13:00",
        "booths": "",
    }
    page = client.post("/staff/reception/plan/", told)
    days = [day.on for day in page.context["planned"]]
    assert days
    confirmed = {**told, "step": "confirm", "expected": [day.isoformat() for day in days]}
    assert client.post("/staff/reception/plan/", confirmed).status_code == 302
    planned = OpeningDay.objects.filter(point=point)
    assert {(one.opens, one.break_to, one.booths) for one in planned} == {(time(9), time(13), 2)}
    assert client.get("/staff/reception/").status_code == 200
