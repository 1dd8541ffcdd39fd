"""Close to a class no offer can be answered any more: free seats go to whoever takes them first."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from outreach.classes.actions import changes, offers, registrations
from outreach.classes.actions.offers import OfferGone
from outreach.classes.actions.registrations import SessionFull
from outreach.classes.models import ClassSession, Offer
from tests.cast import AKIKO, HARU, LINH

pytestmark = pytest.mark.django_db

# A class on Tuesday at ten; texts go out from nine to seven, and an offer must be answered three
# hours before the class.
TOKYO = ZoneInfo("Asia/Tokyo")
CLASS = datetime(2026, 10, 6, 10, tzinfo=TOKYO)
MONDAY_NOON = datetime(2026, 10, 5, 12, tzinfo=TOKYO)
MONDAY_EVENING = datetime(2026, 10, 5, 20, tzinfo=TOKYO)


@pytest.fixture(autouse=True)
def _hours(settings):
    settings.SMS_HOURS, settings.VOICE_HOURS = "Mon-Sat 09:00-19:00", "Mon-Fri 10:00-17:00"


@pytest.fixture
def session(make_session):
    return make_session(capacity=1, starts_at=CLASS, ends_at=CLASS + timedelta(hours=1))


@pytest.fixture
def register(session, make_person, now):
    def one(character, at=now, **changes):
        return registrations.register(
            session=session,
            person=make_person(character),
            submission=uuid4(),
            how="web",
            now=at,
            **changes,
        )

    return one


@pytest.fixture
def waiting(register):
    """Akiko has the seat, Linh waits."""
    register(AKIKO)
    return register(LINH, or_wait=True)


def give_up_the_seat(session, at):
    registrations.cancel(registration=session.registrations.get(state="registered"), now=at)


def test_the_evening_before_a_free_seat_goes_to_whoever_comes_next(session, register, waiting):
    give_up_the_seat(session, MONDAY_EVENING)
    assert not Offer.objects.exists()
    free = ClassSession.objects.open_for_registration(now=MONDAY_EVENING)
    assert list(free) == [session]
    assert register(HARU, MONDAY_EVENING).state == "registered"


def test_at_noon_it_is_still_kept_for_the_line(session, register, waiting):
    give_up_the_seat(session, MONDAY_NOON)
    assert Offer.objects.get().registration == waiting
    with pytest.raises(SessionFull):
        register(HARU, MONDAY_NOON)


def test_who_waits_can_take_it_as_well_as_anybody(session, waiting):
    give_up_the_seat(session, MONDAY_EVENING)
    assert offers.may_take(waiting, now=MONDAY_EVENING)
    offers.accept(registration=waiting, now=MONDAY_EVENING)
    session.refresh_from_db()
    assert (session.seats_taken, session.line_own) == (1, 0)


def test_nobody_takes_a_seat_that_is_not_free(session, waiting):
    assert not offers.may_take(waiting, now=MONDAY_EVENING)
    with pytest.raises(OfferGone):
        offers.accept(registration=waiting, now=MONDAY_EVENING)


def test_a_class_moved_to_a_later_day_is_offered_to_the_line(session, waiting, staff):
    give_up_the_seat(session, MONDAY_EVENING)
    changes.move(
        session=session,
        starts_at=CLASS + timedelta(days=7),
        ends_at=CLASS + timedelta(days=7, hours=1),
        venue=session.venue,
        room="",
        now=MONDAY_EVENING,
        by=staff("desk"),
    )
    assert Offer.objects.get().registration == waiting


def test_the_desk_calls_in_the_order_of_the_line(log_in, make_session, make_person, settings):
    settings.SMS_HOURS = settings.VOICE_HOURS = ""  # whenever this test runs
    now = timezone.now()
    soon = make_session(
        capacity=1, starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=3)
    )
    _seated, first, second = (
        registrations.register(
            session=soon,
            person=make_person(one),
            submission=uuid4(),
            how="web",
            now=now - timedelta(days=2),
            or_wait=True,
        )
        for one in (AKIKO, HARU, LINH)
    )
    give_up_the_seat(soon, now)
    desk, roster = log_in("desk"), f"/staff/classes/{soon.pk}/"
    assert desk.get(roster).content.decode().count('name="in_turn"') == 1
    # Who is not next is given a place with a reason alone.
    desk.post(f"{roster}line/{second.pk}/give/", {"in_turn": "1"})
    second.refresh_from_db()
    assert second.state == "waiting"
    desk.post(f"{roster}line/{first.pk}/give/", {"in_turn": "1"})
    first.refresh_from_db()
    assert first.state == "registered"
