"""What the carrier tells is written down once, in whatever order it comes."""

import logging
from itertools import permutations

import pytest

from notifications.actions import callbacks
from notifications.models import ContactPoint, Message
from notifications.rules.delivery_states import Told
from notifications.transports.twilio_reports import Report, report_of_call, report_of_sms
from tests.cast import AKIKO
from tests.notifications.conftest import write_down
from tests.notifications.twilio_calls_us import SITE, TOKEN, call, call_address

pytestmark = pytest.mark.django_db

SID = "SM" + "1" * 32


@pytest.fixture(autouse=True)
def _known_to_twilio(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.SITE_URL = SITE


@pytest.fixture
def message(linh, queue):
    return queue(linh)


def put(message, state, **columns):
    Message.objects.filter(pk=message.pk).update(state=state, **columns)
    message.refresh_from_db()
    return message


@pytest.fixture
def sent(message):
    return put(message, "sent", provider_id=SID)


def tell(message, status, code="", sid=SID):
    form = {"MessageSid": sid, "MessageStatus": status}
    if code:
        form["ErrorCode"] = code
    answer = call("twilio_status", form, message=message)
    assert answer.status_code == 204
    message.refresh_from_db()
    return message.state


def test_a_delivery_told_a_hundred_times_is_one_change(sent):
    before = sent.events.count()

    assert {tell(sent, "delivered") for _ in range(100)} == {"delivered"}

    assert sent.events.count() == before + 1
    assert sent.provider_id == SID


def test_that_it_arrived_does_not_change_when_and_by_whom_it_was_sent(message, now):
    put(message, "sent", provider_id=SID, sent_at=now, carrier="twilio")

    tell(message, "delivered")

    assert (message.sent_at, message.carrier) == (now, "twilio")


def test_a_failure_goes_on_by_the_next_channel_once(db, queue):
    message = put(queue(write_down(AKIKO)), "sent", provider_id=SID)

    for _ in range(100):
        tell(message, "undelivered", "30005")

    assert message.followed_by.channel == "email"
    assert Message.objects.count() == 2


def test_a_failure_told_a_hundred_times_is_one_change(sent):
    before = sent.events.count()

    for _ in range(100):
        tell(sent, "undelivered", "30003")

    assert sent.events.count() == before + 1


@pytest.mark.parametrize("last", ["delivered", "undelivered"])
def test_in_any_order_the_final_state_is_kept(message, last):
    """Whatever comes first of the two final words wins; nothing comes after it."""
    for order in permutations(["queued", "sending", "sent", last]):
        put(message, "sent", provider_id=SID)
        before = message.events.count()

        states = [tell(message, status) for status in order]

        final = "delivered" if last == "delivered" else "failed"
        assert states[order.index(last) :] == [final] * (4 - order.index(last)), order
        assert message.events.count() == before + 1


def test_a_failure_is_not_revived_and_a_delivery_not_undone(sent):
    assert tell(sent, "undelivered", "30008") == "failed"
    assert tell(sent, "delivered") == "failed"

    put(sent, "delivered")
    assert tell(sent, "failed", "30005") == "delivered"
    sent.point.refresh_from_db()
    assert sent.point.state == ContactPoint.State.USABLE


@pytest.mark.parametrize(
    ("code", "point_state"),
    [
        ("30003", "usable"),
        ("30004", "usable"),
        ("30005", "wrong"),
        ("30006", "usable"),
        ("30007", "usable"),
        ("30008", "usable"),
        ("21610", "stopped"),
        ("63999", "usable"),
        ("", "usable"),
    ],
)
def test_a_failure_has_a_reason_and_marks_the_number_where_it_says_so(sent, code, point_state):
    assert tell(sent, "undelivered", code) == "failed"

    sent.point.refresh_from_db()
    assert sent.reason
    assert sent.point.value not in sent.reason
    assert sent.point.state == point_state


@pytest.mark.parametrize(
    ("status", "then", "changes"),
    [("queued", "sent", 1), ("sent", "sent", 1), ("delivered", "delivered", 2)],
)
def test_a_doubt_ends_when_the_carrier_speaks(message, status, then, changes):
    put(message, "unknown")
    before = message.events.count()

    assert tell(message, status) == then

    assert message.provider_id == SID
    assert message.events.count() == before + changes


def test_a_doubt_that_ends_is_found_by_the_number_of_the_message_alone(message):
    put(message, "unknown")

    call("twilio_status", {"MessageSid": SID, "MessageStatus": "delivered"})

    message.refresh_from_db()
    assert message.state == "unknown"


def test_a_message_that_is_being_sent_is_left_to_its_sender_until_the_end(message, now):
    claim = "11111111-1111-1111-1111-111111111111"
    put(message, "sending", claim=claim, claim_expires_at=now)

    assert tell(message, "sent") == "sending"
    assert str(message.claim) == claim
    assert tell(message, "delivered") == "delivered"
    assert message.claim is None


def test_what_is_queued_again_has_gone_out_after_all(message):
    put(message, "queued")

    assert tell(message, "sent") == "sent"
    assert not Message.objects.due(now=message.queued_at).exists()


def test_a_word_about_another_sending_changes_nothing(sent):
    assert tell(sent, "undelivered", "30005", sid="SM" + "2" * 32) == "sent"
    sent.point.refresh_from_db()
    assert sent.point.state == ContactPoint.State.USABLE


def test_a_message_is_found_by_the_carriers_id_too(sent):
    call("twilio_status", {"MessageSid": SID, "MessageStatus": "delivered"})

    sent.refresh_from_db()
    assert sent.state == "delivered"


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "１２"])
def test_an_address_that_names_no_message_is_no_fault(sent, key):
    form = {"MessageSid": "SM" + "3" * 32, "MessageStatus": "delivered"}
    assert call_address(f"{SITE}/webhooks/twilio/status/?message={key}", form).status_code in (
        204,
        403,  # an address that is not written in ASCII cannot have been ours
    )
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_status_nobody_knows_yet_changes_nothing(sent):
    assert tell(sent, "teleported") == "sent"


def test_neither_number_nor_words_are_logged(sent, caplog):
    caplog.set_level(logging.DEBUG)
    tell(sent, "undelivered", "30005")

    assert sent.point.value not in caplog.text
    assert sent.body not in caplog.text


def test_each_word_of_the_carriers_is_understood():
    words = ["accepted", "scheduled", "queued", "sending", "sent", "delivered", "read"]
    assert all(report_of_sms(word) for word in [*words, "undelivered", "failed", "canceled"])
    calls = ["queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer"]
    assert all(report_of_call(word) for word in [*calls, "failed", "canceled"])


@pytest.mark.parametrize(
    "answered_by", ["machine_start", "machine_end_beep", "machine_end_silence", "fax"]
)
def test_a_machine_that_answers_is_not_reached(answered_by):
    assert report_of_call("in-progress", answered_by).told is Told.FAILED


@pytest.mark.parametrize("answered_by", ["human", "unknown", ""])
def test_who_may_be_a_person_is_taken_for_one(answered_by):
    assert report_of_call("in-progress", answered_by).told is Told.ACCEPTED


def test_a_stop_at_the_carrier_stops_the_number(sent, now):
    report = Report(Told.FAILED, "stopped at the carrier", ContactPoint.State.STOPPED)

    callbacks.note(report=report, provider_id=SID, now=now)

    sent.point.refresh_from_db()
    assert sent.point.state == ContactPoint.State.STOPPED
