"""What somebody does about a class on their own page: answer an offer, say what they need."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.links import my_url, resident_token, short_url
from notifications.models import Message
from outreach.classes.actions import calling_off, offers, registrations
from outreach.classes.models import ClassSession, Offer, Registration, Series
from tests.cast import AKIKO, HARU


@pytest.fixture(autouse=True)
def _at_any_hour(settings):
    settings.SMS_HOURS = settings.VOICE_HOURS = ""


@pytest.fixture
def session(make_session, present):
    starts_at = present + timedelta(days=21)
    return make_session(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=1, handsets=1
    )


@pytest.fixture
def waiting(session, registration, person_of, present):
    """Akiko waits behind Linh, who has the only seat."""
    return registrations.register(
        session=session,
        person=person_of(AKIKO),
        submission=uuid4(),
        how="web",
        now=present,
        or_wait=True,
    )


@pytest.fixture
def offered(waiting, registration, present):
    registrations.cancel(registration=registration, now=present)
    waiting.refresh_from_db()
    return waiting


def page_of(registration):
    return f"/ja/my/{resident_token(registration.person.contact)}/"


def press(client, registration, what, **typed):
    return client.post(
        f"{page_of(registration)}registrations/{registration.pk}/{what}/", typed, follow=True
    )


def test_who_waits_sees_their_place_in_line_and_can_stop_waiting(client, waiting):
    page = client.get(page_of(waiting)).content.decode()
    assert waiting.reference in page
    assert f"registrations/{waiting.pk}/cancel/" in page
    assert "/accept/" not in page
    press(client, waiting, "cancel")
    waiting.session.refresh_from_db()
    assert waiting.session.waiting == 0


def test_the_short_link_of_an_sms_leads_to_the_answer(client, offered, settings):
    contact = offered.person.contact
    path = short_url(contact).removeprefix(settings.SITE_URL)
    response = client.get(path)
    assert response["Location"] == my_url(contact)
    assert "no-store" in response["Cache-Control"]
    page = client.get(response["Location"].removeprefix(settings.SITE_URL)).content.decode()
    assert f"registrations/{offered.pk}/accept/" in page
    assert f"registrations/{offered.pk}/decline/" in page


@pytest.mark.parametrize("forge", [lambda one: one[:-1], lambda one: f"9{one}", lambda one: "x.y"])
def test_a_short_link_that_is_not_ours_is_a_kind_page(client, offered, settings, forge):
    token = short_url(offered.person.contact).rpartition("/")[2]
    response = client.get(f"/o/{forge(token)}")
    assert response.status_code == 404
    assert "/lost/" in response.content.decode()


def test_yes_makes_the_offer_a_seat(client, offered):
    done = press(client, offered, "accept")
    offered.refresh_from_db()
    assert offered.state == Registration.State.REGISTERED
    assert 'role="status"' in done.content.decode()
    assert "class.ics" in done.content.decode()


def test_no_gives_it_to_the_next_in_line(client, offered, person_of, present):
    following = registrations.register(
        session=offered.session,
        person=person_of(HARU),
        submission=uuid4(),
        how="phone",
        now=present,
        or_wait=True,
    )
    press(client, offered, "decline")
    following.refresh_from_db()
    assert following.state == Registration.State.OFFERED


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answer_that_comes_too_late_is_told_kindly_and_changes_nothing(
    client, offered, present, answer
):
    offers.end_run_out(now=present + timedelta(days=3))
    response = press(client, offered, answer)
    offered.refresh_from_db()
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    assert "0186-00-0100" in response.content.decode()
    assert offered.state == Registration.State.CANCELLED


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_offer_is_answered_neither_by_opening_an_address_nor_by_somebody_else(
    client, offered, person_of, answer
):
    address = f"registrations/{offered.pk}/{answer}/"
    assert client.get(page_of(offered) + address).status_code == 302
    stranger = f"/ja/my/{resident_token(person_of(HARU).contact)}/"
    assert client.post(stranger + address).status_code == 404
    assert Offer.objects.get().answer == ""


def test_a_class_that_was_called_off_stays_for_who_wanted_to_come(
    client, registration, person_of, staff, present
):
    gave_back = registrations.register(
        session=registration.session,
        person=person_of(AKIKO),
        submission=uuid4(),
        how="web",
        now=present,
        or_wait=True,
    )
    registrations.cancel(registration=gave_back, now=present)
    calling_off.call_off(
        session=registration.session,
        reason="大雪のため",
        now=present + timedelta(minutes=1),
        by=staff("desk"),
    )
    page = client.get(page_of(registration)).content.decode()
    assert "この教室は中止になりました。" in page
    assert f"registrations/{registration.pk}/" not in page
    assert "中止" not in client.get(page_of(gave_back)).content.decode()


def test_what_is_needed_can_be_changed_and_the_seat_stays(client, registration):
    typed = {"wish": "Bản đồ", "wants_ride": "on", "companion": "on", "note": "Có con nhỏ"}
    done = press(client, registration, "needs", needs_handset="own", **typed)
    registration.refresh_from_db()
    assert (registration.wish, registration.note) == ("Bản đồ", "Có con nhỏ")
    assert (registration.wants_ride, registration.companion) == (True, True)
    assert registration.state == Registration.State.REGISTERED
    assert 'role="status"' in done.content.decode()
    page = client.get(f"{page_of(registration)}registrations/{registration.pk}/needs/")
    assert "Bản đồ" in page.content.decode()


def test_a_note_taken_for_the_tutor_is_left_alone(client, registration):
    Registration.objects.update(note="通訳が来ます", how="phone")
    press(client, registration, "needs", needs_handset="own", note="x")
    registration.refresh_from_db()
    assert registration.note == "通訳が来ます"


def test_a_number_of_a_card_is_refused_among_the_wishes(client, registration):
    response = press(client, registration, "needs", wish="123456789018")
    registration.refresh_from_db()
    assert 'class="error-summary"' in response.content.decode()
    assert "123456789018" not in response.content.decode()
    assert registration.wish == ""


def test_nothing_is_changed_about_a_cancelled_seat_or_somebody_elses(
    client, registration, person_of, present
):
    stranger = f"/ja/my/{resident_token(person_of(AKIKO).contact)}/"
    address = f"registrations/{registration.pk}/needs/"
    assert client.post(stranger + address, {"wish": "x"}).status_code == 404
    registrations.cancel(registration=registration, now=present)
    assert client.post(page_of(registration) + address, {"wish": "x"}).status_code == 302
    registration.refresh_from_db()
    assert registration.wish == ""


def handsets_taken(registration):
    registration.session.refresh_from_db()
    return registration.session.handsets_taken


def test_a_handset_is_taken_and_given_back(client, registration):
    press(client, registration, "needs", needs_handset="loan")
    registration.refresh_from_db()
    assert (registration.needs_handset, handsets_taken(registration)) == (True, 1)
    press(client, registration, "needs", needs_handset="own")
    registration.refresh_from_db()
    assert (registration.needs_handset, handsets_taken(registration)) == (False, 0)


def test_without_a_handset_the_seat_stays_and_waiting_is_offered(client, registration, session):
    ClassSession.objects.update(capacity=2, seats_taken=2, handsets_taken=1)
    told = press(client, registration, "needs", needs_handset="loan", wish="地図")
    assert told.status_code == 409
    assert 'value="wait"' in told.content.decode()
    registration.refresh_from_db()
    assert (registration.state, registration.needs_handset, registration.wish) == (
        "registered",
        False,
        "",
    )


def test_who_waits_for_a_handset_comes_before_who_asks_for_one_later(
    client, registration, session, person_of, present
):
    """The handset is free, but somebody without a seat waits for both."""
    registrations.register(
        session=session,
        person=person_of(AKIKO),
        submission=uuid4(),
        how="web",
        now=present,
        needs_handset=True,
        or_wait=True,
    )
    assert press(client, registration, "needs", needs_handset="loan").status_code == 409
    assert handsets_taken(registration) == 0


def test_who_gives_the_seat_back_waits_behind_and_the_next_is_asked(
    client, registration, waiting, session
):
    ClassSession.objects.update(capacity=2, seats_taken=2, handsets_taken=1)
    press(client, registration, "needs", needs_handset="loan", go="wait")
    registration.refresh_from_db()
    waiting.refresh_from_db()
    again = session.registrations.get(person=registration.person, state="waiting")
    assert registration.state == "cancelled"
    assert waiting.state == "offered"
    assert (again.needs_handset, again.place_in_line) == (True, 2)
    told = Message.objects.filter(contact=registration.person.contact)
    assert told.filter(reference=f"class-waiting:{again.pk}").exists()
    assert not told.filter(reference__startswith="class-cancelled:").exists()


def test_who_waits_changes_lines_without_losing_the_number(client, waiting, session):
    press(client, waiting, "needs", needs_handset="loan")
    waiting.refresh_from_db()
    session.refresh_from_db()
    assert (waiting.line_number, session.line_own, session.line_loan) == (1, 0, 1)


def test_nothing_is_changed_once_the_class_has_begun(client, registration, session, present):
    ClassSession.objects.update(starts_at=present - timedelta(minutes=5))
    press(client, registration, "needs", needs_handset="own", wish="x")
    registration.refresh_from_db()
    assert registration.wish == ""
    assert (
        f"registrations/{registration.pk}/needs/"
        not in client.get(page_of(registration)).content.decode()
    )


def test_close_to_the_class_who_waits_may_take_a_free_seat(client, waiting, session, present):
    soon = present + timedelta(hours=2)
    ClassSession.objects.update(seats_taken=0, starts_at=soon, ends_at=soon + timedelta(hours=1))
    assert f"registrations/{waiting.pk}/accept/" in client.get(page_of(waiting)).content.decode()
    press(client, waiting, "accept")
    waiting.refresh_from_db()
    session.refresh_from_db()
    assert (waiting.state, session.seats_taken, session.line_own) == ("registered", 1, 0)


def test_in_the_middle_of_a_series_nobody_is_told_to_wait_for_a_handset(
    client, make_session, course, person_of, present
):
    series = Series.objects.create(course=course, is_whole=True, planned_at=present)
    days = [
        make_session(
            series=series,
            starts_at=present + timedelta(days=day),
            ends_at=present + timedelta(days=day, hours=1),
            handsets=1,
            handsets_taken=1,
        )
        for day in (-1, 6)
    ]
    registrations.register(
        session=days[0],
        person=person_of(AKIKO),
        submission=uuid4(),
        how="web",
        now=present - timedelta(days=2),
    )
    ahead = days[1].registrations.get()
    told = press(client, ahead, "needs", needs_handset="loan")
    assert told.status_code == 409
    assert 'value="wait"' not in told.content.decode()
    assert press(client, ahead, "needs", needs_handset="loan", go="wait").status_code == 200
    ahead.refresh_from_db()
    assert ahead.state == "registered"
