"""A colleague calls: told, not reached, and the answer taken back."""

import pytest

from notifications.actions import colleague_calls
from notifications.actions.colleague_calls import CallSettled, NextUnderWay
from notifications.models import Message
from notifications.signals import message_failed
from tests.cast import HARU
from tests.notifications.conftest import write_down


@pytest.fixture
def call(db, queue):
    """A call to Haru, who has a landline and a letter box."""
    haru = write_down(HARU, post="花輪字八正寺13")
    message = queue(haru)
    assert message.channel == "call"
    Message.objects.filter(pk=message.pk).update(state="held")
    message.refresh_from_db()
    return message


@pytest.fixture
def officer(staff):
    return staff("desk")


def test_a_person_who_was_told_is_sent_the_message_by_the_officer(call, officer, now):
    colleague_calls.reached(message=call, by=officer, now=now)

    call.refresh_from_db()
    assert (call.state, call.sent_at) == ("sent", now)
    assert call.events.latest("pk").by == officer
    assert not Message.objects.filter(follows=call).exists()


def test_a_person_who_was_not_reached_gets_a_letter(call, officer, now):
    colleague_calls.not_reached(message=call, by=officer, now=now)

    call.refresh_from_db()
    letter = Message.objects.get(follows=call)
    assert (call.state, letter.channel, letter.state) == ("failed", "letter", "queued")
    assert call.events.latest("pk").by == officer


@pytest.mark.parametrize("has_letter_box", [True, False])
def test_only_where_no_way_is_left_are_the_apps_above_told(
    call, officer, now, has_letter_box, django_capture_on_commit_callbacks
):
    told = []

    def listen(message, **kwargs):
        told.append(message.pk)

    message_failed.connect(listen)
    if not has_letter_box:
        call.contact.points.filter(kind="post").delete()
    try:
        with django_capture_on_commit_callbacks(execute=True):
            colleague_calls.not_reached(message=call, by=officer, now=now)
    finally:
        message_failed.disconnect(listen)

    assert told == ([] if has_letter_box else [call.pk])


@pytest.mark.parametrize("answer", [colleague_calls.reached, colleague_calls.not_reached])
def test_a_second_answer_to_one_call_is_refused(call, officer, now, answer):
    colleague_calls.reached(message=call, by=officer, now=now)

    with pytest.raises(CallSettled):
        answer(message=call, by=officer, now=now)

    assert call.events.filter(by=officer).count() == 1


def test_what_is_no_call_has_no_answer(linh, queue, officer, now):
    text = queue(linh)
    Message.objects.filter(pk=text.pk).update(state="held")

    with pytest.raises(CallSettled):
        colleague_calls.reached(message=text, by=officer, now=now)


@pytest.mark.parametrize("answer", [colleague_calls.reached, colleague_calls.not_reached])
def test_an_answer_taken_back_leaves_the_call_to_be_made(call, officer, now, answer):
    answer(message=call, by=officer, now=now)

    colleague_calls.take_back(message=call, by=officer, now=now)

    call.refresh_from_db()
    assert (call.state, call.sent_at) == ("held", None)
    assert not Message.objects.filter(state="queued").exists()


def test_the_letter_that_was_taken_back_goes_out_after_a_second_try(call, officer, now):
    for verb in (
        colleague_calls.not_reached,
        colleague_calls.take_back,
        colleague_calls.not_reached,
    ):
        verb(message=call, by=officer, now=now)

    assert Message.objects.get(follows=call).state == "queued"
    assert Message.objects.count() == 2


def test_a_call_is_not_taken_back_once_the_letter_is_on_its_way(call, officer, now):
    colleague_calls.not_reached(message=call, by=officer, now=now)
    Message.objects.filter(follows=call).update(state="sent")

    with pytest.raises(NextUnderWay):
        colleague_calls.take_back(message=call, by=officer, now=now)

    call.refresh_from_db()
    assert call.state == "failed"
