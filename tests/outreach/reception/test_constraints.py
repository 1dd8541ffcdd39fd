"""What can never be true about counters, held by the database."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from outreach.reception.models import Appointment, BoothStep, ReceptionPoint, Ticket
from tests.cast import HARU, LI_NA

pytestmark = pytest.mark.django_db


def refused(name, model, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(**values)


def changed(name, row, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reception_point_has_booth", {"booths": 0}),
        ("reception_point_buffer_on_grid", {"buffer_minutes": 7}),
        ("reception_point_apply_on_grid", {"apply_minutes": 12}),
        ("reception_point_pin_on_grid", {"pin_minutes": 125}),
    ],
)
def test_a_point_has_booths_and_times_on_the_grid(point, name, value):
    changed(name, point, **value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("opening_day_closes_after_opening", {"closes": time(9)}),
        ("opening_day_break_within_hours", {"break_from": time(11)}),
        ("opening_day_break_within_hours", {"break_from": time(11), "break_to": time(13)}),
        ("opening_day_has_booth", {"booths": 0}),
        ("opening_day_called_off_is_dated", {"state": "called_off"}),
    ],
)
def test_a_day_has_hours_and_booths(make_day, name, value):
    changed(name, make_day(), **value)


def test_a_point_opens_once_a_day(make_day):
    day = make_day()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_day(on=day.on)


def values(day, person, **changes):
    return {
        "day": day,
        "person": person,
        "service": "apply",
        "starts_at": day.opens_at,
        "ends_at": day.opens_at + timedelta(minutes=25),
        "booth": 1,
        "reference": f"M-{uuid4().hex[:6]}",
        "submission": uuid4(),
        "how": "web",
        "booked_at": day.planned_at,
        **changes,
    }


def test_a_booth_is_not_booked_twice_at_one_time(make_day, book):
    day = make_day()
    first = book(day)
    step = first.booth_steps.latest("step")
    with pytest.raises(IntegrityError), transaction.atomic():
        BoothStep.objects.create(day=day, booth=1, step=step.step, appointment=first)


@pytest.mark.parametrize("state", ["open", "called"])
def test_a_person_has_one_open_appointment_of_a_kind(make_day, make_person, state):
    day, haru = make_day(), make_person(HARU)
    Appointment.objects.create(**values(day, haru, state=state, booth=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**values(day, haru))
    Appointment.objects.filter(person=haru).update(state="done")
    Appointment.objects.create(**values(day, haru))


def test_one_person_stands_at_a_booth(make_day, make_person):
    day = make_day()
    Appointment.objects.create(**values(day, make_person(HARU), state="called"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(**values(day, make_person(LI_NA), state="called"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appointment_ends_after_start", {"minutes": 0}),
        ("appointment_has_booth", {"booth": 0}),
        ("appointment_state_known", {"state": "late"}),
        ("appointment_cancelled_is_dated", {"state": "cancelled"}),
        ("appointment_service_known", {"service": "passport"}),
        ("appointment_relation_known", {"relation": "neighbour"}),
        ("appointment_how_known", {"how": "fax"}),
    ],
)
def test_an_appointment_is_one_of_ours(make_day, make_person, name, value):
    day = make_day()
    if "minutes" in value:
        value = {"ends_at": day.opens_at}
    refused(name, Appointment, **values(day, make_person(HARU), **value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ticket_state_known", {"state": "cancelled", "booth": 1, "called": True}),
        ("ticket_called_to_a_booth", {"state": "called"}),
        ("ticket_service_known", {"service": "passport"}),
    ],
)
def test_a_ticket_is_one_of_ours(make_day, now, name, value):
    ticket = {"day": make_day(), "number": 1, "service": "apply", "drawn_at": now}
    value = dict(value)
    if value.pop("called", False):
        ticket["called_at"] = now
    refused(name, Ticket, **{**ticket, **value})


def test_a_number_is_drawn_once(make_day, now):
    ticket = {"day": make_day(), "number": 1, "service": "apply", "drawn_at": now}
    Ticket.objects.create(**ticket)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(**ticket)


def test_the_lengths_are_those_of_the_services_done(point):
    assert [service.value for service in point.services] == ["apply", "renew_certificate"]
    assert point.length_of("apply") == timedelta(minutes=25)
    assert point.shortest == timedelta(minutes=10)
    with pytest.raises(ValueError, match="not done"):
        point.length_of("pin")
    assert ReceptionPoint().shortest is None
