"""What is no longer so is not told, wherever the message stands at that moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from notifications.actions import claims, doubts, outcomes, recalls
from notifications.actions.outcomes import Outcome
from notifications.models import Message
from tests.cast import HARU
from tests.notifications.conftest import write_down

pytestmark = pytest.mark.django_db(transaction=True)


def recall(message, now):
    return recalls.recall(
        Message.objects.of_occasion(message.reference), reason="called off", now=now
    )


def come_back_unsent(claim, now):
    (message,) = claim.messages
    busy = Outcome(message, Message.State.QUEUED, "busy")
    outcomes.record(claim=claim.token, outcomes=[busy], now=now)


def last_of(message):
    message.refresh_from_db()
    return message.state, message.reason


def test_what_waits_for_its_turn_is_dropped(linh, queue, now):
    message = queue(linh)

    assert recall(message, now) == 1
    assert last_of(message) == ("dropped", "called off")


def test_nobody_is_asked_to_call_about_it(db, queue, now):
    message = queue(write_down(HARU))
    claims.claim_due(now=now, limit=1)
    assert last_of(message)[0] == "held"

    assert recall(message, now) == 1
    assert last_of(message) == ("dropped", "called off")


@pytest.mark.parametrize("state", ["sent", "delivered", "failed"])
def test_what_has_ended_stays_as_it_is(linh, queue, now, state):
    message = queue(linh)
    Message.objects.update(state=state)

    assert recall(message, now) == 0
    assert last_of(message) == (state, "")


def test_what_comes_back_unsent_is_not_sent_again(linh, queue, now):
    message = queue(linh)
    claim = claims.claim_due(now=now, limit=1)

    assert recall(message, now) == 0
    come_back_unsent(claim, now)

    assert claims.claim_due(now=now, limit=1).messages == []
    assert last_of(message)[0] == "dropped"


def test_what_is_just_being_claimed_is_not_sent_when_it_comes_back(linh, queue, now):
    message = queue(linh)
    claimed, recalling = Event(), Event()

    def claim_slowly():
        try:
            with transaction.atomic():
                # Durable only outside another transaction, and this one has to be held open.
                taken = claims.claim_due.__wrapped__(now=now, limit=1)
                claimed.set()
                recalling.wait(timeout=10)
                sleep(0.3)  # until the recall waits for the row
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        claiming = pool.submit(claim_slowly)
        assert claimed.wait(timeout=10)
        recalling.set()
        recall(message, now)
        come_back_unsent(claiming.result(timeout=10), now)

    assert claims.claim_due(now=now + timedelta(minutes=1), limit=1).messages == []
    assert last_of(message)[0] == "dropped"


def test_a_doubt_that_turns_out_not_sent_is_not_sent_any_more(linh, queue, now, staff):
    message = queue(linh)
    Message.objects.update(state="unknown")
    recall(message, now)

    doubts.decide_send_again(message=message, by=staff("desk"), now=now)

    assert claims.claim_due(now=now, limit=1).messages == []
    assert last_of(message)[0] == "dropped"
