"""A thousand messages, and everything that can go wrong: nobody gets one twice, nobody none.

What counts is what the provider has taken, by the count of a stand-in. Each scene has its
control: a sender that takes no answer for "not sent" doubles messages in it, and one that takes it
for "sent" loses some. A test that cannot fail proves nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from time import monotonic, sleep

import pytest
from django.utils import timezone

from notifications import transports
from notifications.actions.deliveries import deliver_due
from notifications.models import ContactPoint, Message
from notifications.transports import DeliveryError, DeliveryInDoubt
from notifications.transports.twilio_sms import TwilioSms
from tests.cast import LINH
from tests.notifications.conftest import write_down
from tests.notifications.stand_in import Fault
from tests.notifications.worker_process import worker

MESSAGES = 1000
KILLS = 30
FAULTY = 0.25
# Short, so that a doubt is settled while the test looks on.
QUICK = {"MESSAGE_CLAIM_SECONDS": 4, "MESSAGE_LOOK_UP_SECONDS": 1}
OPEN_STATES = (Message.State.QUEUED, Message.State.SENDING, Message.State.UNKNOWN)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thousand(queue) -> list[str]:
    """One text each for a thousand people; their numbers."""
    pattern = queue(write_down(LINH), now=timezone.now())
    Message.objects.all().delete()
    numbers = [f"+8190000{number:05d}" for number in range(1000, 1000 + MESSAGES)]
    points = ContactPoint.objects.bulk_create(
        ContactPoint(kind="phone", value=number, takes_sms=True) for number in numbers
    )
    Message.objects.bulk_create(
        Message(
            contact=pattern.contact,
            point=point,
            purpose=pattern.purpose,
            reference=f"notice-{index}",
            channel="sms",
            language="vi",
            code=pattern.code,
            body=pattern.body,
            queued_at=pattern.queued_at,
        )
        for index, point in enumerate(points)
    )
    return numbers


def before_a_person() -> set[str]:
    """Whose messages a person sees and decides about."""
    held = Message.objects.filter(state=Message.State.HELD)
    return set(held.values_list("point__value", flat=True))


def lost(addresses: list[str], carrier) -> set[str]:
    return set(addresses) - set(carrier.times_taken()) - before_a_person()


def nothing_open() -> bool:
    return not Message.objects.filter(state__in=OPEN_STATES).exists()


def never() -> bool:
    return False


def kill_again_and_again(
    carrier, *, naive: bool = False, enough: Callable[[], object] = never
) -> None:
    """One worker after the other, each killed at a random moment, and a last one that may end."""
    chance = Random(1)
    carrier.seconds_to_answer = 0.05
    changes = {**carrier.settings(), **QUICK}
    for _ in range(KILLS):
        with worker(changes, batch=20, naive=naive):
            # Not before it has begun, wherever it is then.
            seen, deadline = len(carrier.requests), monotonic() + 20
            while len(carrier.requests) == seen and monotonic() < deadline and not nothing_open():
                sleep(0.01)
            sleep(chance.uniform(0, 0.15))
        if enough():
            return
    with worker(changes, batch=200, naive=naive):
        deadline = monotonic() + 600
        while not nothing_open() and not enough():
            assert monotonic() < deadline, "The last worker did not finish."
            sleep(0.1)


def test_a_worker_killed_thirty_times_doubles_and_loses_nothing(thousand, carrier):
    kill_again_and_again(carrier)

    assert carrier.got_twice() == []
    assert lost(thousand, carrier) == set()
    assert before_a_person() == set()
    assert len(carrier.taken) == MESSAGES


def test_control_a_worker_that_sends_again_what_a_dead_one_held_doubles(thousand, carrier):
    kill_again_and_again(carrier, naive=True, enough=carrier.got_twice)

    assert carrier.got_twice()


def faults_of_all_kinds() -> Callable[[dict[str, str]], tuple[int | Fault, int]]:
    chance = Random(1)

    def answer(form: dict[str, str]) -> tuple[int | Fault, int]:
        if chance.random() >= FAULTY:
            return 201, 0
        return chance.choice(list(Fault)), 0

    return answer


def deliver_through_faults(carrier, settings, enough: Callable[[], object] = never) -> None:
    """Round after round, ten minutes of town time between them, until nothing is left to do."""
    settings.MESSAGE_CLAIM_SECONDS = 5
    carrier.plan = faults_of_all_kinds()
    carrier.retry_after = "30"
    now = timezone.now()
    for _ in range(60):
        deliver_due(now=now)
        if nothing_open() or enough():
            return
        now += timedelta(minutes=10)
    raise AssertionError("Sixty rounds were not enough.")


def test_a_quarter_of_all_calls_going_wrong_doubles_and_loses_nothing(thousand, carrier, settings):
    deliver_through_faults(carrier, settings)

    assert carrier.got_twice() == []
    assert lost(thousand, carrier) == set()
    assert len(carrier.taken) == MESSAGES
    assert len(carrier.requests) > MESSAGES


@pytest.mark.parametrize("belief", ["not sent", "sent"])
def test_control_a_sender_that_guesses_fails_in_the_same_scene(
    thousand, carrier, settings, monkeypatch, belief
):
    class Guessing(TwilioSms):
        async def send(self, message):
            try:
                return await super().send(message)
            except DeliveryInDoubt:
                if belief == "sent":
                    return ""
                raise DeliveryError("no answer", permanent=False) from None

    monkeypatch.setitem(transports.SMS_BACKENDS, "twilio", Guessing)
    deliver_through_faults(carrier, settings, enough=carrier.got_twice)

    assert lost(thousand, carrier) if belief == "sent" else carrier.got_twice()


def test_a_carrier_that_cannot_say_leaves_every_doubt_to_a_person(thousand, carrier, settings):
    carrier.cannot_list = True
    deliver_through_faults(carrier, settings)

    assert carrier.got_twice() == []
    assert lost(thousand, carrier) == set()
    assert len(before_a_person()) > 0
