from datetime import timedelta

import pytest

from notifications import reasons
from notifications.actions import doubts
from notifications.actions.deliveries import deliver_due
from notifications.models import Message
from notifications.transports import SMS_BACKENDS, DeliveryInDoubt
from tests.notifications.stand_in import CUT, Fault
from tests.notifications.test_deliveries import counts, history, read_again

FIRST_LOOK_UP = timedelta(seconds=61)
SECOND_LOOK_UP = FIRST_LOOK_UP + timedelta(seconds=305)


@pytest.fixture
def in_doubt(linh, queue, now, carrier):
    """Bring a message into doubt by a fault of its first call."""

    def bring(fault: Fault) -> Message:
        message = queue(linh)
        carrier.answers[message.point.value] = (fault, 0)
        assert deliver_due(now=now) == counts(unknown=1)
        carrier.answers.clear()
        return read_again(message)

    return bring


def says(reason):
    return reasons.in_house_language(reason)


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER, Fault.ERROR_AFTER])
def test_what_the_carrier_has_is_sent_and_never_sent_again(in_doubt, now, carrier, fault):
    message = in_doubt(fault)

    assert deliver_due(now=now + timedelta(seconds=59)) == counts()
    assert carrier.look_ups == []
    assert deliver_due(now=now + FIRST_LOOK_UP) == counts(sent=1)
    assert read_again(message).provider_id == carrier.taken[0]["sid"]
    assert history(message) == ["queued", "sending", "unknown", "sent"]
    assert (message.look_up_at, len(carrier.requests)) == (None, 1)


@pytest.mark.parametrize("fault", [Fault.RESET_BEFORE, Fault.UNAVAILABLE])
def test_what_the_carrier_twice_has_not_got_is_sent_again(in_doubt, now, carrier, fault):
    message = in_doubt(fault)

    assert deliver_due(now=now + FIRST_LOOK_UP) == counts()
    assert read_again(message).reason == says(reasons.IN_DOUBT_ABSENT_ONCE)
    assert deliver_due(now=now + SECOND_LOOK_UP - timedelta(seconds=10)) == counts()
    assert len(carrier.requests) == 1

    deliver_due(now=now + SECOND_LOOK_UP)
    deliver_due(now=now + SECOND_LOOK_UP + timedelta(seconds=5))

    assert read_again(message).state == "sent"
    assert len(carrier.look_ups) == 2
    assert carrier.got_twice() == []


def test_a_carrier_that_cannot_say_is_asked_a_few_times_and_then_a_person_is(
    in_doubt, now, carrier
):
    message = in_doubt(Fault.RESET_AFTER)
    carrier.cannot_list = True

    for _ in range(doubts.LOOK_UPS - 1):
        now += SECOND_LOOK_UP
        assert deliver_due(now=now) == counts()
    assert deliver_due(now=now + SECOND_LOOK_UP) == counts(held=1)

    assert read_again(message).reason == says(reasons.CARRIER_CANNOT_SAY)
    assert len(carrier.look_ups) == doubts.LOOK_UPS
    assert len(carrier.requests) == 1


def test_one_no_and_then_no_answer_is_not_proof(in_doubt, now, carrier):
    message = in_doubt(CUT[0])
    deliver_due(now=now + FIRST_LOOK_UP)
    carrier.cannot_list = True

    deliver_due(now=now + SECOND_LOOK_UP)

    assert read_again(message).state == "unknown"
    assert len(carrier.requests) == 1


def test_the_same_words_without_a_code_prove_nothing(in_doubt, now, carrier):
    message = in_doubt(Fault.RESET_AFTER)
    Message.objects.update(code="")

    deliver_due(now=now + FIRST_LOOK_UP)

    assert read_again(message).state == "unknown"


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        pytest.param({}, "sent", id="the text itself"),
        pytest.param({"body": "other words 4KM9"}, "unknown", id="other words"),
        pytest.param({"direction": "inbound"}, "unknown", id="an answer of the resident"),
        pytest.param({"to": "+819000000013"}, "unknown", id="another number"),
        pytest.param({"status": "undelivered"}, "sent", id="taken, and come to nothing"),
    ],
)
def test_only_the_very_text_ends_the_doubt(in_doubt, now, carrier, changes, state):
    message = in_doubt(Fault.RESET_AFTER)
    carrier.taken[0].update(changes)

    deliver_due(now=now + FIRST_LOOK_UP)

    assert read_again(message).state == state


def test_a_text_on_a_later_page_is_found(in_doubt, now, carrier, monkeypatch):
    monkeypatch.setattr("notifications.transports.twilio_sms._PAGE_SIZE", 2)
    message = in_doubt(Fault.RESET_AFTER)
    for number in range(5):
        carrier.take({"To": message.point.value, "Body": f"later {number}"})

    assert deliver_due(now=now + FIRST_LOOK_UP) == counts(sent=1)
    assert len(carrier.look_ups) == 3


def test_a_text_known_as_another_message_s_proves_nothing(in_doubt, queue, linh, now, carrier):
    message = in_doubt(Fault.RESET_AFTER)
    other = queue(linh, reference="other")
    Message.objects.filter(pk=other.pk).update(
        state="sent", provider_id=carrier.taken[0]["sid"], sent_at=now
    )

    assert deliver_due(now=now + FIRST_LOOK_UP) == counts(held=1)
    assert read_again(message).reason == says(reasons.CARRIER_CANNOT_SAY)


def test_a_carrier_that_cannot_be_asked_leaves_the_doubt_to_a_person_at_once(
    linh, queue, now, monkeypatch
):
    class Mail:
        name, concurrency = "mail", 1

        async def send(self, message):
            raise DeliveryInDoubt("cut")

        async def close(self):
            pass

    monkeypatch.setitem(SMS_BACKENDS, "outbox", Mail)
    message = queue(linh)

    assert deliver_due(now=now) == counts(held=1)
    assert history(message) == ["queued", "sending", "unknown", "held"]
    assert read_again(message).reason == says(reasons.CANNOT_BE_ASKED)
    assert message.carrier == "mail"


@pytest.mark.parametrize(
    ("decide", "state"),
    [
        (doubts.decide_sent, "sent"),
        (doubts.decide_send_again, "queued"),
        (doubts.decide_drop, "dropped"),
    ],
)
def test_a_person_s_decision_ends_the_doubt_and_names_the_person(
    in_doubt, staff, now, decide, state
):
    message, officer = in_doubt(Fault.RESET_AFTER), staff("desk")

    decide(message=message, by=officer, now=now)

    assert read_again(message).state == state
    assert (message.look_up_at, message.look_ups) == (None, 0)
    last = message.events.order_by("pk").last()
    assert (last.state, last.by) == (state, officer)
    with pytest.raises(doubts.NotInDoubt):
        decide(message=message, by=officer, now=now)


def test_a_person_who_was_quicker_than_the_look_up_is_not_overruled(in_doubt, staff, now):
    message = in_doubt(Fault.RESET_AFTER)

    def look_up(messages):
        doubts.decide_drop(message=message, by=staff("desk"), now=now)
        return ["SM1"]

    settled = doubts.settle(now=now + FIRST_LOOK_UP, look_up=look_up, stop=lambda: False)

    assert settled == []
    assert read_again(message).state == "dropped"


def test_two_processes_do_not_ask_about_the_same_doubt(in_doubt, now):
    in_doubt(Fault.RESET_AFTER)
    asked = []

    def look_up(messages):
        asked.extend(messages)
        doubts.settle(now=now + FIRST_LOOK_UP, look_up=asked.extend, stop=lambda: False)
        return ["SM1"]

    doubts.settle(now=now + FIRST_LOOK_UP, look_up=look_up, stop=lambda: False)

    assert len(asked) == 1
