"""Snow: a class is called off, everybody is told, and its people are offered another day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.models import Message
from outreach.classes.actions import (
    attendance,
    calling_off,
    offers,
    registrations,
    reminders,
    walk_ins,
)
from outreach.classes.actions.attendance import Mark
from outreach.classes.actions.calling_off import CannotCallOff, CannotOffer, Offered
from outreach.classes.models import ClassSession, Offer, Registration
from outreach.classes.signals import schedule_changed
from outreach.people.actions import people
from tests.cast import AKIKO, HARU, LI_NA, LINH

pytestmark = pytest.mark.django_db

SNOW = "大雪のため"


@pytest.fixture
def session(make_session):
    return make_session(capacity=2, handsets=1)


@pytest.fixture
def register(session, resident, now):
    clock = iter(range(60))

    def take(character, **wishes):
        """Each a minute after the one before."""
        return registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=now + timedelta(minutes=next(clock)),
            or_wait=True,
            **wishes,
        )

    return take


@pytest.fixture
def later(now):
    return now + timedelta(days=2)


@pytest.fixture
def call_off(session, later, staff):
    def off(**changed):
        values = {"session": session, "reason": SNOW, "now": later, "by": staff("desk")}
        return calling_off.call_off(**{**values, **changed})

    return off


@pytest.fixture
def another_day(make_session, session):
    def make(weeks=1, **changes):
        week = timedelta(weeks=weeks)
        return make_session(
            starts_at=session.starts_at + week, ends_at=session.ends_at + week, **changes
        )

    return make


@pytest.fixture
def offer_elsewhere(session, later, staff):
    def offer(*days, of=session, at=later):
        return calling_off.offer_elsewhere(session=of, elsewhere=days, now=at, by=staff("desk"))

    return offer


def told() -> list[Message]:
    return list(Message.objects.filter(reference__startswith="class-called-off:").order_by("pk"))


def states(*rows: Registration) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_who_comes_was_asked_and_waits_are_all_told(session, register, call_off, later, now):
    comes, gave_back, asked, waits = map(register, (HARU, AKIKO, LINH, LI_NA))
    registrations.cancel(registration=gave_back, now=now + timedelta(hours=1))
    assert states(comes, asked, waits) == ["registered", "offered", "waiting"]

    assert call_off() == 3

    assert states(comes, gave_back, asked, waits) == ["cancelled"] * 4
    contacts = [one.person.contact for one in (comes, asked, waits)]
    assert [message.contact for message in told()] == contacts
    # In the language of each: short on a telephone.
    assert "中止" in told()[0].body
    assert Offer.objects.get().answer == Offer.Answer.WITHDRAWN
    session.refresh_from_db()
    assert (session.state, session.called_off_at, session.called_off_reason) == (
        "called_off",
        later,
        SNOW,
    )
    assert session.called_off_by.username == "madoguchi"
    assert session.sequence == 1
    assert (session.seats_taken, session.handsets_taken, session.waiting) == (0, 0, 0)


def test_twice_is_the_same_as_once(register, call_off, session, later):
    register(HARU)
    assert [call_off(), call_off(now=later + timedelta(hours=1))] == [1, 0]
    assert len(told()) == 1
    session.refresh_from_db()
    assert (session.called_off_at, session.sequence) == (later, 1)


def test_no_reminder_goes_out_any_more(session, register, call_off):
    registration = register(LINH)
    week_before = session.starts_at - timedelta(days=7)
    assert reminders.queue(now=week_before) == 1
    call_off(now=week_before + timedelta(hours=1))
    reminder = Message.objects.get(reference=f"class-reminder:{registration.pk}:7")
    assert reminder.state == Message.State.DROPPED
    assert reminders.queue(now=session.starts_at - timedelta(days=1)) == 0


def test_nobody_can_register_after_that(register, call_off):
    call_off()
    with pytest.raises(registrations.SessionClosed):
        register(HARU)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_it_is_held(session, register, call_off, reason):
    registration = register(HARU)
    with pytest.raises(CannotCallOff):
        call_off(reason=reason)
    session.refresh_from_db()
    assert session.state == ClassSession.State.ANNOUNCED
    assert states(registration) == ["registered"]
    assert not told()


def test_a_class_that_was_held_cannot_be_called_off(session, call_off):
    with pytest.raises(CannotCallOff):
        call_off(now=session.ends_at)
    assert call_off(now=session.ends_at - timedelta(minutes=1)) == 0


def test_the_schedule_is_told(call_off, django_capture_on_commit_callbacks):
    heard = []

    def listen(**_):
        heard.append("changed")

    schedule_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            call_off()
    finally:
        schedule_changed.disconnect(listen)
    assert heard == ["changed"]


def test_places_elsewhere_are_offered_in_the_order_of_registration_then_of_the_line(
    session, register, call_off, another_day, offer_elsewhere
):
    first, second, third, fourth = map(register, (LINH, HARU, AKIKO, LI_NA))
    assert states(first, second, third, fourth)[2:] == ["waiting", "waiting"]
    day = another_day(capacity=3)
    call_off()

    assert offer_elsewhere(day) == Offered(offered=3, waiting=1, left=0)

    new = list(day.registrations.order_by("line_number"))
    assert [one.instead_of for one in new] == [first, second, third, fourth]
    assert [one.state for one in new] == ["offered", "offered", "offered", "waiting"]
    day.refresh_from_db()
    assert (day.seats_taken, day.waiting) == (3, 1)
    assert Message.objects.filter(reference__startswith="class-offer:").count() == 3
    assert Message.objects.filter(reference=f"class-waiting:{new[3].pk}").exists()


def test_who_waited_first_but_had_a_place_later_comes_before_who_still_waits(
    session, register, call_off, another_day, offer_elsewhere, now
):
    first, _second, third, fourth = map(register, (LINH, HARU, AKIKO, LI_NA))
    registrations.cancel(registration=first, now=now + timedelta(hours=1))
    third.refresh_from_db()
    offers.accept(registration=third, now=now + timedelta(hours=2))
    day = another_day(capacity=2)
    call_off()
    offer_elsewhere(day)
    names = [one.person.name for one in day.registrations.order_by("line_number")]
    assert names == [HARU.name, AKIKO.name, LI_NA.name]
    assert fourth.line_number is not None


def test_nobody_is_moved_without_saying_yes(
    register, call_off, another_day, offer_elsewhere, later
):
    register(HARU)
    register(AKIKO)
    day = another_day(capacity=5)
    call_off()
    offer_elsewhere(day)
    assert not day.registrations.filter(state="registered").exists()
    accepts, declines = day.registrations.order_by("line_number")
    offers.accept(registration=accepts, now=later + timedelta(hours=1))
    offers.decline(registration=declines, now=later + timedelta(hours=1))
    assert states(accepts, declines) == ["registered", "cancelled"]
    day.refresh_from_db()
    assert day.seats_taken == 1


def test_who_already_waits_there_comes_first(
    register, call_off, another_day, offer_elsewhere, resident, now
):
    register(HARU)
    day = another_day(capacity=1)
    takes, waits = (
        registrations.register(
            session=day,
            person=people.identify(name=name, email=f"{number}@example.com", language="ja"),
            submission=uuid4(),
            how="web",
            now=now,
            or_wait=True,
        )
        for number, name in enumerate(("花田梅", "小坂竹"))
    )
    call_off()
    assert offer_elsewhere(day) == Offered(offered=0, waiting=1)
    registrations.cancel(registration=takes, now=now + timedelta(days=3))
    assert states(waits) == ["offered"]


def test_several_days_take_the_people_together(register, call_off, another_day, offer_elsewhere):
    for character in (LINH, HARU, AKIKO):
        register(character)
    days = [another_day(1, capacity=1), another_day(2, capacity=2)]
    call_off()
    assert offer_elsewhere(*days) == Offered(offered=3)
    assert [day.registrations.count() for day in days] == [1, 2]


def test_who_needs_a_handset_is_offered_one_or_is_left_to_be_called(
    register, call_off, another_day, offer_elsewhere
):
    register(HARU, needs_handset=True, note="前の席")
    without, with_one = another_day(1, capacity=5), another_day(2, capacity=5, handsets=1)
    call_off()
    assert offer_elsewhere(without) == Offered(left=1)
    assert offer_elsewhere(with_one) == Offered(offered=1)
    new = with_one.registrations.get()
    assert (new.needs_handset, new.note, new.person.name) == (True, "前の席", HARU.name)
    with_one.refresh_from_db()
    assert with_one.handsets_taken == 1


def test_pressing_twice_asks_nobody_twice(register, call_off, another_day, offer_elsewhere):
    register(HARU)
    days = [another_day(1), another_day(2)]
    call_off()
    assert offer_elsewhere(days[0]) == Offered(offered=1)
    assert offer_elsewhere(*days) == Offered()
    assert Offer.objects.count() == 1


def test_who_declined_a_day_is_asked_about_another_and_not_about_the_same(
    register, call_off, another_day, offer_elsewhere, later
):
    register(HARU)
    declined, other = another_day(1), another_day(2)
    call_off()
    offer_elsewhere(declined)
    at = later + timedelta(hours=1)
    offers.decline(registration=declined.registrations.get(), now=at)
    assert offer_elsewhere(declined, at=at) == Offered()
    assert offer_elsewhere(other, at=at) == Offered(offered=1)


def test_when_the_other_day_is_called_off_too_its_people_are_asked_there_alone(
    register, call_off, another_day, offer_elsewhere, later
):
    register(HARU)
    second, third, fourth = map(another_day, (1, 2, 3))
    call_off()
    offer_elsewhere(second)
    at = later + timedelta(hours=1)
    call_off(session=second, now=at)
    assert offer_elsewhere(fourth, at=at) == Offered()
    assert offer_elsewhere(third, of=second, at=at) == Offered(offered=1)


def test_who_has_moved_away_since_is_asked_nothing(
    register, call_off, another_day, offer_elsewhere, later
):
    person = register(HARU).person
    call_off()
    person.status, person.status_on = "moved", later.date()
    person.save()
    assert offer_elsewhere(another_day()) == Offered()


def test_who_sat_on_the_seat_of_somebody_absent_has_one_of_their_own_elsewhere(
    make_session, resident, another_day, call_off, offer_elsewhere, staff, now
):
    small = make_session(capacity=1)
    in_class = small.starts_at + timedelta(minutes=5)
    absent = registrations.register(
        session=small, person=resident(HARU), submission=uuid4(), how="phone", now=now
    )
    mark = Mark(absent.pk, "absent", uuid4(), in_class)
    attendance.note(session=small, marks=[mark], by=staff("desk"), now=in_class)
    walk_ins.admit(
        session=small,
        submission=uuid4(),
        name=LINH.name,
        language="vi",
        now=in_class,
        by=staff("desk"),
    )
    day = another_day()
    call_off(session=small, now=in_class)
    assert offer_elsewhere(day, of=small, at=in_class) == Offered(offered=2)
    day.refresh_from_db()
    assert (day.seats_taken, day.registrations.filter(takes_over=None).count()) == (2, 2)


def test_who_has_a_place_on_that_day_anyway_is_not_asked(
    register, call_off, another_day, offer_elsewhere, resident, now
):
    registration = register(HARU)
    day = another_day()
    registrations.register(
        session=day, person=registration.person, submission=uuid4(), how="web", now=now
    )
    call_off()
    assert offer_elsewhere(day) == Offered()
    assert day.registrations.count() == 1


def test_who_cancelled_before_the_snow_is_not_asked(
    register, call_off, another_day, offer_elsewhere, now
):
    registrations.cancel(registration=register(HARU), now=now + timedelta(hours=1))
    call_off()
    assert offer_elsewhere(another_day()) == Offered()


@pytest.mark.parametrize("which", ["none", "another course", "called off", "in two hours"])
def test_a_day_that_cannot_stand_in_is_refused(
    which, register, call_off, another_day, make_session, offer_elsewhere, later, course
):
    register(HARU)
    call_off()
    other = type(course).objects.create(slug="photos", title_ja="写真")
    days = {
        "none": list,
        "another course": lambda: [another_day(course=other)],
        "called off": lambda: [another_day(state="called_off")],
        "in two hours": lambda: [
            make_session(starts_at=later + timedelta(hours=2), ends_at=later + timedelta(hours=3))
        ],
    }[which]()
    with pytest.raises(CannotOffer):
        offer_elsewhere(*days)
    assert Registration.objects.count() == 1


def test_people_of_a_class_that_is_held_stay_there(register, another_day, offer_elsewhere):
    registration = register(HARU)
    with pytest.raises(CannotOffer):
        offer_elsewhere(another_day())
    assert states(registration) == ["registered"]
