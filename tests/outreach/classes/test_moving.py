"""A class gets another day, place, tutors or number of seats."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.actions import consents
from notifications.models import Contact, Message
from outreach.classes.actions import changes, offers, registrations, reminders
from outreach.classes.actions.changes import AlreadyTaken, CannotChange
from outreach.classes.actions.sessions import CannotAnnounce
from outreach.classes.models import ClassSession, Offer, Registration, Tutor
from outreach.people.models import Task
from outreach.places.models import Venue
from tests.cast import AKIKO, HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(make_session):
    return make_session(capacity=1)


@pytest.fixture
def register(session, resident, now):
    """Haru has the only seat, the others wait."""

    def take(character, at=now):
        return registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=at,
            or_wait=True,
        )

    return take


@pytest.fixture
def move(session, now, staff):
    def to(**changed):
        session.refresh_from_db()
        where = {
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "venue": session.venue,
            "room": session.room,
            "now": now,
        }
        return changes.move(session=session, by=staff("desk"), **{**where, **changed})

    return to


def a_week_later(session):
    week = timedelta(days=7)
    return {"starts_at": session.starts_at + week, "ends_at": session.ends_at + week}


def news() -> list[Message]:
    return list(Message.objects.filter(reference__startswith="class-moved:").order_by("pk"))


def test_everybody_who_comes_or_waits_is_told_and_keeps_their_place(session, register, move, now):
    first, second = register(HARU), register(AKIKO)
    was = session.starts_at
    assert move(**a_week_later(session)) == 2
    session.refresh_from_db()
    assert (session.moved_from, session.moved_at, session.sequence) == (was, now, 1)
    assert session.moved_by.username == "madoguchi"
    assert [one.contact for one in news()] == [first.person.contact, second.person.contact]
    assert all("10月29日" in one.body for one in news())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("registered", "waiting")
    assert session.seats_taken == 1


def test_another_room_or_venue_is_told_too_and_is_no_other_day(session, register, move):
    register(HARU)
    elsewhere = Venue.objects.create(name_ja="十和田市民センター")
    assert move(venue=elsewhere, room="和室") == 1
    session.refresh_from_db()
    assert (session.venue, session.room, session.moved_from) == (elsewhere, "和室", None)
    assert session.moved_at is not None
    assert "十和田市民センター" in news()[0].body


def test_nothing_new_is_told_to_nobody(session, register, move):
    register(HARU)
    assert move() == 0
    session.refresh_from_db()
    assert (session.sequence, session.moved_at) == (0, None)
    assert not news()


def test_moved_twice_the_first_news_does_not_go_out_any_more(session, register, move):
    register(HARU)
    move(**a_week_later(session))
    session.refresh_from_db()
    move(**a_week_later(session))
    first, second = news()
    assert (first.state, second.state) == (Message.State.DROPPED, Message.State.QUEUED)


def test_a_confirmation_of_the_old_day_does_not_go_out_after_the_news(session, register, move):
    registration = register(LINH)
    move(**a_week_later(session))
    confirmation = Message.objects.get(reference=f"class-registration:{registration.pk}")
    assert confirmation.state == Message.State.DROPPED


def test_reminders_follow_the_new_day(session, register, move, now):
    registration = register(LINH)
    old_week = session.starts_at - timedelta(days=7)
    assert reminders.queue(now=old_week) == 1
    move(**a_week_later(session), now=old_week)
    old = Message.objects.get(reference=f"class-reminder:{registration.pk}:7")
    assert old.state == Message.State.DROPPED
    assert reminders.queue(now=old_week + timedelta(days=1)) == 0
    assert reminders.queue(now=old_week + timedelta(days=7)) == 1
    assert reminders.queue(now=old_week + timedelta(days=7)) == 0
    assert reminders.queue(now=old_week + timedelta(days=13)) == 1


def test_who_was_told_today_is_not_reminded_of_the_same_today(session, register, move):
    register(LINH)
    move(now=session.starts_at - timedelta(days=6), room="和室")
    assert reminders.queue(now=session.starts_at - timedelta(days=5)) == 0
    assert reminders.queue(now=session.starts_at - timedelta(days=1)) == 1


def test_an_open_offer_ends_before_the_class_that_now_begins_earlier(session, register, move, now):
    first, second = register(HARU), register(AKIKO)
    registrations.cancel(registration=first, now=now)
    assert Offer.objects.get(registration=second).ends_at == now + timedelta(hours=48)
    tomorrow = now + timedelta(days=1)
    move(starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1))
    assert Offer.objects.get(registration=second).ends_at == tomorrow - timedelta(hours=3)
    second.refresh_from_db()
    offers.accept(registration=second, now=now + timedelta(hours=1))
    second.refresh_from_db()
    assert second.state == Registration.State.REGISTERED


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        pytest.param({"starts_at": timedelta(days=-30)}, CannotChange, id="into the past"),
        pytest.param({"ends_at": timedelta(hours=-5)}, CannotAnnounce, id="ends before it begins"),
    ],
)
def test_a_move_to_nowhere_is_refused(session, register, move, changed, refusal):
    register(HARU)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    with pytest.raises(refusal):
        move(**{name: times[name] + shift for name, shift in changed.items()})
    session.refresh_from_db()
    assert session.sequence == 0
    assert not news()


def test_a_move_into_a_taken_room_or_onto_a_busy_tutor_is_refused(session, make_session, move):
    tutor = Tutor.objects.create(name="講師 黒土")
    session.tutors.add(tutor)
    other = make_session(room="和室", **a_week_later(session))
    with pytest.raises(AlreadyTaken):
        move(**a_week_later(session), room="和室")
    other.tutors.add(tutor)
    with pytest.raises(AlreadyTaken):
        move(**a_week_later(session), room="大会議室")
    other.tutors.clear()
    move(**a_week_later(session), room="大会議室")


def test_a_tutor_who_takes_over_while_a_move_waits_is_not_taken_twice(
    session, make_session, move, monkeypatch
):
    tutor = Tutor.objects.create(name="講師 黒土")
    make_session(room="和室", **a_week_later(session)).tutors.add(tutor)
    monkeypatch.setattr(changes.bookings, "hold", lambda **_: session.tutors.add(tutor))
    with pytest.raises(AlreadyTaken):
        move(**a_week_later(session), room="大会議室")


def test_an_hour_later_in_its_own_room_is_no_clash_with_itself(session, move):
    hour = timedelta(hours=1)
    move(starts_at=session.starts_at + hour, ends_at=session.ends_at + hour)
    session.refresh_from_db()
    assert session.moved_from == session.starts_at - hour


@pytest.mark.parametrize("gone", ["begun", "called off"])
def test_a_class_that_is_over_or_called_off_stays_as_it_was(session, move, gone):
    at = {"now": session.starts_at} if gone == "begun" else {}
    if gone == "called off":
        ClassSession.objects.filter(pk=session.pk).update(state="called_off")
    with pytest.raises(CannotChange):
        move(**a_week_later(session), **at)


@pytest.mark.parametrize(
    ("hour", "calls"),
    [
        pytest.param(6, True, id="the machine may call when the class has begun"),
        pytest.param(11, False, id="the machine calls in time"),
    ],
)
def test_an_automatic_call_that_would_come_too_late_is_a_call_for_a_colleague(
    session, register, move, settings, hour, calls
):
    registration = register(HARU)
    consents.give(
        contact=registration.person.contact,
        purpose="automatic-call",
        how="phone",
        wording="電話で知らせてよい",
        now=session.starts_at - timedelta(days=20),
    )
    settings.VOICE_HOURS = "Mon-Fri 10:00-17:00"
    day = session.starts_at - timedelta(days=0 if calls else 1)
    move(room="和室", now=day.replace(hour=hour))
    message = news()[0]
    assert message.channel == Contact.Channel.VOICE
    tasks = list(Task.objects.filter(message=message))
    assert [task.kind for task in tasks] == ([Task.Kind.NOT_REACHED] if calls else [])
    assert [task.person for task in tasks] == ([registration.person] if calls else [])


def test_a_change_on_the_day_itself_goes_at_once_and_an_early_one_in_the_morning(
    session, register, move
):
    register(LINH)
    move(**a_week_later(session))
    session.refresh_from_db()
    move(room="和室", now=session.starts_at - timedelta(hours=4))
    assert [one.purpose for one in news()] == ["class-change", "class-change-soon"]


def adjust(session, now, **changed):
    session.refresh_from_db()
    values = {
        "tutors": list(session.tutors.all()),
        "capacity": session.capacity,
        "handsets": session.handsets,
        "bus_seats": session.bus_seats,
        "min_people": session.min_people,
    }
    changes.adjust(session=session, now=now, **{**values, **changed})
    session.refresh_from_db()


def test_another_tutor_is_told_to_nobody(session, register, now):
    register(HARU)
    told = Message.objects.count()
    tutor = Tutor.objects.create(name="講師 黒土")
    adjust(session, now, tutors=[tutor], bus_seats=9)
    assert list(session.tutors.all()) == [tutor]
    assert (session.bus_seats, session.sequence) == (9, 1)
    assert Message.objects.count() == told


def test_more_seats_are_offered_to_the_line_in_its_order(session, register, now):
    register(HARU)
    second, third = register(AKIKO), register(LINH)
    adjust(session, now, capacity=2)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("offered", "waiting")


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"capacity": 1}, id="fewer seats than are taken"),
        pytest.param({"handsets": 0}, id="fewer handsets than are promised"),
    ],
)
def test_nobody_loses_a_place_to_a_smaller_number(make_session, resident, now, changed):
    session = make_session(capacity=4, handsets=2)
    for character, loan in ((HARU, True), (LI_NA, False)):
        registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=now,
            needs_handset=loan,
        )
    with pytest.raises(CannotChange):
        adjust(session, now, **changed)
    adjust(session, now, capacity=2, handsets=1)
    assert (session.capacity, session.handsets) == (2, 1)


def test_a_tutor_who_teaches_elsewhere_then_is_refused(session, make_session, now):
    tutor = Tutor.objects.create(name="講師 黒土")
    other = make_session(venue=Venue.objects.create(name_ja="大湯"))
    other.tutors.add(tutor)
    with pytest.raises(AlreadyTaken):
        adjust(session, now, tutors=[tutor])
    assert not session.tutors.exists()
