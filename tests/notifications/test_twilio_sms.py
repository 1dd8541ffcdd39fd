import asyncio
import logging

import pytest

from notifications.actions.deliveries import deliver_due
from notifications.models import ContactPoint, Message
from notifications.transports import DeliveryError, DeliveryInDoubt, transport_for
from notifications.transports.twilio_sms import TwilioSms
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

    return asyncio.run(alone())


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
    ("code", "state", "point_state"),
    [(21610, "failed", "stopped"), (21211, "failed", "wrong"), (21614, "failed", "wrong")],
)
def test_what_a_refusal_taught_stays_with_the_number(sms, carrier, now, code, state, point_state):
    carrier.answers[LINH_MOBILE] = (400, code)

    deliver_due(now=now)

    sms.refresh_from_db()
    assert (sms.state, sms.point.state) == (state, point_state)
    assert sms.reason


def test_neither_number_nor_text_reaches_a_log(sms, carrier, caplog):
    caplog.set_level(logging.DEBUG)
    send(sms)
    carrier.answers[LINH_MOBILE] = (400, 21211)
    with pytest.raises(DeliveryError):
        send(sms)

    assert LINH_MOBILE not in caplog.text
    assert sms.body not in caplog.text
