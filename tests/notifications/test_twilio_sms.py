import logging
from datetime import timedelta

import pytest

from notifications.actions.deliveries import deliver_due
from notifications.models import ContactPoint, Message
from notifications.rules.phones import parse_phone
from notifications.transports import DeliveryError, DeliveryInDoubt, transport_for
from notifications.transports.twilio_http import retry_after
from notifications.transports.twilio_sms import TwilioSms
from tests import event_loops
from tests.cast import AKIKO, GRANDSON, LINH
from tests.notifications.conftest import write_down
from tests.notifications.stand_in import CUT

LINH_MOBILE = "+819000000012"


@pytest.fixture
def sms(linh, queue):
    return queue(linh)


def send(message, transport=None):
    """What a round of deliveries does with one message."""

    async def alone():
        ours = transport or TwilioSms()
        try:
            return await ours.send(message)
        finally:
            await ours.close()

    return event_loops.run(alone())


def test_an_sms_is_handed_over_with_number_text_and_sender(sms, carrier):
    provider_id = send(sms, transport_for("sms"))

    assert provider_id.startswith("SM")
    assert carrier.requests == [
        {
            "To": LINH_MOBILE,
            "From": "+815000000000",
            "Body": sms.body,
            "StatusCallback": f"http://testserver/webhooks/twilio/status/?message={sms.pk}",
        }
    ]


def test_a_messaging_service_can_be_the_sender(sms, carrier, settings):
    settings.TWILIO_SMS_FROM = "MG" + "0" * 32

    send(sms)

    assert carrier.requests[0]["MessagingServiceSid"] == settings.TWILIO_SMS_FROM


def test_channels_without_a_transport_are_read_in_the_outbox(carrier):
    assert send(Message(channel="email"), transport_for("email")) == ""
    assert not carrier.requests


@pytest.mark.parametrize("channel", ["call", "letter"])
def test_what_people_carry_has_no_transport(channel):
    with pytest.raises(KeyError):
        transport_for(channel)


@pytest.mark.parametrize(
    ("status", "code", "point_state"),
    [
        pytest.param(400, 21211, ContactPoint.State.WRONG, id="no such number"),
        pytest.param(400, 21614, ContactPoint.State.WRONG, id="a landline"),
        pytest.param(400, 21610, ContactPoint.State.STOPPED, id="has sent STOP"),
        pytest.param(400, 30003, "", id="switched off"),
        pytest.param(400, 30005, ContactPoint.State.WRONG, id="unknown to the carrier"),
        pytest.param(400, 21617, "", id="another refusal"),
        pytest.param(404, 20404, "", id="no such account"),
    ],
)
def test_a_refusal_for_good_says_why_and_what_it_taught(sms, carrier, status, code, point_state):
    carrier.answers[LINH_MOBILE] = (status, code)

    with pytest.raises(DeliveryError) as refusal:
        send(sms)

    assert refusal.value.permanent
    assert refusal.value.point_state == point_state
    assert str(refusal.value)
    assert LINH_MOBILE not in str(refusal.value)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        pytest.param(429, 20429, id="too many requests"),
        pytest.param(401, 20003, id="wrong credentials"),
    ],
)
def test_what_can_be_tried_again_is_not_for_good(sms, carrier, status, code):
    carrier.answers[LINH_MOBILE] = (status, code)

    with pytest.raises(DeliveryError) as refusal:
        send(sms)
    assert not refusal.value.permanent


def test_a_carrier_that_is_not_there_has_sent_nothing(sms, carrier, settings):
    settings.TWILIO_API_BASE = "http://127.0.0.1:9"

    with pytest.raises(DeliveryError) as refusal:
        send(sms)
    assert not refusal.value.permanent


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((500, 20500), id="fault of the server"),
        pytest.param((503, 0), id="service not available"),
        pytest.param((CUT, 0), id="connection cut"),
        pytest.param((408, 0), id="request timed out"),
    ],
)
def test_without_an_answer_it_is_in_doubt_and_asked_only_once(sms, carrier, answer):
    carrier.answers[LINH_MOBILE] = answer

    with pytest.raises(DeliveryInDoubt):
        send(sms)
    assert len(carrier.requests) == 1


def test_an_answer_that_comes_too_late_leaves_it_in_doubt(sms, carrier, monkeypatch):
    monkeypatch.setattr("notifications.transports.twilio_client.TIMEOUT_SECONDS", 0.2)
    carrier.seconds_to_answer = 0.5

    with pytest.raises(DeliveryInDoubt):
        send(sms)
    assert len(carrier.requests) == 1


@pytest.mark.parametrize(
    ("code", "point_state"),
    [
        (21211, "wrong"),
        (21610, "stopped"),
        (21614, "wrong"),
        (30003, "usable"),
        (30005, "wrong"),
    ],
)
def test_a_refusal_for_good_gets_one_attempt_and_a_plain_reason(
    sms, carrier, now, code, point_state
):
    carrier.answers[LINH_MOBILE] = (400, code)

    for days in range(5):
        deliver_due(now=now + timedelta(days=days))

    sms.refresh_from_db()
    assert (sms.state, sms.attempts, sms.point.state) == ("failed", 1, point_state)
    assert len(carrier.requests) == 1
    assert sms.reason
    assert str(code) not in sms.reason


def test_a_number_that_refuses_us_gets_nothing_more_whoever_it_is_for(sms, carrier, now, queue):
    carrier.answers[LINH_MOBILE] = (400, 21610)
    tomorrow = now + timedelta(days=1)
    linh_s_number = parse_phone(LINH.phone)
    waiting = queue(write_down(AKIKO, phone=linh_s_number, email=""), not_before=tomorrow)
    deliver_due(now=now)
    carrier.answers.clear()
    later = queue(write_down(GRANDSON, phone=linh_s_number), reference="later")

    deliver_due(now=tomorrow)

    assert len(carrier.requests) == 1
    for message, state in ((sms, "failed"), (waiting, "failed"), (later, "held")):
        message.refresh_from_db()
        assert message.state == state


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param("7", 7, id="seconds"),
        pytest.param("Wed, 01 Jan 2020 00:00:00 GMT", 0, id="a date gone by"),
        pytest.param("soon", None, id="unreadable"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_how_long_to_wait_is_read_from_the_header(header, seconds):
    assert retry_after(header) == (None if seconds is None else timedelta(seconds=seconds))


def test_a_busy_carrier_says_for_how_long(sms, carrier):
    carrier.answers[LINH_MOBILE] = (429, 20429)
    carrier.retry_after = "17"

    with pytest.raises(DeliveryError) as refusal:
        send(sms)

    assert refusal.value.retry_after == timedelta(seconds=17)


def test_neither_number_nor_text_reaches_a_log(sms, carrier, caplog):
    caplog.set_level(logging.DEBUG)
    send(sms)
    carrier.answers[LINH_MOBILE] = (400, 21211)
    with pytest.raises(DeliveryError):
        send(sms)

    assert LINH_MOBILE not in caplog.text
    assert sms.body not in caplog.text
