"""A place that becomes free goes to the next in line: asked at a decent hour, in time to answer."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from notifications.actions import answers, consents
from notifications.models import Message
from notifications.rules.spoken import spoken_date
from outreach.classes.actions import offers, registrations
from outreach.classes.actions.offers import OfferGone
from outreach.classes.models import Offer, Registration
from outreach.people.actions import people
from tests.cast import AKIKO, HARU, LINH
from tests.conftest import TOKYO

pytestmark = pytest.mark.django_db

CALL = "CA" + "1" * 32
# A Thursday, three weeks before the class of `make_session`.
EVENING = datetime(2026, 10, 1, 22, 0, tzinfo=TOKYO)
NEXT_MORNING = datetime(2026, 10, 2, 9, 0, tzinfo=TOKYO)
TEN = datetime(2026, 10, 2, 10, 0, tzinfo=TOKYO)


@pytest.fixture(autouse=True)
def _the_hours_of_the_city(settings):
    settings.SMS_HOURS, settings.VOICE_HOURS = "Mon-Sat 09:00-19:00", "Mon-Fri 10:00-17:00"


@pytest.fixture
def session(make_session):
    return make_session(capacity=1)


def register(session, person, now, **changes):
    return registrations.register(
        session=session, person=person, submission=uuid4(), how="web", now=now, **changes
    )


@pytest.fixture
def seated(session, make_person, now):
    return register(session, make_person(AKIKO), now)


@pytest.fixture
def waiting(session, seated, make_person, now):
    return register(session, make_person(LINH), now, or_wait=True)


def test_a_place_given_back_at_night_is_kept_but_the_time_counts_from_the_morning(seated, waiting):
    registrations.cancel(registration=seated, now=EVENING)
    waiting.refresh_from_db()
    offer = Offer.objects.get()
    assert waiting.state == "offered"
    assert (offer.offered_at, offer.ends_at) == (NEXT_MORNING, NEXT_MORNING + timedelta(hours=48))
    message = Message.objects.get(reference=f"class-offer:{offer.pk}")
    assert (message.not_before, message.useless_after) == (offer.offered_at, offer.ends_at)
    assert message.purpose == "class-offer"


def test_by_day_the_time_counts_from_now(seated, waiting):
    noon = NEXT_MORNING.replace(hour=12)
    registrations.cancel(registration=seated, now=noon)
    assert Offer.objects.get().offered_at == noon


def test_who_can_only_be_called_is_asked_in_the_hours_for_calls(session, seated, make_person, now):
    register(session, make_person(HARU), now, or_wait=True)
    registrations.cancel(registration=seated, now=EVENING)
    assert Offer.objects.get().offered_at == TEN


def test_who_could_not_answer_in_time_any_more_is_not_asked_and_who_can_is(
    session, seated, make_person, now
):
    first = register(session, make_person(HARU), now, or_wait=True)
    second = register(session, make_person(LINH), now, or_wait=True)
    # A Saturday before a class on Monday morning: a landline is called on Monday at ten.
    type(session).objects.filter(pk=session.pk).update(
        starts_at=datetime(2026, 10, 5, 10, 30, tzinfo=TOKYO),
        ends_at=datetime(2026, 10, 5, 12, 0, tzinfo=TOKYO),
    )
    registrations.cancel(registration=seated, now=datetime(2026, 10, 3, 12, 0, tzinfo=TOKYO))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("waiting", "offered")


def test_an_offer_nobody_answers_moves_on(session, seated, waiting, make_person, now):
    following = register(session, make_person(HARU), now, or_wait=True)
    registrations.cancel(registration=seated, now=TEN)
    ends_at = Offer.objects.get().ends_at
    assert offers.end_run_out(now=ends_at - timedelta(minutes=1)) == 0
    assert offers.end_run_out(now=ends_at) == 1
    waiting.refresh_from_db()
    following.refresh_from_db()
    assert (waiting.state, following.state) == ("cancelled", "offered")
    assert Message.objects.filter(reference=f"class-offer-ended:{waiting.pk}").exists()
    with pytest.raises(OfferGone):
        offers.accept(registration=waiting, now=ends_at)


def test_the_worker_ends_offers_that_ran_out(seated, waiting, capsys):
    registrations.cancel(registration=seated, now=TEN)
    Offer.objects.update(ends_at=TEN - timedelta(days=400))
    call_command("run_worker", once=True)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert "offers of a seat that ran out: 1" in capsys.readouterr().out


@pytest.fixture
def called(open_session, make_person, settings):
    """Haru, who waits, is on the telephone with the machine that offers her a seat."""
    settings.SMS_HOURS = settings.VOICE_HOURS = ""  # whenever this test runs
    now, session, haru = timezone.now(), open_session(capacity=1), make_person(HARU)
    consents.give(
        contact=haru.contact, purpose="automatic-call", how="in_person", wording="…", now=now
    )
    seated = register(session, make_person(AKIKO), now)
    waiting = register(session, haru, now, or_wait=True)
    registrations.cancel(registration=seated, now=now)
    message = Message.objects.select_related("contact", "point").get(
        reference=f"class-offer:{Offer.objects.get().pk}"
    )
    assert message.channel == "voice"
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id=CALL)
    message.refresh_from_db()
    return waiting, message


def press(message, key):
    return answers.press(message=message, provider_id=CALL, key=key, now=timezone.now())


def test_one_takes_the_seat_and_says_when_and_where(called):
    waiting, message = called
    words = press(message, "1")
    waiting.refresh_from_db()
    assert waiting.state == "registered"
    assert "お席が決まりました。" in words
    assert spoken_date(timezone.localtime(waiting.session.starts_at).date()) in words
    # Said on the telephone, so nobody calls again.
    assert Message.objects.get(reference=f"class-registration:{waiting.pk}").state == "sent"


def test_two_gives_the_seat_to_the_next_in_line(called, make_person):
    waiting, message = called
    following = register(waiting.session, make_person(LINH), timezone.now(), or_wait=True)
    words = press(message, "2")
    waiting.refresh_from_db()
    following.refresh_from_db()
    assert (waiting.state, following.state) == ("cancelled", "offered")
    assert "次の方にお譲りします" in words


@pytest.mark.parametrize("key", ["3", "9"])
def test_the_other_keys_leave_the_offer_open(called, key):
    waiting, message = called
    press(message, key)
    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_a_key_pressed_too_late_is_answered_kindly(called):
    waiting, message = called
    offers.end_run_out(now=timezone.now() + timedelta(hours=48))
    words = press(message, "1")
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    assert "次の方の番になりました" in words


def test_who_registered_somebody_is_asked_for_them(session, seated, now):
    daughter = people.identify(name="山瀬明子", email="a@example.com", language="ja").contact
    mother = people.identify(name="雪沢ハル", language="ja")
    waiting = register(
        session, mother, now, or_wait=True, asked_by=daughter, relation=Registration.Relation.FAMILY
    )
    registrations.cancel(registration=seated, now=TEN)
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    assert set(Message.objects.filter(purpose="class-offer").values_list("contact", flat=True)) == {
        daughter.pk
    }
