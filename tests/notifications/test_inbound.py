"""Texts that come in: kept once, obeyed or handed to a person, and never with a card's number."""

import logging

import pytest
from django.core.exceptions import ValidationError

from notifications.actions import inbound
from notifications.models import InboundText, Message
from notifications.signals import number_stopped, text_received
from tests.cast import AKIKO, GRANDSON
from tests.notifications.conftest import write_down
from tests.notifications.twilio_calls_us import SITE, TOKEN, call

pytestmark = pytest.mark.django_db

# Valid check digits, issued to nobody (from the rules' own test vectors).
A_PERSONAL_NUMBER = "123456789018"


@pytest.fixture(autouse=True)
def _known_to_twilio(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.SITE_URL = SITE


@pytest.fixture
def heard():
    """What the apps above were told, in their place."""
    told = []

    def listen(signal, sender, **facts):
        told.append(facts)

    for signal in (number_stopped, text_received):
        signal.connect(listen, weak=False, dispatch_uid="test")
    yield told
    for signal in (number_stopped, text_received):
        signal.disconnect(dispatch_uid="test")


def write(words, *, number="+819000000012", sid="SM1", **more):
    return call(
        "twilio_inbound", {"MessageSid": sid, "From": number, "To": "+8150", "Body": words, **more}
    )


def point_of(contact):
    return contact.points.get()


def test_stop_stops_the_number_and_is_answered_by_no_second_sms(
    linh, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = write("Dừng")

    assert point_of(linh).state == "stopped"
    assert answer.headers["Content-Type"] == "text/xml"
    assert "<Message" not in answer.content.decode()
    assert [facts["point"] for facts in heard] == [point_of(linh)]


def test_a_text_told_twice_is_kept_once(linh, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(100):
            write("STOP")

    assert InboundText.objects.get().kind == "stop"
    assert len(heard) == 1


def test_start_from_the_number_itself_starts_it_again(linh):
    write("STOP")
    write("START", sid="SM2")

    assert point_of(linh).state == "usable"


def test_a_stop_that_is_told_again_after_a_start_does_not_stop(linh):
    write("STOP")
    write("START", sid="SM2")
    write("STOP")

    assert point_of(linh).state == "usable"


def test_what_the_carrier_takes_for_a_stop_is_one(linh):
    write("please no more", OptOutType="STOP")

    assert point_of(linh).state == "stopped"


def test_a_stop_is_taken_to_come_from_whom_the_last_text_was_for(
    queue, heard, django_capture_on_commit_callbacks
):
    akiko, grandson = write_down(AKIKO, email=""), write_down(GRANDSON)
    for contact in (grandson, akiko):
        Message.objects.filter(pk=queue(contact).pk).update(state="sent")

    with django_capture_on_commit_callbacks(execute=True):
        write("停止", number=point_of(akiko).value)

    assert [facts["contact"] for facts in heard] == [akiko]


def test_a_stop_from_a_number_nobody_has_is_kept_and_stops_nobody(linh, heard):
    write("STOP", number="+819000009999")

    assert InboundText.objects.get().point is None
    assert point_of(linh).state == "usable"
    assert not heard


def test_every_other_text_is_handed_to_a_person(linh, heard):
    write("Tôi đến muộn 10 phút được không?")

    (facts,) = heard
    assert facts["text"].body == "Tôi đến muộn 10 phút được không?"
    assert facts["text"].point == point_of(linh)
    assert point_of(linh).state == "usable"


@pytest.mark.parametrize(
    "written",
    [
        A_PERSONAL_NUMBER,
        "1234-5678-9018",
        "１２３４ ５６７８ ９０１８",
        "AB12345678CD",
    ],
)
def test_a_number_of_the_card_is_blotted_out_before_anything_is_kept(linh, heard, caplog, written):
    caplog.set_level(logging.DEBUG)

    write(f"番号は{written}です")

    kept = InboundText.objects.get().body
    assert written not in kept
    assert kept == "番号は●●●です"
    assert heard[0]["text"].body == kept
    assert written not in caplog.text


@pytest.mark.parametrize("path", ["", "mynumber.nothing.here"])
def test_without_a_mask_nothing_is_kept(linh, settings, now, path):
    settings.NOTIFICATION_TEXT_MASK = path

    with pytest.raises(ImportError):
        inbound.receive(provider_id="SM1", number="+819000000012", words="hello", now=now)
    assert not InboundText.objects.exists()


def leaves_everything(text):
    return text


def test_a_mask_that_leaves_a_number_behind_is_not_believed(linh, settings, now):
    settings.NOTIFICATION_TEXT_MASK = f"{__name__}.leaves_everything"

    with pytest.raises(ValidationError):
        inbound.receive(provider_id="SM1", number="+819000000012", words=A_PERSONAL_NUMBER, now=now)
    assert not InboundText.objects.exists()


def test_a_text_whose_task_cannot_be_opened_is_not_kept_either(linh, now):
    def fails(**_):
        raise RuntimeError

    text_received.connect(fails, weak=False, dispatch_uid="fails")
    try:
        with pytest.raises(RuntimeError):
            inbound.receive(provider_id="SM1", number="+819000000012", words="hello", now=now)
    finally:
        text_received.disconnect(dispatch_uid="fails")
    assert not InboundText.objects.exists()


@pytest.mark.parametrize("number", ["", "KAZUNO", "12345", "+81 nonsense"])
def test_a_sender_that_is_no_telephone_is_a_number_nobody_has(linh, heard, number):
    write("hello", number=number)

    assert InboundText.objects.get().point is None


def test_a_text_without_words_is_kept(linh, heard):
    write("\x00 ", NumMedia="1")

    assert InboundText.objects.get().body == ""
