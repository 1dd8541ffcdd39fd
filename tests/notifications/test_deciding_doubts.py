"""A person decides about a message in doubt; of two who decide at once, one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from notifications.actions import doubts
from notifications.actions.doubts import NotInDoubt
from notifications.models import Contact, Message, MessageEvent

DECISIONS = {
    "sent": doubts.decide_sent,
    "queued": doubts.decide_send_again,
    "dropped": doubts.decide_drop,
}


def doubt(message: Message, state: str = "unknown") -> Message:
    Message.objects.filter(pk=message.pk).update(state=state, look_ups=3)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("was", ["unknown", "held"])
@pytest.mark.parametrize("becomes", DECISIONS)
def test_a_decision_is_stored_with_the_name_of_who_made_it(linh, queue, staff, now, was, becomes):
    message = doubt(queue(linh), was)

    DECISIONS[becomes](message=message, by=staff("desk"), now=now)

    message.refresh_from_db()
    last = message.events.latest("pk")
    assert (message.state, last.state, last.by) == (becomes, becomes, staff("desk"))
    assert last.detail


def test_a_message_sent_again_is_due_and_looked_up_afresh(linh, queue, staff, now):
    message = doubt(queue(linh))

    doubts.decide_send_again(message=message, by=staff("desk"), now=now)

    assert Message.objects.due(now=now).get().look_ups == 0


@pytest.mark.parametrize("state", ["queued", "sent", "delivered", "failed", "dropped"])
@pytest.mark.parametrize("decide", DECISIONS.values())
def test_what_is_not_in_doubt_is_not_decided(linh, queue, staff, now, state, decide):
    message = queue(linh)
    Message.objects.filter(pk=message.pk).update(state=state)

    with pytest.raises(NotInDoubt):
        decide(message=message, by=staff("desk"), now=now)

    message.refresh_from_db()
    assert message.state == state
    assert message.events.count() == 1


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; the kind of what each returned or raised."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        try:
            ready.wait()
            return type(deed()).__name__
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_of_two_officers_who_decide_at_once_one_wins(
    linh: Contact, queue: Callable, staff: Callable, now: datetime, attempt: int
) -> None:
    message, officer = doubt(queue(linh)), staff("desk")

    results = at_once(
        lambda: doubts.decide_drop(message=message, by=officer, now=now),
        lambda: doubts.decide_send_again(message=message, by=officer, now=now),
    )

    assert results == ["NoneType", "NotInDoubt"]
    assert MessageEvent.objects.filter(by=officer).count() == 1


@pytest.mark.django_db(transaction=True)
def test_reading_the_state_first_and_writing_later_would_decide_twice(
    linh: Contact, queue: Callable, staff: Callable, now: datetime
) -> None:
    """The negative control: without the lock both officers believe they decided."""
    message, officer = doubt(queue(linh)), staff("desk")
    both_have_read = Barrier(2)

    def naively(to: str) -> Callable[[], User]:
        def decide() -> User:
            mine = Message.objects.get(pk=message.pk)
            is_open = mine.state == "unknown"
            both_have_read.wait()
            assert is_open
            Message.objects.filter(pk=mine.pk).update(state=to)
            MessageEvent.objects.create(message=mine, state=to, at=now, by=officer)
            return officer

        return decide

    assert at_once(naively("dropped"), naively("queued")) == ["User", "User"]
    assert MessageEvent.objects.filter(by=officer).count() == 2
