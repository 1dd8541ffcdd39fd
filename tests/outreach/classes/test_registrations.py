"""Taking a seat and giving it back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.models import Message
from outreach.classes.actions import places, registrations, reminders
from outreach.classes.actions.registrations import AlreadyRegistered, SessionClosed, SessionFull
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.line import finds_place
from outreach.classes.signals import schedule_changed
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(make_session):
    return make_session(capacity=2)


@pytest.fixture
def register(session, resident, now):
    def take(character, **changes):
        values = {"session": session, "submission": uuid4(), "how": "web", "now": now}
        return registrations.register(person=resident(character), **{**values, **changes})

    return take


@pytest.fixture
def changes_heard():
    heard = []

    def listen(**_):
        heard.append("changed")

    schedule_changed.connect(listen)
    yield heard
    schedule_changed.disconnect(listen)


def seats_taken(session):
    return ClassSession.objects.get(pk=session.pk).seats_taken


def test_a_seat_is_taken_and_the_person_is_told(session, register):
    registration = register(LINH, note="スマホを借りたい")
    assert seats_taken(session) == 1
    assert registration.reference.startswith("C-")
    assert registration.note == "スマホを借りたい"
    message = Message.objects.get(reference=f"class-registration:{registration.pk}")
    assert message.purpose == "class-registration"
    assert message.language == "vi"
    assert message.useless_after == session.starts_at
    assert registration.reference in message.body


def test_who_has_only_a_landline_is_called(register):
    registration = register(HARU, how="phone")
    message = Message.objects.get(reference=f"class-registration:{registration.pk}")
    assert message.channel == "call"
    assert HARU.name in message.body


def test_the_officer_who_took_it_is_noted(register, staff):
    officer = staff("desk")
    assert register(HARU, how="phone", by=officer).taken_by == officer


def test_the_same_submission_twice_is_one_registration(session, register):
    submission = uuid4()
    first = register(LINH, submission=submission)
    again = register(LINH, submission=submission)
    assert again == first
    assert seats_taken(session) == 1
    assert Message.objects.count() == 1


def test_the_same_submission_again_is_answered_even_when_the_class_is_full(make_session, register):
    last_seat = make_session(capacity=1)
    submission = uuid4()
    first = register(LINH, session=last_seat, submission=submission)
    assert register(LINH, session=last_seat, submission=submission) == first


def test_a_person_registers_once_and_hears_the_reference_they_have(session, register):
    first = register(LINH)
    with pytest.raises(AlreadyRegistered, match=first.reference) as refusal:
        register(LINH)
    assert refusal.value.registration == first
    assert seats_taken(session) == 1


def test_a_full_class_takes_nobody_and_leaves_nothing_behind(session, register):
    register(HARU)
    register(LINH)
    with pytest.raises(SessionFull):
        register(AKIKO)
    assert seats_taken(session) == 2
    assert Registration.objects.count() == 2
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param(timedelta(seconds=-1), True, id="a second before it begins"),
        pytest.param(timedelta(0), False, id="as it begins"),
        pytest.param(timedelta(hours=1), False, id="while it goes on"),
    ],
)
def test_registration_ends_when_the_class_begins(session, register, moment, is_open):
    now = session.starts_at + moment
    if is_open:
        assert register(LINH, now=now).session == session
    else:
        with pytest.raises(SessionClosed):
            register(LINH, now=now)
        assert not Registration.objects.exists()


def test_a_class_that_was_called_off_takes_nobody(session, register):
    ClassSession.objects.filter(pk=session.pk).update(state="called_off")
    with pytest.raises(SessionClosed):
        register(LINH)


def test_a_cancelled_seat_is_free_again_and_the_person_is_told(session, register, now, staff):
    registration = register(LINH)
    officer = staff("desk")
    registrations.cancel(registration=registration, now=now + timedelta(days=1), by=officer)
    registration.refresh_from_db()
    assert registration.state == Registration.State.CANCELLED
    assert registration.cancelled_at == now + timedelta(days=1)
    assert registration.cancelled_by == officer
    assert seats_taken(session) == 0
    message = Message.objects.get(reference=f"class-cancelled:{registration.pk}")
    assert registration.reference in message.body


def test_cancelling_twice_gives_one_seat_back(session, register, now):
    register(HARU)
    registration = register(LINH)
    registrations.cancel(registration=registration, now=now)
    registrations.cancel(registration=registration, now=now)
    assert seats_taken(session) == 1
    assert Message.objects.filter(reference__startswith="class-cancelled").count() == 1


def test_who_cancelled_can_come_after_all(session, register, now):
    registrations.cancel(registration=register(LINH), now=now)
    assert register(LINH).state == Registration.State.REGISTERED
    assert seats_taken(session) == 1


def test_who_cancelled_is_not_reminded(session, register, now):
    registration = register(LINH)
    week_before = session.starts_at - timedelta(days=7)
    assert reminders.queue(now=week_before) == 1
    registrations.cancel(registration=registration, now=week_before)
    reminder = Message.objects.get(purpose="class-reminder")
    assert reminder.state == Message.State.DROPPED
    assert reminder.reason
    assert reminder.events.order_by("pk").last().state == Message.State.DROPPED


def test_a_reminder_on_its_way_is_not_touched_by_cancelling(session, register, now):
    registration = register(LINH)
    week_before = session.starts_at - timedelta(days=7)
    reminders.queue(now=week_before)
    Message.objects.filter(purpose="class-reminder").update(
        state=Message.State.SENDING, claim=uuid4()
    )
    registrations.cancel(registration=registration, now=week_before)
    assert Message.objects.get(purpose="class-reminder").state == Message.State.SENDING


def test_the_schedule_hears_of_each_change_once_it_is_written(
    register, now, changes_heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        registration = register(LINH)
    assert len(changes_heard) == 1
    with django_capture_on_commit_callbacks(execute=True):
        registrations.cancel(registration=registration, now=now)
    assert len(changes_heard) == 2


def test_the_schedule_hears_nothing_of_a_refusal(
    session, register, changes_heard, django_capture_on_commit_callbacks
):
    late = session.starts_at
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(SessionClosed):
        register(LINH, now=late)
    assert changes_heard == []


def test_a_listener_that_fails_does_not_turn_a_kept_seat_into_an_error(
    session, register, django_capture_on_commit_callbacks
):
    def fail(**_):
        raise OSError("the cache is full")

    schedule_changed.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            register(LINH)
    finally:
        schedule_changed.disconnect(fail)
    assert seats_taken(session) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("needs_handset", [False, True])
@pytest.mark.parametrize("line_loan", [0, 1])
@pytest.mark.parametrize("line_own", [0, 1])
@pytest.mark.parametrize("handsets_taken", [0, 1])
@pytest.mark.parametrize("seats_taken", [1, 2])
def test_the_desk_and_the_database_agree_on_who_finds_a_place(
    make_session, seats_taken, handsets_taken, line_own, line_loan, needs_handset, now
):
    session = make_session(
        capacity=2,
        handsets=1,
        seats_taken=seats_taken,
        handsets_taken=handsets_taken,
        line_own=line_own,
        line_loan=line_loan,
    )
    by_database = ClassSession.objects.with_a_place(needs_handset=needs_handset, now=now).exists()
    by_rule = finds_place(
        session.free, line_own=line_own, line_loan=line_loan, needs_handset=needs_handset
    )
    assert by_rule == by_database
    asked = Registration(session=session, needs_handset=needs_handset)
    if not by_database:
        with pytest.raises(SessionFull):
            places.find(asked, session, now=now, or_wait=False)
    places.find(asked, session, now=now, or_wait=True)
    assert (asked.state, asked.line_number) == (
        ("registered", None) if by_database else ("waiting", 1)
    )
    counted = ClassSession.objects.get(pk=session.pk)
    taken = (counted.seats_taken - seats_taken, counted.handsets_taken - handsets_taken)
    assert taken == (by_database, by_database and needs_handset)
    assert counted.waiting == line_own + line_loan + (not by_database)
    assert counted.line_loan == line_loan + (not by_database and needs_handset)


def test_a_reference_drawn_before_is_drawn_again(make_session, make_person, now, monkeypatch):
    drawn = iter(["C-333333", "C-333333", "C-444444"])
    monkeypatch.setattr(registrations, "new_reference", lambda prefix: next(drawn))
    session = make_session(capacity=1)
    first, second = (
        registrations.register(
            session=session,
            person=make_person(one),
            submission=uuid4(),
            how="web",
            now=now,
            or_wait=True,
        )
        for one in (HARU, LINH)
    )
    session.refresh_from_db()
    assert (first.reference, second.reference) == ("C-333333", "C-444444")
    assert (session.seats_taken, session.waiting, second.line_number) == (1, 1, 1)


def test_a_rush_costs_the_database_few_statements(
    make_session, make_person, now, django_assert_max_num_queries
):
    """Every one of them is paid by everybody who waits behind."""
    session, person = make_session(), make_person(LINH)
    ClassSession.objects.filter(pk=session.pk).update(seats_taken=session.capacity)
    # Six, and what sets the transaction apart from that of the test.
    with django_assert_max_num_queries(9):
        registrations.register(
            session=session, person=person, submission=uuid4(), how="web", now=now, or_wait=True
        )


@pytest.mark.parametrize(("ahead", "changes"), [(0, True), (1, False)])
def test_pages_are_made_anew_only_when_they_say_something_else(
    make_session,
    make_person,
    now,
    ahead,
    changes,
    changes_heard,
    django_capture_on_commit_callbacks,
):
    session = make_session(capacity=1)
    people = [make_person(one) for one in (HARU, LINH, AKIKO)][: ahead + 2]
    for person in people[:-1]:
        registrations.register(
            session=session, person=person, submission=uuid4(), how="web", now=now, or_wait=True
        )
    with django_capture_on_commit_callbacks(execute=True):
        registrations.register(
            session=session, person=people[-1], submission=uuid4(), how="web", now=now, or_wait=True
        )
    assert bool(changes_heard) == changes


def test_a_class_that_is_over_stays_as_it_was(make_session, make_person, now):
    session = make_session()
    registration = registrations.register(
        session=session, person=make_person(HARU), submission=uuid4(), how="web", now=now
    )
    registrations.cancel(registration=registration, now=session.ends_at)
    registration.refresh_from_db()
    session.refresh_from_db()
    assert (registration.state, session.seats_taken) == ("registered", 1)
    assert not Message.objects.filter(reference__startswith="class-cancelled").exists()
