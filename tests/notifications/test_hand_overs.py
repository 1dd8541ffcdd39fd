from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from notifications.actions import hand_overs
from notifications.actions.deliveries import deliver_due
from notifications.actions.hand_overs import HandOverSettled, SendingIsOff
from notifications.links import my_url
from notifications.models import Contact, ContactPoint, HandOver, Message, SendingStop
from notifications.rules.phones import parse_phone
from tests.cast import HARU, LINH
from tests.notifications.conftest import write_down

ADDRESS = "〒018-5201 秋田県鹿角市花輪字八正寺13"
SMS_FILE, LETTERS, POSTCARDS = (
    HandOver.Kind.SMS_FILE,
    HandOver.Kind.LETTERS,
    HandOver.Kind.POSTCARDS,
)


@pytest.fixture
def officer(db):
    return User.objects.create_user("madoguchi")


@pytest.fixture
def csv_backend(settings):
    settings.SMS_BACKEND = "csv"


@pytest.fixture
def sms(csv_backend, linh, queue):
    return queue(linh)


@pytest.fixture
def letter(db, queue):
    return queue(write_down(HARU, phone=None, post=ADDRESS))


@pytest.fixture
def make(officer, now):
    def make_one(kind=SMS_FILE, at=now):
        return hand_overs.make(kind=kind, by=officer, now=at)

    return make_one


def fresh(message):
    return Message.objects.get(pk=message.pk)


def test_a_file_takes_what_waits_and_nothing_else(make, sms, letter):
    hand_over = make()

    assert list(hand_over.messages.all()) == [sms]
    assert fresh(sms).state == "queued"
    assert fresh(letter).hand_over is None


def test_a_second_file_finds_nothing_left(make, sms):
    make()

    assert make() is None
    assert HandOver.objects.count() == 1


def test_the_worker_leaves_alone_what_is_handed_over(sms, letter, now):
    deliver_due(now=now)

    assert {fresh(sms).state, fresh(letter).state} == {"queued"}


def test_without_the_setting_text_messages_are_no_hand_over(make, linh, queue):
    queue(linh)

    assert make() is None


def test_what_was_handed_over_is_sent_by_whom_and_when(make, sms, officer, now):
    later = now + timedelta(hours=1)

    count = hand_overs.finish(hand_over=make(), by=officer, now=later)

    sent = fresh(sms)
    assert count == 1
    assert (sent.state, sent.carrier, sent.sent_at, sent.attempts) == ("sent", "csv", later, 1)
    event = sent.events.latest("pk")
    assert (event.state, event.by, event.at) == ("sent", officer, later)
    hand_over = HandOver.objects.get()
    assert (hand_over.state, hand_over.settled_by) == ("done", officer)


def test_paper_is_carried_by_print(make, letter, officer, now):
    hand_overs.finish(hand_over=make(LETTERS), by=officer, now=now)

    assert fresh(letter).carrier == "print"


def test_what_was_discarded_waits_again(make, sms, officer, now):
    hand_overs.discard(hand_over=make(), by=officer, now=now)

    assert (fresh(sms).state, fresh(sms).hand_over) == ("queued", None)
    assert list(make().messages.all()) == [sms]


@pytest.mark.parametrize("first", [hand_overs.finish, hand_overs.discard], ids=["done", "back"])
@pytest.mark.parametrize("second", [hand_overs.finish, hand_overs.discard], ids=["done", "back"])
def test_a_file_is_settled_once(make, sms, officer, now, first, second):
    hand_over = make()
    first(hand_over=hand_over, by=officer, now=now)
    state = fresh(sms).state

    with pytest.raises(HandOverSettled):
        second(hand_over=hand_over, by=officer, now=now)
    with pytest.raises(HandOverSettled):
        hand_overs.contents(hand_over=hand_over, now=now)
    assert fresh(sms).state == state


def stop(message):
    ContactPoint.objects.filter(pk=message.point_id).update(state="stopped")


def protect(message):
    Contact.objects.filter(pk=message.contact_id).update(protected=True)


def make_late(message):
    Message.objects.filter(pk=message.pk).update(useless_after=message.queued_at)


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        pytest.param(stop, "failed", id="stopped"),
        pytest.param(protect, "held", id="protected"),
        pytest.param(make_late, "dropped", id="too late"),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_may_not_go_out_is_in_no_file(make, letter, now, happens, state, when):
    if when == "before":
        happens(letter)
        assert make(LETTERS) is None
        assert not HandOver.objects.exists()
    else:
        hand_over = make(LETTERS)
        happens(letter)
        assert hand_overs.contents(hand_over=hand_over, now=now) == []

    assert (fresh(letter).state, fresh(letter).hand_over) == (state, None)
    assert fresh(letter).reason


@pytest.mark.parametrize("how", ["setting", "stop"])
def test_while_sending_is_off_no_file_is_made(make, sms, settings, now, how):
    hand_over = make()
    if how == "setting":
        settings.SENDING_ALLOWED = False
    else:
        SendingStop.objects.create(reason="復元", stopped_at=now)

    with pytest.raises(SendingIsOff):
        make(LETTERS)
    with pytest.raises(SendingIsOff):
        hand_overs.contents(hand_over=hand_over, now=now)


def test_paper_comes_in_runs_that_can_be_folded(make, queue, db, monkeypatch):
    monkeypatch.setattr(hand_overs, "MOST_PRINTED", 2)
    for number in range(3):
        queue(write_down(HARU, phone=None, post=f"{ADDRESS}-{number}"))

    assert [make(LETTERS).messages.count() for _ in range(2)] == [2, 1]


@pytest.mark.parametrize(
    ("purpose", "body", "fits"),
    [
        pytest.param("class-news", "教室のお知らせ", True, id="news"),
        pytest.param("visit", "訪問のお知らせ", False, id="tells of the person"),
        pytest.param("class-news", "長" * 400, False, id="too long"),
    ],
)
def test_a_postcard_is_made_only_of_what_everybody_may_read(
    make, letter, settings, purpose, body, fits
):
    settings.NOTIFICATION_PURPOSES = {
        "class-news": {"consent": False, "postcard": True},
        "visit": {"consent": False},
    }
    Message.objects.update(purpose=purpose, body=body)

    hand_over = make(POSTCARDS)

    assert (hand_over is not None) is fits
    if not fits:
        assert make(LETTERS).messages.count() == 1


def test_the_link_to_the_own_page_is_on_no_postcard(make, letter, settings):
    settings.NOTIFICATION_PURPOSES = {"class-news": {"consent": False, "postcard": True}}
    Message.objects.update(purpose="class-news", body=my_url(letter.contact))

    assert make(POSTCARDS) is None


MANY = 40


@pytest.fixture
def many(csv_backend, transactional_db, queue):
    for number in range(MANY):
        queue(write_down(LINH, phone=parse_phone(f"090-0000-{number:04d}")), now=timezone.now())


def make_at_once(officers):
    start = Barrier(len(officers))

    def make_one(officer):
        try:
            start.wait(timeout=10)
            return hand_overs.make(kind=SMS_FILE, by=officer, now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(len(officers)) as pool:
        return [made for made in pool.map(make_one, officers) if made]


@pytest.fixture
def officers(transactional_db):
    return [User.objects.create_user(f"madoguchi{number}") for number in range(4)]


@pytest.fixture
def noted(monkeypatch):
    """What each file was made of, as its maker saw it."""
    taken = {}
    judged = hand_overs._judged

    def watch(hand_over, now):
        messages = judged(hand_over, now)
        taken[hand_over.pk] = [message.pk for message in messages]
        return messages

    monkeypatch.setattr(hand_overs, "_judged", watch)
    return taken


def test_officers_who_make_a_file_at_once_share_no_message(many, officers, noted):
    made = make_at_once(officers)

    keys = [key for one in made for key in noted[one.pk]]
    assert sorted(keys) == sorted(Message.objects.values_list("pk", flat=True))
    assert Message.objects.filter(hand_over__in=made).count() == MANY


def test_control_files_made_of_what_was_seen_before_share_messages(
    many, officers, noted, monkeypatch
):
    seen = [message.pk for message in hand_overs.waiting(SMS_FILE, now=timezone.now())]
    monkeypatch.setattr(hand_overs, "_choose", lambda kind, now: seen)

    made = make_at_once(officers)

    keys = [key for one in made for key in noted[one.pk]]
    assert len(keys) > len(set(keys))
