"""A caller books a time at a counter at the phone desk, by the same screen as a class."""

import re
from datetime import time, timedelta
from html import unescape

import pytest
from django.utils import timezone

from outreach.people.models import AccessRecord
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint
from tests.cast import AKIKO, HARU

pytestmark = pytest.mark.django_db
SCREEN = "/staff/phone-desk/"


@pytest.fixture
def day(venue):
    point = ReceptionPoint.objects.create(
        kind="counter", venue=venue, name_ja="本庁舎", renew_card_minutes=25
    )
    now = timezone.now()
    return OpeningDay.objects.create(
        point=point,
        venue=venue,
        on=timezone.localdate() + timedelta(days=2),
        opens=time(9),
        closes=time(10),
        booths=1,
        planned_at=now,
    )


def press(client, page, step, **answers):
    """Send the form that has the button, with what it carries and what is answered."""
    for form in re.findall(r"<form.*?</form>", page, re.S):
        if f'value="{step}"' in form:
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            carried = {name: unescape(value) for name, value in hidden}
            return client.post(SCREEN, {**carried, **answers, "step": step})
    raise AssertionError(f"No button {step} on the page:\n{page}")


def test_from_the_person_to_the_reference(day, log_in, make_person):
    haru, desk = make_person(HARU), log_in("desk")
    page = desk.post(SCREEN, {"step": "choose", "person": haru.pk}).content.decode()
    page = press(desk, page, "errand", relation="self").content.decode()
    assert "error-summary" not in page
    errand = f"{day.point_id}-renew_card"
    page = press(desk, page, "times", errand=errand, relation="self").content.decode()
    assert re.findall(r'name="slot" value="[0-9]+-([0-9:]+)"', page) == ["09:00", "09:30"]
    page = press(desk, page, "say_appointment", slot=f"{day.pk}-09:30").content.decode()
    assert f"{HARU.name}様、ご予約を" in page
    assert "午前9時30分" in page
    booked = press(desk, page, "book_appointment")
    assert Appointment.objects.get().taken_by is not None
    assert Appointment.objects.get().reference in desk.get(booked["Location"]).content.decode()
    again = press(desk, page, "book_appointment")
    assert again["Location"] == booked["Location"]
    assert AccessRecord.objects.filter(person=haru, action="change").exists()


def test_a_daughter_calls_and_the_time_has_gone_meanwhile(day, log_in, make_person):
    haru, desk = make_person(HARU), log_in("desk")
    page = desk.post(SCREEN, {"step": "choose", "person": haru.pk}).content.decode()
    page = press(desk, page, "errand").content.decode()
    told = {"errand": f"{day.point_id}-renew_card", "relation": "family"}
    nameless = press(desk, page, "times", **told).content.decode()
    assert "error-summary" in nameless
    page = press(
        desk, page, "times", **told, asker_name=AKIKO.name, asker_phone=AKIKO.phone
    ).content.decode()
    page = press(desk, page, "say_appointment", slot=f"{day.pk}-09:00").content.decode()
    assert AKIKO.name in page
    OpeningDay.objects.update(opens=time(9, 30))
    page = press(desk, page, "book_appointment").content.decode()
    assert "error-summary" in page
    page = press(desk, page, "say_appointment", slot=f"{day.pk}-09:30").content.decode()
    press(desk, page, "book_appointment")
    assert Appointment.objects.get().asked_by.name == AKIKO.name
