from asyncio import CancelledError
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.utils import timezone

from notifications import reasons, transports
from notifications.actions import claims, consents, outcomes
from notifications.actions.calls import Clock, Switchboard
from notifications.actions.deliveries import COUNTED, deliver_due
from notifications.actions.outcomes import Outcome
from notifications.models import ContactPoint, HandOver, Message
from notifications.signals import message_failed, message_held, number_stopped
from notifications.transports import SMS_BACKENDS, DeliveryError
from notifications.transports.outbox import Outbox
from notifications.transports.twilio_sms import TwilioSms
from tests.cast import AKIKO, CARE_MANAGER, HARU, LI_NA, LINH
from tests.notifications.conftest import write_down
from tests.notifications.stand_in import CUT, Fault


def counts(**counted):
    return {**dict.fromkeys(COUNTED, 0), **counted}


@contextmanager
def hearing(signal):
    """What is told by a signal while the block runs."""
    heard = []

    def listen(**news):
        heard.append(news)

    signal.connect(listen)
    try:
        yield heard
    finally:
        signal.disconnect(listen)


def history(message):
    return [event.state for event in message.events.order_by("pk")]


def read_again(message):
    message.refresh_from_db()
    return message


@pytest.fixture
def one_call_at_a_time(monkeypatch):
    monkeypatch.setattr(TwilioSms, "concurrency", 1)


def test_what_is_due_goes_out_and_each_step_is_recorded(linh, queue, now):
    message = queue(linh)

    assert deliver_due(now=now) == counts(sent=1)
    assert read_again(message).state == "sent"
    assert history(message) == ["queued", "sending", "sent"]
    assert message.claim is None
    assert message.claim_expires_at is None
    assert (message.carrier, message.attempts) == ("outbox", 1)
    assert now <= message.sent_at < now + timedelta(minutes=1)


def test_nothing_is_sent_a_second_time(linh, queue, now, carrier):
    queue(linh)
    deliver_due(now=now)

    assert deliver_due(now=now) == counts()
    assert len(carrier.requests) == 1


def test_a_message_waits_for_its_hour(linh, queue, now):
    message = queue(linh, not_before=now + timedelta(hours=1))

    assert deliver_due(now=now) == counts()
    assert deliver_due(now=now + timedelta(hours=1)) == counts(sent=1)
    assert read_again(message).state == "sent"


@pytest.mark.usefixtures("one_call_at_a_time")
def test_more_than_a_batch_goes_out_oldest_first(linh, queue, now, carrier, monkeypatch):
    monkeypatch.setattr("notifications.actions.deliveries.BATCH_SIZE", 2)
    for age in range(5):
        topic = {"topic": f"số {age}", "starts_at": now}
        queue(linh, reference=str(age), context=topic, now=now - timedelta(minutes=age))

    assert deliver_due(now=now) == counts(sent=5)
    said = [request["Body"].split("số ")[1][0] for request in carrier.requests]
    assert said == ["4", "3", "2", "1", "0"]


def test_too_late_to_be_useful_is_judged_when_it_would_be_sent(linh, queue, now):
    message = queue(linh, useless_after=now + timedelta(hours=1))

    assert deliver_due(now=now + timedelta(hours=1)) == counts(dropped=1)
    assert read_again(message).reason == reasons.in_house_language(reasons.TOO_LATE)
    assert history(message) == ["queued", "dropped"]


def test_a_consent_withdrawn_while_the_message_waited_is_respected(linh, queue, now):
    consents.give(contact=linh, purpose="class-news", how="web", wording="はい", now=now)
    message = queue(linh, purpose="class-news")
    consents.withdraw(contact=linh, purpose="class-news", now=now)

    assert deliver_due(now=now) == counts(dropped=1)
    assert read_again(message).reason == reasons.in_house_language(reasons.NO_CONSENT)


def test_who_asked_meanwhile_to_be_left_alone_gets_answers_but_no_news(linh, queue, now):
    consents.give(contact=linh, purpose="class-news", how="web", wording="はい", now=now)
    queue(linh, purpose="class-news", reference="news")
    queue(linh, reference="answer")
    linh.do_not_contact = True
    linh.save()

    assert deliver_due(now=now) == counts(sent=1, dropped=1)
    assert Message.objects.get(reference="news").state == "dropped"


@pytest.mark.parametrize(
    ("point_state", "state", "reason"),
    [("stopped", "failed", reasons.STOPPED), ("wrong", "failed", reasons.WRONG)],
)
def test_a_number_stopped_or_found_wrong_meanwhile_gets_nothing(
    linh, queue, now, carrier, point_state, state, reason
):
    message = queue(linh)
    ContactPoint.objects.update(state=point_state)

    assert deliver_due(now=now) == counts(**{state: 1})
    assert read_again(message).reason == reasons.in_house_language(reason)
    assert not carrier.requests


def test_news_to_a_number_stopped_meanwhile_is_dropped(linh, queue, now, carrier):
    consents.give(contact=linh, purpose="class-news", how="web", wording="はい", now=now)
    message = queue(linh, purpose="class-news")
    ContactPoint.objects.update(state="stopped")

    assert deliver_due(now=now) == counts(dropped=1)
    assert read_again(message).reason == reasons.in_house_language(reasons.STOPPED)
    assert not carrier.requests


def test_an_answer_goes_on_when_its_number_was_stopped_and_nothing_has_settled_it(
    db, queue, now, carrier
):
    message = queue(write_down(AKIKO))
    ContactPoint.objects.filter(kind="phone").update(state="stopped")

    assert deliver_due(now=now) == counts(failed=1)
    assert read_again(message).followed_by.channel == "email"
    assert not carrier.requests


def test_no_machine_calls_who_has_withdrawn_while_the_call_was_put_off(
    db, queue, now, carrier, settings
):
    settings.VOICE_HOURS = ""
    haru = write_down(HARU)
    message = queue(haru)
    Message.objects.filter(pk=message.pk).update(channel="voice")

    assert deliver_due(now=now)["failed"] == 1
    assert read_again(message).reason == reasons.in_house_language(reasons.NO_AUTOMATIC_CALLS)
    assert not carrier.requests


def test_a_letter_waits_for_the_hand_that_takes_it_and_is_judged_then(db, queue, now):
    haru = write_down(HARU, phone=None, post="鹿角市花輪1")
    message = queue(haru)
    haru.protected = True
    haru.save()

    assert deliver_due(now=now) == counts()
    (outcome,) = claims.rule_out([read_again(message)], now=now)
    assert outcome.state == "held"
    assert outcome.reason == reasons.in_house_language(reasons.NO_WAY)


def test_text_messages_that_leave_as_a_file_wait_for_it(linh, queue, now, settings):
    settings.SMS_BACKEND = "csv"
    message = queue(linh)

    assert deliver_due(now=now) == counts()
    assert read_again(message).state == "queued"


def test_a_message_in_a_file_or_print_run_is_left_to_it(linh, queue, now, staff):
    message = queue(linh)
    message.hand_over = HandOver.objects.create(kind="sms_file", made_at=now, made_by=staff("desk"))
    message.save()

    assert deliver_due(now=now) == counts()
    assert claims.claim_due(now=now, limit=10) is None
    assert read_again(message).state == "queued"


def test_a_call_that_a_colleague_makes_is_put_before_the_staff(
    db, queue, now, django_capture_on_commit_callbacks
):
    message = queue(write_down(HARU))
    with hearing(message_held) as heard, django_capture_on_commit_callbacks(execute=True):
        assert deliver_due(now=now) == counts(held=1)

    assert read_again(message).reason == reasons.in_house_language(reasons.CALL_TO_MAKE)
    assert [news["message"].pk for news in heard] == [message.pk]


def test_a_message_whose_hour_has_not_come_is_put_off_and_not_looked_at_again(
    linh, queue, now, carrier, settings
):
    settings.SMS_HOURS = "Mon-Sun 12:00-19:00"
    opens_at = now.replace(hour=12)
    message = queue(linh)

    assert deliver_due(now=now) == counts(queued=1)
    assert deliver_due(now=now) == counts()
    assert read_again(message).not_before == opens_at
    assert history(message) == ["queued", "queued"]
    assert not carrier.requests
    assert deliver_due(now=opens_at) == counts(sent=1)


def test_a_purpose_no_longer_declared_is_held_and_not_sent(linh, queue, now, settings):
    queue(linh)
    settings.NOTIFICATION_PURPOSES = {}

    assert deliver_due(now=now) == counts(held=1)


def test_with_sending_off_nothing_is_claimed_and_the_waiting_are_counted(
    linh, queue, now, settings, carrier
):
    settings.SENDING_ALLOWED = False
    message = queue(linh)
    queue(linh, reference="later", not_before=now + timedelta(days=1))

    assert deliver_due(now=now) == counts(waiting=1)
    assert read_again(message).state == "queued"
    assert not carrier.requests


def test_what_a_dead_process_had_claimed_is_in_doubt_and_not_simply_queued_again(
    linh, queue, now, carrier
):
    message = queue(linh)
    claims.claim_due(now=now, limit=10)

    assert deliver_due(now=now + claims.lasts() - timedelta(seconds=1)) == counts()
    assert deliver_due(now=now + claims.lasts()) == counts(unknown=1)
    assert deliver_due(now=now + claims.lasts() + timedelta(seconds=59)) == counts()
    assert read_again(message).reason == reasons.in_house_language(reasons.IN_DOUBT)
    assert history(message) == ["queued", "sending", "unknown"]
    assert not carrier.requests
    assert not carrier.look_ups


def test_orphans_are_seen_even_while_sending_is_off(linh, queue, now, settings):
    queue(linh)
    claims.claim_due(now=now, limit=10)
    settings.SENDING_ALLOWED = False

    assert deliver_due(now=now + claims.lasts()) == counts(unknown=1)


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        pytest.param(Message.State.SENT, "sent", id="it went out after all"),
        pytest.param(Message.State.QUEUED, "unknown", id="never back into the queue"),
        pytest.param(Message.State.FAILED, "unknown", id="a refusal stays with the staff"),
    ],
)
def test_news_that_comes_after_the_claim_ran_out(linh, queue, now, state, kept):
    message = queue(linh)
    claim = claims.claim_due(now=now, limit=10)
    claims.expire(now=now + claims.lasts())

    late = [Outcome(claim.messages[0], state, provider_id="SM1")]
    outcomes.record(claim=claim.token, outcomes=late, now=now + claims.lasts())

    assert read_again(message).state == kept


def test_news_never_changes_what_a_person_has_settled(linh, queue, now):
    message = queue(linh)
    claim = claims.claim_due(now=now, limit=10)
    Message.objects.update(state="held", claim=None)

    late = [Outcome(claim.messages[0], Message.State.SENT)]
    outcomes.record(claim=claim.token, outcomes=late, now=now)

    assert read_again(message).state == "held"
    assert history(message) == ["queued", "sending"]


@pytest.mark.parametrize("fault", [RuntimeError, SystemExit, KeyboardInterrupt, CancelledError])
def test_a_fault_nobody_foresaw_is_in_doubt_and_its_words_stay_out_of_the_log(
    linh, queue, now, monkeypatch, caplog, fault
):
    class Broken(Outbox):
        async def send(self, message):
            raise fault(f"cannot reach {message.point.value}")

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Broken)
    message = queue(linh)

    assert deliver_due(now=now) == counts(unknown=1)
    assert fault.__name__ in caplog.text
    assert message.point.value not in caplog.text


@pytest.mark.usefixtures("one_call_at_a_time")
def test_a_worker_told_to_stop_puts_the_rest_of_its_batch_back(linh, queue, now, carrier):
    for number in range(4):
        queue(linh, reference=str(number))

    counted = deliver_due(now=now, stop=lambda: len(carrier.requests) >= 2)

    assert counted == counts(sent=2, queued=2)
    assert Message.objects.due(now=now).count() == 2
    assert deliver_due(now=now) == counts(sent=2)
    assert len(carrier.requests) == 4


@pytest.mark.usefixtures("one_call_at_a_time")
def test_no_call_begins_when_the_claim_is_about_to_run_out(linh, queue, now, carrier, settings):
    settings.MESSAGE_CLAIM_SECONDS = 3
    carrier.seconds_to_answer = 0.15
    for number in range(20):
        queue(linh, reference=str(number))
    claim = claims.claim_due(now=now, limit=20)

    with Switchboard(Clock(now), stop=lambda: False) as switchboard:
        switchboard.send(claim)
        ended = []
        while len(ended) < 20:
            ended += [result.outcome for result in switchboard.results(at_most=20)]

    states = Counter(outcome.state for outcome in ended)
    assert set(states) == {"sent", "queued"}
    assert states["sent"] == len(carrier.requests) < 20


def test_a_call_that_does_not_end_is_given_up_before_the_claim_runs_out(
    linh, queue, now, carrier, settings
):
    settings.MESSAGE_CLAIM_SECONDS = 1
    message = queue(linh)
    carrier.answers[message.point.value] = (Fault.HANG, 0)

    assert deliver_due(now=now) == counts(unknown=1)
    assert read_again(message).look_up_at > now


@pytest.mark.usefixtures("one_call_at_a_time")
def test_a_busy_carrier_is_left_alone_for_as_long_as_it_asked(db, queue, now, carrier):
    first, second = queue(write_down(LINH)), queue(write_down(AKIKO, email=""))
    by_mail = queue(write_down(CARE_MANAGER, phone=None))
    carrier.retry_after = "90"
    carrier.answers[first.point.value] = (429, 20429)

    assert deliver_due(now=now) == counts(queued=2, sent=1)
    assert len(carrier.requests) == 1
    assert read_again(by_mail).state == "sent"
    third = queue(write_down(LI_NA))

    carrier.answers.clear()
    assert deliver_due(now=now + timedelta(seconds=80)) == counts()
    for message in (first, second, third):
        assert read_again(message).state == "queued"
    assert deliver_due(now=now + timedelta(seconds=92)) == counts(sent=3)


def test_a_carrier_that_is_back_in_a_moment_is_waited_for(db, queue, now, carrier):
    messages = [queue(write_down(LINH)), queue(write_down(AKIKO, email=""))]
    refused = []

    def busy_once(form):
        if refused:
            return 201, 0
        refused.append(monotonic())
        return Fault.BUSY, 20429

    carrier.plan = busy_once
    TwilioSms.concurrency, several = 1, TwilioSms.concurrency
    try:
        assert deliver_due(now=now)["sent"] == 1
    finally:
        TwilioSms.concurrency = several

    assert monotonic() - refused[0] >= 1
    assert deliver_due(now=now + timedelta(seconds=2)) == counts(sent=1)
    assert all(read_again(message).state == "sent" for message in messages)


class MailboxFull(Outbox):
    """Refuses one message at a time, as a mail server does."""

    async def send(self, message):
        raise DeliveryError("満杯です", permanent=False)


def test_what_only_this_message_meets_is_tried_again_and_at_last_put_before_a_person(
    linh, queue, now, monkeypatch
):
    monkeypatch.setitem(SMS_BACKENDS, "outbox", MailboxFull)
    message = queue(linh)

    waited = []
    while deliver_due(now=now) == counts(queued=1):
        waited.append(read_again(message).not_before - now)
        now = message.not_before
    minutes = [round(pause.total_seconds() / 60) for pause in waited]

    assert minutes == [2, 5, 15, 60, 180]
    assert read_again(message).state == "held"
    assert message.attempts == 6
    assert "満杯です" in message.reason


def test_a_message_that_is_tried_again_still_ends_when_it_would_be_useless(
    linh, queue, now, monkeypatch
):
    monkeypatch.setitem(SMS_BACKENDS, "outbox", MailboxFull)
    message = queue(linh, useless_after=now + timedelta(minutes=1))

    assert deliver_due(now=now) == counts(queued=1)
    assert deliver_due(now=now + timedelta(minutes=5)) == counts(dropped=1)
    assert read_again(message).state == "dropped"


def test_a_transport_that_cannot_start_does_not_keep_the_others(
    db, queue, now, monkeypatch, carrier, caplog
):
    class Unset(Outbox):
        name = "unset"

        def __init__(self):
            raise ImproperlyConfigured("no address")

    monkeypatch.setitem(transports._BY_CHANNEL, "email", Unset)
    by_mail = queue(write_down(CARE_MANAGER, phone=None))
    sms = queue(write_down(LINH))

    assert deliver_due(now=now) == counts(sent=1)
    assert read_again(sms).state == "sent"
    assert read_again(by_mail).state == "queued"
    assert "unset" in caplog.text


def test_a_failure_goes_on_by_the_next_channel(db, queue, now, carrier):
    message = queue(write_down(AKIKO))
    carrier.answers[message.point.value] = (400, 21614)

    assert deliver_due(now=now) == counts(failed=1)
    assert deliver_due(now=now + timedelta(minutes=1)) == counts(sent=1)
    assert read_again(message).state == "failed"
    assert (message.followed_by.channel, message.followed_by.state) == ("email", "sent")


def test_words_that_cannot_be_made_again_end_one_message_and_no_other(
    db, queue, now, carrier, caplog, django_capture_on_commit_callbacks
):
    broken, fine = queue(write_down(AKIKO)), queue(write_down(LINH))
    Message.objects.filter(pk=broken.pk).update(other_forms={"long": {"nonsense": 1}})
    carrier.answers[broken.point.value] = (400, 21614)

    with hearing(message_failed) as heard, django_capture_on_commit_callbacks(execute=True):
        assert deliver_due(now=now) == counts(failed=1, sent=1)

    assert read_again(fine).state == "sent"
    assert [news["message"].pk for news in heard] == [broken.pk]


def test_an_answer_the_database_does_not_take_is_cut_to_size(linh, queue, now, monkeypatch):
    class Talkative(Outbox):
        async def send(self, message):
            return "\0" + "x" * 500

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Talkative)
    message = queue(linh)

    assert deliver_due(now=now) == counts(sent=1)
    assert read_again(message).provider_id == "x" * 80


def test_a_number_that_was_stopped_is_told_once(
    linh, queue, now, carrier, django_capture_on_commit_callbacks
):
    for reference in ("one", "two"):
        queue(linh, reference=reference)
    carrier.plan = lambda form: (400, 21610)

    with hearing(number_stopped) as heard, django_capture_on_commit_callbacks(execute=True):
        assert deliver_due(now=now) == counts(failed=2)

    assert [news["point"].value for news in heard] == ["+819000000012"]


def test_a_message_that_failed_is_told_to_the_apps_above(
    linh, queue, now, carrier, django_capture_on_commit_callbacks
):
    message = queue(linh)
    carrier.answers[message.point.value] = (400, 21614)

    with hearing(message_failed) as heard, django_capture_on_commit_callbacks(execute=True):
        deliver_due(now=now)

    assert [(news["message"].pk, news["message"].state) for news in heard] == [
        (message.pk, "failed")
    ]


def test_one_message_in_doubt_does_not_stop_the_others(db, queue, now, carrier, caplog):
    broken = queue(write_down(LINH))
    fine = queue(write_down(AKIKO, email=""))
    carrier.answers[broken.point.value] = (CUT, 0)

    assert deliver_due(now=now) == counts(unknown=1, sent=1)
    assert read_again(fine).state == "sent"
    assert read_again(broken).state == "unknown"
    assert broken.point.value not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_carrier_is_called(queue, now, monkeypatch):
    seen = []
    # Of the thread that writes: the calls are made in another.
    ours = connections["default"]

    class Watching(Outbox):
        async def send(self, message):
            seen.append(ours.in_atomic_block)
            return ""

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Watching)
    queue(write_down(LINH))

    deliver_due(now=now)

    assert seen == [False]


def test_a_claim_is_for_its_holder_alone(linh, queue, now):
    queue(linh)

    claim = claims.claim_due(now=now, limit=10)

    assert isinstance(claim.token, UUID)
    assert claim.expires_at == now + claims.lasts()
    assert claims.claim_due(now=now, limit=10) is None
    row = Message.objects.get()
    assert (row.state, row.claim, row.claim_expires_at) == (
        "sending",
        claim.token,
        claim.expires_at,
    )
    assert timezone.is_aware(row.claim_expires_at)


def test_nothing_goes_out_before_it_was_written(linh, queue, now):
    message = queue(linh)

    assert deliver_due(now=now - timedelta(minutes=1)) == counts()
    assert read_again(message).state == "queued"
    assert deliver_due(now=now) == counts(sent=1)
