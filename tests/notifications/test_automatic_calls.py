"""An automatic call, from picking up to the last word, as Twilio asks for it."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from notifications.actions import consents
from notifications.models import Consent, InboundText, Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered
from tests.cast import HARU
from tests.conftest import TOKYO
from tests.notifications.conftest import write_down
from tests.notifications.twilio_calls_us import SITE, TOKEN, call, call_address

pytestmark = pytest.mark.django_db

CALL = "CA" + "1" * 32
AGREED_AT = datetime(2026, 9, 3, 14, 0, tzinfo=TOKYO)
WORDS = "スマートフォン教室が近づきました。"


@pytest.fixture(autouse=True)
def _known_to_twilio(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.SITE_URL = SITE
    settings.TWILIO_VOICE_NAME = "Polly.Kazuha-Neural"


@pytest.fixture
def haru(db):
    contact = write_down(HARU)
    consents.give(
        contact=contact, purpose="automatic-call", how="in_person", wording="ja", now=AGREED_AT
    )
    return contact


@pytest.fixture
def ringing(haru, queue):
    """A message whose call has been placed and written down."""
    message = queue(haru)
    Message.objects.filter(pk=message.pk).update(
        channel="voice", state="sent", provider_id=CALL, body=WORDS, language="ja"
    )
    message.refresh_from_db()
    return message


@pytest.fixture
def answers():
    """What the apps above were told; the first reply in it is what is said."""
    told = []
    reply = {}

    def listen(message, answer, **_):
        told.append((message, answer))
        return reply.get(answer)

    message_answered.connect(listen, weak=False, dispatch_uid="test")
    told_and_reply = (told, reply)
    yield told_and_reply
    message_answered.disconnect(dispatch_uid="test")


def speak(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml"
    return ElementTree.fromstring(answer.content.decode())  # noqa: S314  (our own words)


def said(document):
    return "\n".join(part.text for part in document.iter("Say"))


def pick_up(message, answered_by="human", sid=CALL):
    return speak(
        call(
            "twilio_voice",
            {"CallSid": sid, "CallStatus": "in-progress", "AnsweredBy": answered_by},
            message=message,
        )
    )


def press(message, key, sid=CALL):
    return speak(call("twilio_voice_key", {"CallSid": sid, "Digits": key}, message=message))


def status(message, word, sid=CALL, **more):
    call("twilio_status", {"CallSid": sid, "CallStatus": word, **more}, message=message)
    message.refresh_from_db()
    return message.state


def test_it_says_who_calls_what_was_agreed_and_the_message_in_japanese(ringing):
    document = pick_up(ringing)

    words = said(document)
    assert "鹿角市" in words
    assert "2026年9月3日" in words
    assert "市役所の窓口でお約束した、自動のお電話です" in words
    assert WORDS in words
    for part in document.iter("Say"):
        assert part.get("language") == "ja-JP"
        assert part.get("voice") == "Polly.Kazuha-Neural"


@pytest.mark.parametrize(
    ("how", "where"), [("phone", "お電話で"), ("paper", "書面で"), ("in_person", "窓口で")]
)
def test_it_names_how_it_was_agreed(ringing, how, where):
    Consent.objects.update(how=how)

    assert where in said(pick_up(ringing))


def test_easy_japanese_is_said_to_who_reads_it(ringing):
    Message.objects.update(language="ja-easy")

    assert "機械の電話です" in said(pick_up(ringing))


def test_who_hears_it_to_the_end_is_reached(ringing):
    document = pick_up(ringing)
    ringing.refresh_from_db()
    assert ringing.state == "sent"

    heard = speak(call_address(document.find("Redirect").text, {"CallSid": CALL}))

    ringing.refresh_from_db()
    assert ringing.state == "delivered"
    words = said(heard)
    for key in ("いち", "さん", "きゅう"):
        assert f"{key}を押してください" in words
    assert words.count(WORDS) == 1
    assert heard[-1].tag == "Hangup"


def test_a_message_that_asks_says_itself_what_one_means(ringing, settings):
    """Else who presses 1 to say "I have heard it" would have answered the question."""
    settings.NOTIFICATION_PURPOSES = {ringing.purpose: {"consent": False, "asks": True}}
    document = pick_up(ringing)
    heard = speak(call_address(document.find("Redirect").text, {"CallSid": CALL}))
    assert "いちを押してください" not in said(heard)
    assert "さんを押してください" in said(heard)


def test_a_key_may_be_pressed_while_it_speaks_and_is_told_to_us(ringing):
    gather = pick_up(ringing).find("Gather")

    assert gather.get("numDigits") == "1"
    assert gather.get("action") == f"{SITE}/webhooks/twilio/voice/key/?message={ringing.pk}"
    assert gather.find("Say") is not None


def test_a_call_that_ends_after_the_message_was_heard_changes_nothing(ringing):
    document = pick_up(ringing)
    call_address(document.find("Redirect").text, {"CallSid": CALL})
    before = ringing.events.count()

    assert status(ringing, "completed") == "delivered"
    assert ringing.events.count() == before


def test_who_hangs_up_before_the_end_was_not_reached(ringing):
    pick_up(ringing)

    assert status(ringing, "completed") == "failed"
    assert ringing.reason


@pytest.mark.parametrize("machine", ["machine_start", "machine_end_beep", "fax"])
def test_a_machine_that_answers_is_not_reached_and_hears_nothing(ringing, machine):
    document = pick_up(ringing, answered_by=machine)

    ringing.refresh_from_db()
    assert ringing.state == "failed"
    assert [part.tag for part in document] == ["Hangup"]
    assert status(ringing, "completed", AnsweredBy=machine) == "failed"
    assert ringing.followed_by.channel == "call"


@pytest.mark.parametrize("word", ["busy", "no-answer"])
def test_a_telephone_nobody_answers_rings_once_more_and_then_no_more(ringing, word, now):
    ringing.events.create(state="sent", at=now, detail=CALL)

    assert status(ringing, word) == "queued"
    assert ringing.provider_id == ""
    assert ringing.not_before > now

    # Told again, it is about the call that is over.
    before = ringing.events.count()
    assert status(ringing, word) == "queued"
    assert ringing.events.count() == before

    second = "CA" + "2" * 32
    Message.objects.update(state="sent", provider_id=second)
    ringing.events.create(state="sent", at=now, detail=second)
    assert status(ringing, word) == "sent"
    assert status(ringing, word, sid=second) == "failed"


def test_a_call_that_cannot_be_put_through_has_failed(ringing):
    assert status(ringing, "failed") == "failed"


def test_a_call_answered_before_it_was_written_down_is_known_by_its_address(ringing, now):
    claim = "11111111-1111-1111-1111-111111111111"
    Message.objects.update(state="sending", provider_id="", claim=claim, claim_expires_at=now)

    document = pick_up(ringing)
    call_address(document.find("Redirect").text, {"CallSid": CALL})

    ringing.refresh_from_db()
    assert (ringing.state, ringing.provider_id) == ("delivered", CALL)


def test_nothing_is_said_to_who_has_withdrawn_meanwhile(ringing, now):
    Consent.objects.update(withdrawn_at=now)

    assert [part.tag for part in pick_up(ringing)] == ["Hangup"]
    ringing.refresh_from_db()
    assert ringing.state == "failed"


def test_nothing_is_said_on_a_number_stopped_meanwhile(ringing):
    ringing.point.state = "stopped"
    ringing.point.save()

    assert [part.tag for part in pick_up(ringing)] == ["Hangup"]


def test_another_call_hears_nothing_of_this_message(ringing):
    assert [part.tag for part in pick_up(ringing, sid="CA" + "9" * 32)] == ["Hangup"]

    ringing.refresh_from_db()
    assert ringing.state == "sent"


def test_a_call_about_no_message_is_ended(db):
    form = {"CallSid": CALL, "AnsweredBy": "human"}

    assert [part.tag for part in speak(call("twilio_voice", form))] == ["Hangup"]


@pytest.mark.parametrize("key", list("1239"))
def test_a_key_is_noted_once_and_told_to_the_apps_above(ringing, answers, key):
    told, _ = answers

    for _ in range(10):
        press(ringing, key)

    assert told == [(ringing, Answer(key))]
    kept = InboundText.objects.get()
    assert (kept.body, kept.point) == (key, ringing.point)
    ringing.refresh_from_db()
    assert ringing.state == "delivered"


def test_what_an_app_above_replies_is_said(ringing, answers):
    _, reply = answers
    reply[Answer.CANCEL] = "お席を取り消しました。"

    assert said(press(ringing, "2")) == "お席を取り消しました。"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("1", "ありがとうございました"),
        ("2", "取り消すものがありません"),
        ("3", "へお電話ください"),
        ("9", "お知らせをやめます"),
        ("7", "分かりませんでした"),
        ("*", "分かりませんでした"),
    ],
)
def test_where_nobody_replies_the_caller_is_still_told(ringing, monkeypatch, key, words):
    monkeypatch.setattr(message_answered, "receivers", [])
    message_answered.sender_receivers_cache.clear()

    assert words in said(press(ringing, key))


def test_a_key_that_means_nothing_is_not_kept(ringing):
    press(ringing, "5")

    assert not InboundText.objects.exists()


def test_nine_stops_the_number_and_ends_the_consent(ringing, haru):
    press(ringing, "9")

    ringing.point.refresh_from_db()
    assert ringing.point.state == "stopped"
    assert not haru.takes_automatic_calls()
    assert InboundText.objects.get().kind == "stop"


def test_a_key_that_could_not_be_acted_on_is_not_noted_and_the_caller_hears_so(ringing, caplog):
    def fails(message, answer, **_):
        raise RuntimeError(message.contact.name)

    message_answered.connect(fails, weak=False, dispatch_uid="fails")
    try:
        words = said(press(ringing, "2"))
    finally:
        message_answered.disconnect(dispatch_uid="fails")

    assert "承ることができませんでした" in words
    assert not InboundText.objects.exists()
    assert HARU.name not in caplog.text


def test_a_key_of_another_call_changes_nothing(ringing):
    press(ringing, "9", sid="CA" + "9" * 32)

    ringing.point.refresh_from_db()
    assert ringing.point.state == "usable"
    assert not InboundText.objects.exists()
