"""Placing a call, and asking what has become of messages, against a stand-in on this machine."""

from datetime import datetime, timedelta
from time import monotonic

import pytest

from notifications.actions import callbacks, consents
from notifications.actions.deliveries import deliver_due
from notifications.models import Message
from notifications.transports import DeliveryError, DeliveryInDoubt, transport_for
from notifications.transports.outbox import Outbox
from notifications.transports.twilio_voice import TwilioVoice
from tests import event_loops
from tests.cast import HARU
from tests.conftest import TOKYO
from tests.notifications.conftest import write_down
from tests.notifications.exchange import running_exchange

pytestmark = pytest.mark.django_db

WORKING_HOURS = datetime(2026, 10, 1, 11, 0, tzinfo=TOKYO)


@pytest.fixture
def exchange(settings):
    settings.TWILIO_ACCOUNT_SID = "AC" + "0" * 32
    settings.TWILIO_AUTH_TOKEN = "only-for-tests"
    settings.TWILIO_VOICE_FROM = "+815000000000"
    settings.SITE_URL = "https://todoke.example.com"
    with running_exchange() as running:
        settings.TWILIO_API_BASE = running.url
        yield running


@pytest.fixture
def message(queue):
    message = queue(write_down(HARU))
    Message.objects.filter(pk=message.pk).update(channel="voice")
    return Message.objects.select_related("contact", "point").get(pk=message.pk)


def place(message):
    async def placed():
        transport = TwilioVoice()
        try:
            return await transport.send(message)
        finally:
            await transport.close()

    return event_loops.run(placed())


def test_a_call_is_placed_and_what_to_say_is_asked_of_us(exchange, message):
    assert place(message) == "CA" + "1" * 32

    (form,) = exchange.posts
    site = "https://todoke.example.com/webhooks/twilio"
    assert form["To"] == "+81186000111"
    assert form["From"] == "+815000000000"
    assert form["Url"] == f"{site}/voice/?message={message.pk}"
    assert form["StatusCallback"] == f"{site}/status/?message={message.pk}"
    assert form["MachineDetection"] == "Enable"
    assert message.body not in str(form)


def test_without_a_number_to_call_from_the_next_channel_is_tried(exchange, message, settings):
    settings.TWILIO_VOICE_FROM = ""

    with pytest.raises(DeliveryError) as refusal:
        place(message)
    assert refusal.value.permanent
    assert not exchange.posts


@pytest.mark.parametrize(
    ("changes", "transport"),
    [
        pytest.param({}, Outbox, id="nothing leaves the house"),
        pytest.param({"TWILIO_VOICE_FROM": "+815000000000"}, TwilioVoice, id="calls alone do"),
        pytest.param({"SMS_BACKEND": "twilio"}, TwilioVoice, id="text messages do"),
    ],
)
def test_a_call_nothing_places_does_not_pass_for_one_made(settings, changes, transport):
    for name, value in changes.items():
        setattr(settings, name, value)

    assert isinstance(transport_for("voice"), transport)


@pytest.mark.django_db(transaction=True)
def test_a_call_is_delivered_like_any_message(exchange, queue):
    haru = write_down(HARU)
    haru.channel_order = ["voice"]
    haru.save()
    consents.give(
        contact=haru, purpose="automatic-call", how="in_person", wording="…", now=WORKING_HOURS
    )
    message = queue(haru, template="town/messages/notice", now=WORKING_HOURS)

    assert deliver_due(now=WORKING_HOURS)["sent"] == 1

    message.refresh_from_db()
    assert (message.state, message.carrier) == ("sent", "twilio-voice")
    assert message.provider_id == "CA" + "1" * 32
    assert message.sent_at


@pytest.mark.parametrize(
    ("status", "code", "fault"),
    [(400, 21211, DeliveryError), (429, 20429, DeliveryError), (500, 0, DeliveryInDoubt)],
)
def test_a_call_that_is_refused_or_in_doubt_is_asked_for_once(
    exchange, message, status, code, fault
):
    exchange.fails_with = (status, {"code": code, "message": "", "status": status})

    with pytest.raises(fault):
        place(message)
    assert len(exchange.posts) == 1


@pytest.fixture
def sent_at(queue, now):
    """A text sent so long before `now`, of which the carrier has said nothing since."""

    def put(age, sid, **changes):
        message = queue(write_down(HARU), reference=sid)
        Message.objects.filter(pk=message.pk).update(
            **{
                "state": "sent",
                "sent_at": now - age,
                "provider_id": sid,
                "carrier": "twilio",
                "channel": "sms",
                **changes,
            }
        )
        return message

    return put


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_what_the_carrier_has_not_spoken_of_is_asked_about(exchange, sent_at, now):
    delivered = sent_at(timedelta(hours=2), "SM1")
    failed = sent_at(timedelta(hours=2), "SM2")
    under_way = sent_at(timedelta(hours=2), "SM3")
    unknown = sent_at(timedelta(hours=2), "SM4")
    hung_up = sent_at(timedelta(hours=2), "CA5", channel="voice", carrier="twilio-voice")
    exchange.statuses = {
        "SM1": {"status": "delivered"},
        "SM2": {"status": "undelivered", "error_code": 30005},
        "SM3": {"status": "sent"},
        "CA5": {"status": "completed"},
    }

    assert callbacks.poll_stale(now=now) == 3

    assert state_of(delivered) == "delivered"
    assert state_of(failed) == "failed"
    assert failed.reason
    assert state_of(under_way) == "sent"
    assert state_of(unknown) == "sent"
    assert state_of(hung_up) == "failed"


def test_what_is_fresh_old_settled_or_not_the_carriers_is_not_asked_about(exchange, sent_at, now):
    sent_at(timedelta(minutes=59), "SM1")
    sent_at(timedelta(days=3), "SM2")
    sent_at(timedelta(hours=2), "SM3", state="delivered")
    sent_at(timedelta(hours=2), "SM4", carrier="outbox")
    sent_at(timedelta(hours=2), "")

    assert callbacks.poll_stale(now=now) == 0
    assert not exchange.gets


def test_a_carrier_that_never_confirms_does_not_keep_the_others_from_being_asked(
    exchange, sent_at, now, monkeypatch
):
    monkeypatch.setattr(callbacks, "STALE_IN_A_ROUND", 2)
    for number in range(5):
        sent_at(timedelta(hours=2), f"SM{number}")

    for _ in range(3):
        callbacks.poll_stale(now=now)
    assert sorted(exchange.gets) == ["SM0", "SM1", "SM2", "SM3", "SM4"]

    callbacks.poll_stale(now=now)
    assert sorted(exchange.gets[5:]) == ["SM0", "SM1"]


def test_a_carrier_that_is_away_is_asked_another_time(exchange, sent_at, now, settings):
    message = sent_at(timedelta(hours=2), "SM1")
    settings.TWILIO_API_BASE = "http://127.0.0.1:9"

    assert callbacks.poll_stale(now=now) == 0
    assert state_of(message) == "sent"


def test_a_carrier_that_is_slow_does_not_hold_the_worker_up(exchange, sent_at, now, monkeypatch):
    monkeypatch.setattr("notifications.transports.twilio_statuses.SECONDS_IN_ALL", 0.5)
    quick, slow = sent_at(timedelta(hours=2), "SM1"), sent_at(timedelta(hours=2), "SM2")
    exchange.statuses = {"SM1": {"status": "delivered"}, "SM2": {"status": "delivered"}}
    exchange.slow.add("SM2")

    began = monotonic()
    assert callbacks.poll_stale(now=now) == 1

    assert monotonic() - began < 2
    assert (state_of(quick), state_of(slow)) == ("delivered", "sent")


def test_without_an_account_nobody_is_asked(exchange, sent_at, now, settings):
    sent_at(timedelta(hours=2), "SM1")
    settings.TWILIO_ACCOUNT_SID = ""

    assert callbacks.poll_stale(now=now) == 0
    assert not exchange.gets
