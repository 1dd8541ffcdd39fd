from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from notifications import reasons
from notifications.actions import claims, consents, outcomes
from notifications.actions.claims import CLAIM_LASTS
from notifications.actions.deliveries import COUNTED, RETRY_AFTER, deliver_due
from notifications.actions.outcomes import Outcome
from notifications.models import ContactPoint, Message
from notifications.signals import message_failed
from notifications.transports import SMS_BACKENDS
from tests.cast import AKIKO, HARU, LINH
from tests.notifications.conftest import write_down
from tests.notifications.stand_in import CUT


def counts(**counted):
    return {**dict.fromkeys(COUNTED, 0), **counted}


def history(message):
    return [event.state for event in message.events.order_by("pk")]


def read_again(message):
    message.refresh_from_db()
    return message


def test_what_is_due_goes_out_and_each_step_is_recorded(linh, queue, now):
    message = queue(linh)

    assert deliver_due(now=now) == counts(sent=1)
    assert read_again(message).state == "sent"
    assert history(message) == ["queued", "sending", "sent"]
    assert message.claim is None
    assert message.claim_expires_at is None


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
    [("stopped", "dropped", reasons.STOPPED), ("wrong", "failed", reasons.WRONG)],
)
def test_a_number_stopped_or_found_wrong_meanwhile_gets_nothing(
    linh, queue, now, carrier, point_state, state, reason
):
    message = queue(linh)
    ContactPoint.objects.update(state=point_state)

    assert deliver_due(now=now) == counts(**{state: 1})
    assert read_again(message).reason == reasons.in_house_language(reason)
    assert not carrier.requests


def test_a_letter_to_a_person_protected_meanwhile_is_held_for_the_staff(db, queue, now):
    haru = write_down(HARU, phone=None, post="鹿角市花輪1")
    message = queue(haru)
    haru.protected = True
    haru.save()

    assert deliver_due(now=now) == counts(held=1)
    assert read_again(message).reason == reasons.in_house_language(reasons.PROTECTED)


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


def test_what_a_dead_process_had_claimed_is_in_doubt_and_never_queued_again(
    linh, queue, now, carrier
):
    message = queue(linh)
    claims.claim_due(now=now, limit=10)

    assert deliver_due(now=now + CLAIM_LASTS - timedelta(seconds=1)) == counts()
    assert deliver_due(now=now + CLAIM_LASTS) == counts(unknown=1)
    assert deliver_due(now=now + CLAIM_LASTS * 2) == counts()
    assert read_again(message).reason == reasons.in_house_language(reasons.IN_DOUBT)
    assert history(message) == ["queued", "sending", "unknown"]
    assert not carrier.requests


def test_orphans_are_seen_even_while_sending_is_off(linh, queue, now, settings):
    queue(linh)
    claims.claim_due(now=now, limit=10)
    settings.SENDING_ALLOWED = False

    assert deliver_due(now=now + CLAIM_LASTS) == counts(unknown=1)


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
    claims.expire(now=now + CLAIM_LASTS)

    late = [Outcome(claim.messages[0], state, provider_id="SM1")]
    outcomes.record(claim=claim.token, outcomes=late, now=now + CLAIM_LASTS)

    assert read_again(message).state == kept


def test_news_never_changes_what_a_person_has_settled(linh, queue, now):
    message = queue(linh)
    claim = claims.claim_due(now=now, limit=10)
    Message.objects.update(state="held", claim=None)

    late = [Outcome(claim.messages[0], Message.State.SENT)]
    outcomes.record(claim=claim.token, outcomes=late, now=now)

    assert read_again(message).state == "held"
    assert history(message) == ["queued", "sending"]


def test_a_fault_nobody_foresaw_is_in_doubt_and_its_words_stay_out_of_the_log(
    linh, queue, now, monkeypatch, caplog
):
    class Broken:
        def send(self, message):
            raise RuntimeError(f"cannot reach {message.point.value}")

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Broken)
    message = queue(linh)

    assert deliver_due(now=now) == counts(unknown=1)
    assert "RuntimeError" in caplog.text
    assert message.point.value not in caplog.text


def test_a_worker_told_to_stop_puts_the_rest_of_its_batch_back(linh, queue, now, carrier):
    for number in range(4):
        queue(linh, reference=str(number))

    counted = deliver_due(now=now, stop=lambda: len(carrier.requests) >= 2)

    assert counted == counts(sent=2, queued=2)
    assert Message.objects.due(now=now).count() == 2
    assert deliver_due(now=now) == counts(sent=2)
    assert len(carrier.requests) == 4


def test_no_call_begins_when_the_claim_is_about_to_run_out(linh, queue, now, carrier, monkeypatch):
    monkeypatch.setattr("notifications.actions.claims.CLAIM_LASTS", timedelta(seconds=59))
    queue(linh)
    asked = iter([False, False, True])

    assert deliver_due(now=now, stop=lambda: next(asked)) == counts(queued=1)
    assert not carrier.requests


def test_a_busy_carrier_is_left_alone_for_a_while(db, queue, now, carrier):
    first, second = queue(write_down(LINH)), queue(write_down(AKIKO, email=""))
    haru = queue(write_down(HARU))
    carrier.answers[first.point.value] = (429, 20429)

    assert deliver_due(now=now) == counts(queued=2, sent=1)
    assert len(carrier.requests) == 1
    assert read_again(haru).state == "sent"
    assert read_again(second).not_before > now

    carrier.answers.clear()
    assert deliver_due(now=now) == counts()
    assert deliver_due(now=now + RETRY_AFTER * 2) == counts(sent=2)


def test_a_message_that_failed_is_told_to_the_apps_above(
    linh, queue, now, carrier, django_capture_on_commit_callbacks
):
    message = queue(linh)
    carrier.answers[message.point.value] = (400, 21614)
    heard = []

    def listen(message, **kwargs):
        heard.append((message.pk, message.state))

    message_failed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            deliver_due(now=now)
    finally:
        message_failed.disconnect(listen)

    assert heard == [(message.pk, "failed")]


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

    class Watching:
        def send(self, message):
            seen.append(connection.in_atomic_block)
            return ""

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Watching)
    queue(write_down(LINH))

    deliver_due(now=now)

    assert seen == [False]


def test_a_claim_is_for_its_holder_alone(linh, queue, now):
    queue(linh)

    claim = claims.claim_due(now=now, limit=10)

    assert isinstance(claim.token, UUID)
    assert claim.expires_at == now + CLAIM_LASTS
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
