"""A resident books page by page; the list they begin from is kept; their link saves questions."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from notifications.links import resident_token
from outreach.people.models import Person
from outreach.reception.models import Appointment
from tests.cast import AKIKO, HARU, LI_NA

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(make_day):
    return make_day(on=timezone.localdate() + timedelta(days=1), booths=1)


def answers(day, **changes):
    return {
        "submission": str(uuid4()),
        "service": "renew_certificate",
        "day": day.pk,
        "time": "09:15",
        "relation": "self",
        "name": LI_NA.name,
        "phone": LI_NA.phone,
        **changes,
    }


def address(day, language="zh-hans"):
    return f"/{language}/counters/{day.point_id}/book/"


def send(client, where, told):
    return client.post(where, {**told, "step": "check", "go": "send"})


def text(response):
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_way_leads_from_what_for_to_day_to_time_to_who(client, day):
    where, told = address(day, "en"), {}
    asked = []
    for step, answer in (
        ("service", {"service": "renew_certificate"}),
        ("day", {"day": day.pk}),
        ("time", {"time": "09:15"}),
        ("who", {"relation": "self"}),
        ("person", {"name": LI_NA.name}),
        ("reach", {"phone": LI_NA.phone}),
    ):
        told |= answer
        page = client.post(where, {**told, "step": step, "go": "next"}).content.decode()
        asked.append(re.search(r'name="step" value="(\w+)"', page)[1])
    assert asked == ["day", "time", "who", "person", "reach", "check"]
    assert LI_NA.name in page
    assert "The PINs the person chose" in page


def test_a_phone_alone_is_enough_and_the_confirmation_says_what_to_bring(client, day):
    response = send(client, address(day, "en"), answers(day))
    page = text(client.get(response["Location"]))

    appointment = Appointment.objects.get()
    assert appointment.reference in page
    assert "The My Number Card you have now" in page
    assert f"{timezone.localtime(appointment.starts_at):%H:%M}" == "09:15"
    assert appointment.person.contact.language == "en"
    assert "/my/" in client.get(response["Location"]).content.decode()


def test_sending_twice_is_one_appointment_and_another_name_is_another(client, day):
    told = answers(day)
    first = send(client, address(day), told)["Location"]
    assert (
        send(client, address(day), told)["Location"].rpartition("/counters/")[2]
        == (first.rpartition("/counters/")[2])
    )
    other = send(client, address(day), {**told, "name": AKIKO.name, "time": "09:30"})
    assert other.status_code == 302
    assert Appointment.objects.count() == Person.objects.count() == 2


def test_a_time_taken_meanwhile_keeps_the_answers_and_offers_others(client, day, book, now):
    book(day, starts_at=day.opens_at + timedelta(minutes=15))
    page = send(client, address(day, "en"), answers(day)).content.decode()

    assert "This time has just been taken" in page
    assert f'name="name" value="{LI_NA.name}"' in page
    assert Appointment.objects.count() == 1


def test_somebody_books_for_their_mother(client, day):
    told = answers(
        day,
        relation="family",
        name=HARU.name,
        phone="",
        asker_name=AKIKO.name,
        asker_phone=AKIKO.phone,
    )
    send(client, address(day, "ja"), told)

    appointment = Appointment.objects.get()
    assert (appointment.person.name, appointment.asked_by.name) == (HARU.name, AKIKO.name)


def test_a_number_of_the_card_is_refused(client, day):
    page = send(client, address(day, "en"), answers(day, name="123456789018")).content.decode()
    assert not Appointment.objects.exists()
    assert "123456789018" not in page


@pytest.mark.parametrize("closed", ["closed", "unknown"])
def test_a_point_that_takes_nobody_shows_the_others(client, day, closed):
    where = address(day)
    if closed == "closed":
        type(day.point).objects.update(is_open=False)
    else:
        where = "/zh-hans/counters/999/book/"
    assert client.get(where).status_code == 404


def test_a_link_from_the_own_page_asks_no_name_again(client, day, make_person):
    haru = make_person(HARU)
    token = resident_token(haru.contact)
    assert f"/counters/for/{token}/" in client.get(f"/ja/my/{token}/").content.decode()
    listed = client.get(f"/ja/counters/for/{token}/")
    assert listed["X-Robots-Tag"] == "noindex"
    where = f"/ja/counters/for/{token}/{day.point_id}/"
    assert where in listed.content.decode()

    told = {"service": "apply", "day": day.pk, "time": "09:30"}
    page = client.post(where, {**told, "step": "time", "go": "next"}).content.decode()
    assert 'name="step" value="check"' in page
    assert HARU.name in page
    send(client, where, told)
    assert Appointment.objects.get().person == haru


@pytest.mark.parametrize("token", ["unknown", "1.forged"])
def test_a_forged_link_opens_nothing(client, day, token):
    assert client.get(f"/ja/counters/for/{token}/").status_code == 404
    assert client.get(f"/ja/counters/booked/{token}/").status_code == 404


def test_the_list_is_kept_for_everybody_until_a_time_is_booked(
    day, book, django_capture_on_commit_callbacks, make_day
):
    reader = Client()
    page = reader.get("/ja/counters/")
    assert "public" in page["Cache-Control"]
    assert not page.cookies
    with django_capture_on_commit_callbacks(execute=True):
        book(day, service="apply")
    type(day.point).objects.update(name_ja="別の名前")
    assert "別の名前" in reader.get("/ja/counters/").content.decode()
    type(day.point).objects.update(name_ja="またの名前")
    assert "別の名前" in reader.get("/ja/counters/").content.decode()


def test_the_own_page_changes_and_cancels(client, day, book, make_day):
    appointment = book(day, LI_NA)
    other = make_day(on=day.on + timedelta(days=1))
    token = resident_token(appointment.person.contact)
    mine = f"/en/my/{token}/appointments/{appointment.pk}"
    assert appointment.reference in client.get(f"/en/my/{token}/").content.decode()

    told = {"day": other.pk, "time": "09:30"}
    page = client.post(f"{mine}/change/", {**told, "step": "time", "go": "next"}).content.decode()
    assert 'name="step" value="check"' in page
    send(client, f"{mine}/change/", told)
    appointment.refresh_from_db()
    assert (appointment.day, appointment.sequence) == (other, 1)

    entry = client.get(f"{mine}/appointment.ics").content.decode()
    assert f"UID:appointment-{appointment.pk}@" in entry
    assert LI_NA.name not in entry
    assert client.get(f"{mine}/cancel/").status_code == 302
    appointment.refresh_from_db()
    assert appointment.state == "open"
    client.post(f"{mine}/cancel/")
    appointment.refresh_from_db()
    assert appointment.state == "cancelled"
    assert "STATUS:CANCELLED" in client.get(f"{mine}/appointment.ics").content.decode()


def test_somebody_elses_appointment_is_not_there(client, day, book, make_person):
    appointment = book(day, LI_NA)
    token = resident_token(make_person(HARU).contact)
    for what in ("change/", "appointment.ics"):
        answer = client.get(f"/en/my/{token}/appointments/{appointment.pk}/{what}")
        assert answer.status_code == 404
    assert client.post(f"/en/my/{token}/appointments/{appointment.pk}/cancel/").status_code == 404
