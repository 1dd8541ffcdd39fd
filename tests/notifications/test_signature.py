"""Only Twilio is believed, by the address it was given and not by what a proxy made of it."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import ContactPoint, InboundText, Message, MessageEvent
from tests.notifications.twilio_calls_us import SITE, TOKEN, call, forged, signature

pytestmark = pytest.mark.django_db

WEBHOOKS = [
    "twilio_status",
    "twilio_inbound",
    "twilio_voice",
    "twilio_voice_heard",
    "twilio_voice_key",
]
DELIVERED = {"MessageSid": "SM1", "MessageStatus": "delivered"}


@pytest.fixture(autouse=True)
def _known_to_twilio(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.SITE_URL = SITE


@pytest.fixture
def sent(linh, queue):
    message = queue(linh)
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id="SM1")
    return message


def everything():
    return (
        list(Message.objects.order_by("pk").values()),
        list(MessageEvent.objects.order_by("pk").values()),
        list(ContactPoint.objects.order_by("pk").values()),
        InboundText.objects.count(),
    )


def test_a_signed_word_is_believed(sent):
    assert call("twilio_status", DELIVERED, message=sent).status_code == 204

    sent.refresh_from_db()
    assert sent.state == "delivered"


@pytest.mark.parametrize("name", WEBHOOKS)
@pytest.mark.parametrize("token", ["", "a-guess"], ids=["unsigned", "forged"])
def test_a_hundred_forgeries_are_refused_and_change_nothing(sent, name, token):
    before = everything()
    form = {
        **DELIVERED,
        "CallSid": "SM1",
        "CallStatus": "completed",
        "Digits": "9",
        "From": sent.point.value,
        "Body": "STOP",
    }
    if name == "twilio_status":
        del form["CallSid"]

    answers = [forged(name, form, message=sent, token=token) for _ in range(100)]

    assert answers == [403] * 100
    assert everything() == before


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"MessageStatus": "failed"}, id="another status"),
        pytest.param({"MessageSid": "SM2"}, id="another message"),
        pytest.param({"ErrorCode": "30005"}, id="one field more"),
    ],
)
def test_a_signature_holds_for_what_was_signed_alone(sent, changed):
    address = f"{reverse('twilio_status')}?message={sent.pk}"
    signed = signature(SITE + address, DELIVERED)

    answer = Client().post(
        address, {**DELIVERED, **changed}, headers={"X-Twilio-Signature": signed}
    )

    assert answer.status_code == 403


def test_a_signature_holds_for_one_address_alone(sent):
    address = f"{reverse('twilio_status')}?message={sent.pk}"
    signed = signature(SITE + address, DELIVERED)

    other = f"{reverse('twilio_status')}?message={sent.pk + 1}"

    answer = Client().post(other, DELIVERED, headers={"X-Twilio-Signature": signed})

    assert answer.status_code == 403


def test_the_address_a_proxy_sees_does_not_count(sent):
    address = f"{reverse('twilio_status')}?message={sent.pk}"
    signed = signature(f"http://testserver{address}", DELIVERED)

    answer = Client().post(address, DELIVERED, headers={"X-Twilio-Signature": signed})

    assert answer.status_code == 403


def test_without_a_token_nobody_is_believed(sent, settings):
    settings.TWILIO_AUTH_TOKEN = ""

    assert forged("twilio_status", DELIVERED, message=sent) == 403
    address = f"{reverse('twilio_status')}?message={sent.pk}"
    signed = signature(SITE + address, DELIVERED, token="")
    answer = Client().post(address, DELIVERED, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 403


@pytest.mark.parametrize("garbage", ["é" * 28, "=" * 28, " ", "x" * 5000], ids=range(4))
def test_a_signature_that_is_none_is_refused(sent, garbage):
    address = reverse("twilio_status")

    answer = Client().post(
        address, DELIVERED, headers={"X-Twilio-Signature": garbage.encode().decode("latin-1")}
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("name", WEBHOOKS)
def test_webhooks_are_posted_to_and_never_kept(name):
    assert Client().get(reverse(name)).status_code == 405

    answer = call(name, {"MessageSid": "SM9", "CallSid": "CA9", "Digits": "1"})

    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_token_is_not_asked_of_twilio(sent):
    strict = Client(enforce_csrf_checks=True)
    address = f"{reverse('twilio_status')}?message={sent.pk}"
    signed = signature(SITE + address, DELIVERED)

    answer = strict.post(address, DELIVERED, headers={"X-Twilio-Signature": signed})

    assert answer.status_code == 204


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("twilio_status", {"MessageStatus": "delivered"}),
        ("twilio_inbound", {"Body": "STOP"}),
        ("twilio_voice", {}),
        ("twilio_voice_key", {"CallSid": "CA1"}),
    ],
)
def test_a_signed_form_without_what_is_needed_is_a_bad_request(name, form):
    assert call(name, form).status_code == 400


def test_webhooks_have_no_language(settings):
    assert reverse("twilio_status") == "/webhooks/twilio/status/"
    assert reverse("twilio_inbound") == "/webhooks/twilio/inbound/"
    assert reverse("twilio_voice") == "/webhooks/twilio/voice/"
