from datetime import timedelta

import pytest

from notifications.actions import consents, outcomes, stops
from notifications.actions.outcomes import Outcome
from notifications.models import ContactPoint, Message
from notifications.signals import number_stopped
from tests.cast import AKIKO, GRANDSON
from tests.notifications.conftest import write_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def akiko(db):
    return write_down(AKIKO)


@pytest.fixture
def mobile(akiko):
    return akiko.points.get(kind="phone")


def stop(point, now):
    stops.stop_point(point=point, now=now, how=stops.How.SMS)


def test_a_stopped_number_is_stopped_for_everybody_who_shares_it(akiko, mobile, now):
    grandson = write_down(GRANDSON)

    stop(mobile, now)

    assert not grandson.usable_points().exists()
    assert [point.kind for point in akiko.usable_points()] == ["email"]


def test_news_that_waits_for_it_is_dropped(akiko, mobile, now, queue):
    consents.give(contact=akiko, purpose="class-news", how="web", wording="ja", now=now)
    message = queue(akiko, purpose="class-news")

    stop(mobile, now)

    message.refresh_from_db()
    assert message.state == "dropped"
    assert message.reason
    assert not Message.objects.filter(follows=message).exists()


def test_an_answer_to_something_they_did_fails_there(akiko, mobile, now, queue):
    message = queue(akiko)

    stop(mobile, now)

    message.refresh_from_db()
    assert message.state == "failed"
    assert message.events.filter(state="failed").count() == 1
    assert message.followed_by.channel == "email"


def test_what_waits_for_a_number_the_carrier_has_stopped_goes_on_too(
    akiko, mobile, now, queue, django_capture_on_commit_callbacks
):
    refused, waits = queue(akiko), queue(akiko, reference="waits")
    refusal = Outcome(refused, Message.State.FAILED, "stopped", point_state="stopped")

    with django_capture_on_commit_callbacks(execute=True):
        outcomes.write([refusal], now=now)

    waits.refresh_from_db()
    assert waits.state == "failed"
    assert waits.followed_by.channel == "email"


@pytest.mark.parametrize("state", ["sending", "sent", "delivered", "unknown", "held"])
def test_what_no_longer_waits_is_left_alone(akiko, mobile, now, queue, state):
    message = queue(akiko)
    claim = "11111111-1111-1111-1111-111111111111" if state == "sending" else None
    Message.objects.filter(pk=message.pk).update(state=state, claim=claim)

    stop(mobile, now)

    message.refresh_from_db()
    assert message.state == state


def test_what_waits_for_another_address_is_left_alone(akiko, mobile, now, queue):
    akiko.channel_order = ["email"]
    akiko.save()
    message = queue(akiko)

    stop(mobile, now)

    message.refresh_from_db()
    assert message.state == "queued"


def test_a_stop_is_told_after_it_stands(mobile, now, django_capture_on_commit_callbacks):
    told = []

    def listen(point, contact, how, **_):
        told.append((point, contact, how, ContactPoint.objects.get(pk=point.pk).state))

    number_stopped.connect(listen, weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            stop(mobile, now)
        assert not told
        for callback in callbacks:
            callback()
    finally:
        number_stopped.disconnect(dispatch_uid="test")

    assert told == [(mobile, None, stops.How.SMS, "stopped")]


def test_who_withdraws_from_automatic_calls_is_called_by_none_that_wait(akiko, now, queue):
    consents.give(contact=akiko, purpose="automatic-call", how="in_person", wording="ja", now=now)
    message = queue(akiko)
    Message.objects.filter(pk=message.pk).update(channel="voice")

    consents.withdraw(contact=akiko, purpose="automatic-call", now=now + timedelta(days=1))

    message.refresh_from_db()
    assert message.state == "failed"
    assert message.reason


def test_who_withdraws_from_news_is_still_called(akiko, now, queue):
    consents.give(contact=akiko, purpose="class-news", how="web", wording="ja", now=now)
    message = queue(akiko)
    Message.objects.filter(pk=message.pk).update(channel="voice")

    consents.withdraw(contact=akiko, purpose="class-news", now=now)

    message.refresh_from_db()
    assert message.state == "queued"
