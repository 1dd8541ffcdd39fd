"""Words that come in at the same moment: one change, one event, one task.

The control notes what it has read without holding the row; it shows that the scene can fail.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from notifications.actions import callbacks, inbound, outcomes, stops
from notifications.actions.outcomes import Outcome
from notifications.models import InboundText, Message
from notifications.rules.delivery_states import Told, follow
from notifications.signals import text_received
from notifications.transports.twilio_reports import Report
from tests.cast import LINH
from tests.conftest import TOKYO
from tests.notifications.conftest import write_down

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
SID = "SM" + "1" * 32
NOW = datetime(2026, 10, 1, 10, 0, tzinfo=TOKYO)


@pytest.fixture
def sent(queue):
    message = queue(write_down(LINH))
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id=SID)
    return message


def all_at_once(*works):
    """Run each in a thread of its own, with a connection of its own, from one starting line."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=20)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def note(told, **facts):
    report = Report(told, "why" if told is Told.FAILED else "")
    return lambda: callbacks.note(report=report, provider_id=SID, now=NOW, **facts)


def test_one_word_told_by_many_at_once_is_one_change(sent):
    before = sent.events.count()

    changed = all_at_once(*[note(Told.DELIVERED, message_key=sent.pk)] * THREADS)

    assert sum(message is not None for message in changed) == 1
    assert sent.events.count() == before + 1


def test_two_last_words_at_once_leave_one(sent):
    works = [note(Told.DELIVERED), note(Told.FAILED)] * (THREADS // 2)

    changed = [message for message in all_at_once(*works) if message]

    sent.refresh_from_db()
    assert len(changed) == 1
    assert sent.state in ("delivered", "failed")
    assert sent.events.filter(state__in=["delivered", "failed"]).count() == 1


def test_control_a_word_noted_without_holding_the_row_is_noted_twice(sent):
    all_have_read = Barrier(THREADS)

    def naive():
        message = Message.objects.get(pk=sent.pk)
        all_have_read.wait(timeout=20)
        state = follow(message.state, Told.DELIVERED)
        if state:
            outcomes.write([Outcome(message, Message.State(state), provider_id=SID)], now=NOW)

    all_at_once(*[naive] * THREADS)

    assert sent.events.filter(state="delivered").count() > 1


def test_the_sender_that_comes_after_the_last_word_changes_nothing(sent):
    claim = UUID("11111111-1111-1111-1111-111111111111")
    Message.objects.filter(pk=sent.pk).update(
        state="sending", provider_id="", claim=claim, claim_expires_at=NOW
    )
    sent.refresh_from_db()
    note(Told.DELIVERED, message_key=sent.pk)()
    before = sent.events.count()

    outcomes.record(
        claim=claim,
        outcomes=[Outcome(sent, Message.State.SENT, provider_id=SID, carrier="twilio")],
        now=NOW,
    )

    sent.refresh_from_db()
    assert (sent.state, sent.events.count()) == ("delivered", before)


def test_a_text_told_by_many_at_once_is_kept_once_and_handed_on_once(sent):
    handed_on = []

    def listen(text, **_):
        handed_on.append(text)

    text_received.connect(listen, weak=False, dispatch_uid="test")
    number = sent.point.value

    def receive():
        return inbound.receive(provider_id=SID, number=number, words="đến muộn", now=NOW)

    try:
        texts = all_at_once(*[receive] * THREADS)
    finally:
        text_received.disconnect(dispatch_uid="test")

    assert len({text.pk for text in texts}) == 1
    assert InboundText.objects.count() == 1
    assert len(handed_on) == 1


def test_a_stop_and_the_end_of_a_message_at_once_do_not_wait_for_each_other(sent, queue):
    waiting = [queue(sent.contact, reference=f"waits-{number}") for number in range(5)]
    stop = Report(Told.FAILED, "why", "stopped")

    def by_the_person():
        stops.stop_point(point=sent.point, now=NOW, how=stops.How.SMS)

    def by_the_carrier():
        callbacks.note(report=stop, provider_id=SID, now=NOW, message_key=sent.pk)

    all_at_once(*[by_the_person, by_the_carrier] * 3)

    sent.point.refresh_from_db()
    assert sent.point.state == "stopped"
    for message in waiting:
        assert message.events.filter(state="failed").count() == 1
