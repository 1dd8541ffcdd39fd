"""One registration for a whole series: a seat on every day, or one place in the line for all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from notifications.models import Message
from outreach.classes.actions import calling_off, changes, needs, offers, registrations, walk_ins
from outreach.classes.actions.offers import NoPlaceFree
from outreach.classes.actions.registrations import (
    AlreadyRegistered,
    NoHandsets,
    SessionClosed,
    SessionFull,
)
from outreach.classes.actions.reminders import queue
from outreach.classes.calendar_files import entry
from outreach.classes.links import confirmation_token, registration_of
from outreach.classes.models import ClassSession, Offer, Registration, SeriesRegistration
from outreach.classes.rules.needs import Needs
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(make_person, now):
    def make(who, session, **changes):
        details = {"submission": uuid4(), "how": "web", "now": now, **changes}
        person = make_person(who)
        return registrations.register(session=session, person=person, **details)

    return make


def rows_of(registration):
    return list(Registration.objects.all_days_of(registration))


def taken(days):
    return [ClassSession.objects.get(pk=day.pk).seats_taken for day in days]


def texts(stem):
    return Message.objects.filter(reference__startswith=stem)


def test_one_registration_takes_a_seat_on_every_day(series_days, register):
    days = series_days(3)
    first = register(HARU, days[1])
    assert taken(days) == [1, 1, 1]
    assert [row.session for row in rows_of(first)] == days
    assert first.session == days[0]
    assert {row.reference for row in rows_of(first)} == {first.reference}
    message = texts("class-registration:").get()
    assert all(f"10月{22 + 7 * number}日" in message.body for number in range(2))


def test_the_form_sent_twice_is_one_registration(series_days, register):
    days, submission = series_days(2), uuid4()
    first = register(HARU, days[0], submission=submission)
    assert register(HARU, days[0], submission=submission) == first
    assert taken(days) == [1, 1]
    assert SeriesRegistration.objects.count() == 1


def test_somebody_who_comes_already_is_told_so(series_days, register):
    days = series_days(2)
    register(HARU, days[0])
    with pytest.raises(AlreadyRegistered):
        register(HARU, days[1])
    assert taken(days) == [1, 1]


def test_a_full_day_keeps_everybody_else_off_all_days(series_days, register):
    days = series_days(3)
    ClassSession.objects.filter(pk=days[2].pk).update(seats_taken=10)
    with pytest.raises(SessionFull):
        register(HARU, days[0])
    assert taken(days) == [0, 0, 10]
    waiting = register(HARU, days[0], or_wait=True)
    assert [row.state for row in rows_of(waiting)] == ["waiting"] * 3
    assert taken(days) == [0, 0, 10]
    # Whoever comes later stands behind, though a day by itself has room.
    assert register(LINH, days[0], or_wait=True).place_in_line == 2


def test_nobody_joins_once_the_first_day_has_begun(series_days, register):
    days = series_days(2)
    with pytest.raises(SessionClosed):
        register(HARU, days[1], now=days[0].starts_at)


def test_a_handset_must_be_lent_on_every_day(series_days, register):
    days = series_days(2, handsets=1)
    ClassSession.objects.filter(pk=days[1].pk).update(handsets=0)
    with pytest.raises(NoHandsets):
        register(HARU, days[0], needs_handset=True)


def test_cancelling_gives_every_day_ahead_back_and_tells_once(series_days, register):
    days = series_days(3)
    registration = register(HARU, days[0])
    after_first = days[0].ends_at + timedelta(hours=1)
    registrations.cancel(registration=registration, now=after_first)
    assert taken(days) == [1, 0, 0]
    assert [row.state for row in rows_of(registration)] == ["registered", "cancelled", "cancelled"]
    assert texts("class-cancelled:").count() == 1


def test_places_given_back_are_offered_as_one_offer_for_all_days(series_days, register, now):
    days = series_days(2, capacity=1)
    holder = register(HARU, days[0])
    waiting = register(LINH, days[0], or_wait=True)
    registrations.cancel(registration=holder, now=now)
    assert [row.state for row in rows_of(waiting)] == ["offered", "offered"]
    assert Offer.objects.count() == 1
    offers.accept(registration=rows_of(waiting)[1], now=now)
    assert [row.state for row in rows_of(waiting)] == ["registered", "registered"]
    assert taken(days) == [1, 1]
    assert texts("class-offer:").count() == 1


def test_an_offer_that_runs_out_goes_to_the_next_for_all_days(series_days, register, now):
    days = series_days(2, capacity=1)
    holder = register(HARU, days[0])
    second, third = (register(who, days[0], or_wait=True) for who in (LINH, AKIKO))
    registrations.cancel(registration=holder, now=now)
    offers.end_run_out(now=Offer.objects.get().ends_at)
    assert [row.state for row in rows_of(second)] == ["cancelled", "cancelled"]
    assert [row.state for row in rows_of(third)] == ["offered", "offered"]
    assert taken(days) == [1, 1]


def test_a_place_out_of_turn_is_one_on_every_day(series_days, register, staff, now):
    days = series_days(2, capacity=1)
    ClassSession.objects.filter(pk=days[1].pk).update(seats_taken=1)
    waiting = register(HARU, days[0], or_wait=True)
    with pytest.raises(NoPlaceFree):
        offers.give(registration=waiting, by=staff("desk"), reason="車いす席のため", now=now)
    assert taken(days) == [0, 1]


def test_a_day_called_off_leaves_the_others_and_an_offer_open(series_days, register, staff, now):
    days = series_days(3, capacity=1)
    holder = register(HARU, days[0])
    waiting = register(LINH, days[0], or_wait=True)
    registrations.cancel(registration=holder, now=now)
    calling_off.call_off(session=days[0], reason="大雪", now=now, by=staff("desk"))
    assert [row.state for row in rows_of(waiting)] == ["cancelled", "offered", "offered"]
    offers.accept(registration=registration_of(confirmation_token(waiting)), now=now)
    assert taken(days) == [0, 1, 1]
    assert "Các buổi khác" in str(texts("class-called-off:").get().other_forms)


def test_calling_off_the_full_day_lets_the_line_in(series_days, register, staff, now):
    days = series_days(2, capacity=1)
    ClassSession.objects.filter(pk=days[1].pk).update(seats_taken=1)
    waiting = register(HARU, days[0], or_wait=True)
    calling_off.call_off(session=days[1], reason="大雪", now=now, by=staff("desk"))
    assert [row.state for row in rows_of(waiting)] == ["offered", "cancelled"]


def test_people_of_another_day_are_not_put_into_half_a_series(series_days, make_session, now):
    days = series_days(2)
    by_itself = make_session(starts_at=days[0].starts_at - timedelta(days=3))
    assert calling_off.days_elsewhere(by_itself, now=now) == []


def test_more_seats_on_the_full_day_let_the_line_in(series_days, register, now):
    days = series_days(2, capacity=1)
    ClassSession.objects.filter(pk=days[1].pk).update(seats_taken=1)
    waiting = register(HARU, days[0], or_wait=True)
    changes.adjust(
        session=days[1], tutors=[], capacity=2, handsets=0, bus_seats=0, min_people=1, now=now
    )
    assert [row.state for row in rows_of(waiting)] == ["offered", "offered"]


def test_somebody_waiting_who_comes_gets_the_days_that_are_left(
    series_days, register, staff, make_person
):
    days = series_days(2, capacity=1)
    ClassSession.objects.filter(pk=days[0].pk).update(seats_taken=1)
    register(HARU, days[0], or_wait=True)
    at_the_door = walk_ins.admit(
        session=days[1],
        submission=uuid4(),
        name=HARU.name,
        kana=HARU.kana,
        language="ja",
        now=days[1].starts_at - timedelta(minutes=5),
        by=staff("desk"),
    )
    assert (at_the_door.session, at_the_door.state) == (days[1], "registered")
    assert taken(days) == [1, 1]


def test_each_day_is_reminded_of(series_days, register):
    days = series_days(2)
    registration = register(HARU, days[0])
    for day in days:
        queue(now=day.starts_at - timedelta(hours=20))
    reminded = {message.reference.split(":")[1] for message in texts("class-reminder:")}
    assert reminded == {str(row.pk) for row in rows_of(registration)}


def test_what_is_needed_is_changed_on_every_day(series_days, register, now):
    days = series_days(2, handsets=1)
    registration = register(HARU, days[0])
    needs.change(
        registration=registration,
        needs=Needs(wants_ride=True),
        note="",
        needs_handset=True,
        now=now,
    )
    assert all(row.wants_ride and row.needs_handset for row in rows_of(registration))
    assert [ClassSession.objects.get(pk=day.pk).handsets_taken for day in days] == [1, 1]


def test_the_calendar_gets_one_entry_for_each_day(series_days, register, now):
    days = series_days(3)
    registration = register(HARU, days[0])
    comes = [(row.session, row.session != days[1], 0) for row in rows_of(registration)]
    events = Calendar.from_ical(entry(comes, now=now)).walk("VEVENT")
    assert [str(one["STATUS"]) for one in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({str(one["UID"]) for one in events}) == 3


def test_a_list_names_the_series_once_and_a_calendar_every_day(series_days, make_session, now):
    days = series_days(3)
    assert list(ClassSession.objects.to_register_for(now=now)) == [days[0]]
    assert list(ClassSession.objects.on_the_calendar(now=now)) == days
    begun = days[0].starts_at
    assert not ClassSession.objects.to_register_for(now=begun)
    assert not ClassSession.objects.on_the_calendar(now=begun)


def test_a_series_with_a_full_day_has_no_free_seats(series_days, now):
    days = series_days(2, capacity=1)
    assert ClassSession.objects.open_for_registration(now=now).get() == days[0]
    ClassSession.objects.filter(pk=days[1].pk).update(seats_taken=1)
    assert not ClassSession.objects.open_for_registration(now=now)
    assert ClassSession.objects.to_register_for(now=now).get().seat_word == "full"


def test_a_day_stands_once_in_a_registration(series_days, register, make_person):
    registration = register(HARU, series_days(2)[0])
    with pytest.raises(IntegrityError, match=r"one_row_per_day|whole_id"), transaction.atomic():
        Registration.objects.create(
            session=registration.session,
            person=make_person(LINH),
            whole=registration.whole,
            reference=registration.reference,
            submission=uuid4(),
            how="web",
            registered_at=registration.registered_at,
        )


def test_a_reference_names_one_series_registration(series_days, register):
    whole = register(HARU, series_days(2)[0]).whole
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesRegistration.objects.create(series=whole.series, reference=whole.reference)


def test_its_reference_is_of_a_kind_no_single_day_has(series_days, make_session, register):
    """The two columns are unique each for itself, and a link names a reference alone."""
    whole, single = register(HARU, series_days(2)[0]), register(LINH, make_session())
    assert (whole.reference[:2], single.reference[:2]) == ("K-", "C-")
    assert registration_of(confirmation_token(whole)) == whole


def test_nobody_waits_for_a_handset_once_the_series_has_begun(series_days, register, now):
    days = series_days(3, handsets=1)
    registration = register(HARU, days[0])
    with pytest.raises(SessionClosed):
        needs.wait_for_handset(
            registration=registration, needs=Needs(), note="", now=days[0].ends_at
        )
    assert taken(days) == [1, 1, 1]


def test_an_offer_ends_before_whichever_day_now_comes_first(series_days, register, staff, now):
    days = series_days(3, capacity=1)
    comes = register(HARU, days[0])
    register(AKIKO, days[0], or_wait=True)
    registrations.cancel(registration=comes, now=now)
    tomorrow = now + timedelta(days=1)
    changes.move(
        session=days[2],
        starts_at=tomorrow,
        ends_at=tomorrow + timedelta(hours=1),
        venue=days[2].venue,
        room="",
        now=now,
        by=staff("desk"),
    )
    assert Offer.objects.get().ends_at == tomorrow - timedelta(hours=3)
