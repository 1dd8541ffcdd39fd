"""When messages go, at the moment they are claimed: hours, usefulness, ceilings, the switch."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from notifications import reasons
from notifications.actions import claims, consents, sending_stops, turns
from notifications.actions.deliveries import deliver_due
from notifications.models import Contact, Message, SendingStop
from notifications.rules.phones import parse_phone
from notifications.rules.sending_hours import AT_ONCE_FOR
from tests.cast import AKIKO, LINH
from tests.conftest import TOKYO
from tests.notifications.conftest import write_down

pytestmark = pytest.mark.django_db(transaction=True)

# A Thursday; the next holiday is far.
EVENING = datetime(2026, 10, 1, 21, 0, tzinfo=TOKYO)
MORNING = datetime(2026, 10, 2, 9, 0, tzinfo=TOKYO)
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=TOKYO)


@pytest.fixture(autouse=True)
def _the_hours_of_the_facts(settings):
    settings.SMS_HOURS, settings.VOICE_HOURS = "Mon-Sat 09:00-19:00", "Mon-Fri 10:00-17:00"


@pytest.fixture
def officer(db):
    return User.objects.create(username="madoguchi")


@pytest.fixture
def many(queue):
    """Queue so many SMS at a moment, each to a number of its own."""

    def put(number: int, *, now: datetime, **changes: object) -> None:
        for one in range(number):
            contact = write_down(LINH, phone=parse_phone(f"090-0000-{one:04d}"))
            queue(contact, now=now, **changes)

    return put


@pytest.fixture
def news(queue):
    """Queue one announcement to somebody who agreed to such news."""

    def put(contact: Contact, name: str, *, now: datetime, **changes: object) -> Message:
        consents.give(contact=contact, purpose="class-news", how="web", wording="はい", now=now)
        return queue(contact, purpose="class-news", reference=f"news:{name}", now=now, **changes)

    return put


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.state


# --- hours -------------------------------------------------------------------------------------
def test_an_sms_of_the_evening_waits_for_the_morning_and_is_left_alone_until_then(linh, queue):
    message = queue(linh, now=EVENING)

    deliver_due(now=EVENING)

    assert state_of(message) == "queued"
    assert message.not_before == MORNING
    assert message.reason == reasons.in_house_language(reasons.POSTPONED)
    events = message.events.count()
    assert deliver_due(now=EVENING + timedelta(hours=1))["queued"] == 0
    assert message.events.count() == events
    assert deliver_due(now=MORNING)["sent"] == 1


def test_an_email_goes_at_any_hour(queue):
    message = queue(write_down(AKIKO, phone=None), now=EVENING)

    deliver_due(now=EVENING)

    assert (message.channel, state_of(message)) == ("email", "sent")


@pytest.mark.parametrize(
    ("purpose", "age", "state"),
    [
        pytest.param("visit-request", timedelta(0), "sent", id="an answer"),
        pytest.param("class-registration", timedelta(minutes=59), "sent", id="a little held up"),
        pytest.param("class-registration", AT_ONCE_FOR, "queued", id="held up for an hour"),
        pytest.param("visit", timedelta(0), "queued", id="no answer"),
    ],
)
def test_an_answer_to_what_somebody_does_right_now_goes_in_the_evening_too(
    linh, queue, purpose, age, state
):
    message = queue(linh, purpose=purpose, now=EVENING - age)

    deliver_due(now=EVENING)

    assert state_of(message) == state


def test_what_would_be_useless_in_the_morning_is_dropped_at_once_and_tried_by_no_other_way(
    queue,
):
    akiko = write_down(AKIKO)
    too_late = queue(akiko, reference="a", now=EVENING, useless_after=MORNING)
    in_time = queue(akiko, reference="b", now=EVENING, useless_after=MORNING + timedelta(seconds=1))

    deliver_due(now=EVENING)

    assert state_of(too_late) == "dropped"
    assert too_late.reason == reasons.in_house_language(reasons.TOO_LATE)
    assert state_of(in_time) == "queued"
    assert Message.objects.count() == 2


# --- how many announcements a person gets --------------------------------------------------------
def test_one_announcement_too_many_waits_until_the_first_is_a_week_old(linh, news, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "2"
    for name, days in (("a", 0), ("b", 1)):
        news(linh, name, now=NOON + timedelta(days=days))
        deliver_due(now=NOON + timedelta(days=days))
    third = news(linh, "c", now=NOON + timedelta(days=4))

    deliver_due(now=NOON + timedelta(days=4))

    assert state_of(third) == "queued"
    assert third.reason == reasons.in_house_language(reasons.ENOUGH_NEWS)
    first = Message.objects.get(reference="news:a")
    assert third.not_before == first.sent_at + timedelta(days=7)
    assert deliver_due(now=third.not_before)["sent"] == 1


def test_announcements_of_one_claim_are_counted_one_after_the_other(linh, news, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "2"
    queued = [news(linh, name, now=NOON) for name in ("a", "b", "c")]

    deliver_due(now=NOON)

    assert [state_of(message) for message in queued] == ["sent", "sent", "queued"]


def test_one_that_is_ruled_out_does_not_count(linh, news, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "1"
    useless = news(linh, "a", now=NOON, useless_after=NOON)
    good = news(linh, "b", now=NOON)

    deliver_due(now=NOON)

    assert (state_of(useless), state_of(good)) == ("dropped", "sent")


def test_reminders_and_answers_are_not_counted_and_not_held_up(linh, news, queue, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "1"
    news(linh, "a", now=NOON)
    reminder = queue(linh, purpose="class-reminder", reference="r", now=NOON)

    deliver_due(now=NOON)

    assert state_of(reminder) == "sent"
    news(linh, "b", now=NOON)
    assert deliver_due(now=NOON)["queued"] == 1


def test_the_announcements_of_one_person_do_not_hold_up_another(linh, news, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "1"
    news(linh, "a", now=NOON)
    other = news(write_down(AKIKO), "b", now=NOON)

    deliver_due(now=NOON)

    assert state_of(other) == "sent"


# --- ceilings of the day -------------------------------------------------------------------------
def test_at_the_ceiling_the_run_stops_and_says_so(many, settings):
    settings.DAILY_SMS_CEILING = "3"
    many(5, now=NOON)

    counted = deliver_due(now=NOON)

    assert (counted["sent"], counted["waiting"]) == (3, 2)
    stop = sending_stops.standing()
    assert stop.stopped_by is None
    assert "3" in stop.reason
    assert Message.objects.filter(state="queued").count() == 2
    assert deliver_due(now=NOON + timedelta(days=1)) == {**nothing_done(), "waiting": 2}


def nothing_done() -> dict[str, int]:
    return dict.fromkeys(("sent", "queued", "failed", "dropped", "held", "unknown"), 0)


def test_the_ceiling_in_yen_counts_parts(many, settings):
    settings.DAILY_YEN_CEILING, settings.SMS_PRICE_YEN = "25", "12"
    many(3, now=NOON)
    Message.objects.update(parts=1)

    assert deliver_due(now=NOON)["sent"] == 2
    assert "25" in sending_stops.standing().reason


def test_exactly_the_ceiling_stops_nothing(many, settings):
    settings.DAILY_SMS_CEILING = "3"
    many(3, now=NOON)

    assert deliver_due(now=NOON)["sent"] == 3
    assert sending_stops.standing() is None


def test_an_email_is_not_held_up_by_a_ceiling_that_is_only_just_reached(many, queue, settings):
    settings.DAILY_SMS_CEILING = "1"
    many(1, now=NOON)
    email = queue(write_down(AKIKO, phone=None), now=NOON)

    deliver_due(now=NOON)

    assert state_of(email) == "sent"


def test_a_new_day_begins_at_midnight_in_town(many, settings):
    settings.DAILY_SMS_CEILING, settings.SMS_HOURS = "2", ""
    before_midnight = datetime(2026, 10, 1, 23, 59, tzinfo=TOKYO)
    many(4, now=NOON)
    claim = claims.claim_due(now=before_midnight, limit=2)
    Message.objects.filter(pk__in=[message.pk for message in claim.messages]).update(
        state="sent", claim=None, sent_at=before_midnight
    )

    assert claims.claim_due(now=before_midnight + timedelta(seconds=59), limit=1).messages == []
    SendingStop.objects.all().delete()
    assert len(claims.claim_due(now=before_midnight + timedelta(minutes=1), limit=2).messages) == 2


def test_who_lifts_the_stop_of_a_ceiling_allows_as_much_again(many, settings, officer):
    settings.DAILY_SMS_CEILING = "2"
    many(5, now=NOON)
    deliver_due(now=NOON)
    lifted_at = NOON + timedelta(hours=1)
    sending_stops.lift(by=officer, now=lifted_at)

    assert deliver_due(now=lifted_at)["sent"] == 2
    assert sending_stops.standing() is not None


def test_lifting_a_stop_a_person_made_does_not_raise_the_ceiling(many, settings, officer):
    settings.DAILY_SMS_CEILING = "2"
    many(3, now=NOON)
    claim = claims.claim_due(now=NOON, limit=2)
    Message.objects.filter(pk__in=[message.pk for message in claim.messages]).update(
        state="sent", claim=None, sent_at=NOON
    )
    sending_stops.stop(reason="文面の誤り", by=officer, now=NOON)
    sending_stops.lift(by=officer, now=NOON)

    assert deliver_due(now=NOON + timedelta(minutes=1))["sent"] == 0


def test_what_is_in_flight_or_in_doubt_counts_as_sent(many, settings):
    settings.DAILY_SMS_CEILING = "2"
    many(4, now=NOON)
    in_flight, in_doubt = (claims.claim_due(now=NOON, limit=1).messages[0].pk for _ in range(2))
    Message.objects.filter(pk=in_doubt).update(state="unknown", claim=None, claim_expires_at=None)

    assert claims.claim_due(now=NOON, limit=10).messages == []
    assert Message.objects.get(pk=in_flight).state == "sending"
    assert sending_stops.standing() is not None


def test_a_doubt_of_yesterday_does_not_count_today(many, settings):
    settings.DAILY_SMS_CEILING = "1"
    many(2, now=NOON)
    claims.claim_due(now=NOON, limit=1)
    Message.objects.filter(state="sending").update(
        state="unknown", claim=None, claim_expires_at=None
    )

    assert len(claims.claim_due(now=NOON + timedelta(days=1), limit=1).messages) == 1


def race(number: int) -> list[int]:
    """Claim with many workers at once, three messages each; how many each of them got."""
    start = Barrier(number)

    def work(_: int) -> int:
        try:
            start.wait(timeout=10)
            claim = claims.claim_due(now=NOON, limit=3)
            return len(claim.messages) if claim else 0
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, range(number)))


def test_many_workers_at_once_keep_to_the_ceiling_exactly(many, settings):
    settings.DAILY_SMS_CEILING = "7"
    many(30, now=NOON)

    assert sum(race(6)) == 7

    assert Message.objects.filter(state="sending").count() == 7
    assert SendingStop.objects.count() == 1


def test_control_workers_that_count_before_they_claim_go_over_the_ceiling(
    many, settings, monkeypatch
):
    settings.DAILY_SMS_CEILING = "7"
    many(30, now=NOON)
    # What each of them would know if it had looked before the others took theirs.
    before = turns.spent_today(now=NOON)
    monkeypatch.setattr(turns, "_spent", lambda **_: before)

    assert sum(race(6)) > 7


def test_many_workers_at_once_tell_nobody_too_much(linh, news, settings):
    settings.ANNOUNCEMENTS_PER_WEEK = "2"
    for name in "abcdefghi":
        news(linh, name, now=NOON)

    assert sum(race(6)) == 2
    assert Message.objects.filter(state="queued", not_before__gt=NOON).count() >= 1


# --- the switch ----------------------------------------------------------------------------------
def test_while_sending_is_stopped_nothing_is_claimed_and_all_is_counted_as_waiting(many, officer):
    many(2, now=NOON)
    sending_stops.stop(reason="文面の誤り", by=officer, now=NOON)

    assert deliver_due(now=NOON)["waiting"] == 2
    assert claims.claim_due(now=NOON, limit=10) is None
    assert not Message.objects.exclude(state="queued").exists()


def test_after_the_lift_all_goes_out(many, officer):
    many(2, now=NOON)
    sending_stops.stop(reason="文面の誤り", by=officer, now=NOON)
    sending_stops.lift(by=officer, now=NOON)

    assert deliver_due(now=NOON)["sent"] == 2


def test_the_operators_switch_stays_the_master(many, settings):
    settings.SENDING_ALLOWED = False
    many(1, now=NOON)

    assert deliver_due(now=NOON)["waiting"] == 1
