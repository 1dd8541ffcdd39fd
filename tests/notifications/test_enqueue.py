from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import translation

from notifications import reasons
from notifications.actions import consents
from notifications.actions.messages import Told
from notifications.models import Contact, ContactPoint, Message, MessageEvent
from notifications.purposes import UnknownPurpose
from tests.cast import HARU, LINH
from tests.notifications.conftest import write_down


def test_a_message_waits_in_the_persons_language_for_the_channel_that_reaches_them(
    linh, queue, now
):
    message = queue(linh, not_before=now, useless_after=now + timedelta(days=1))

    assert (message.state, message.channel, message.language) == ("queued", "sms", "vi")
    assert message.point.value == "+819000000012"
    assert message.body.startswith("Từ 1 tháng")
    assert (message.queued_at, message.not_before) == (now, now)
    event = message.events.get()
    assert (event.state, event.at) == ("queued", now)


def test_a_landline_means_that_somebody_calls_with_the_long_text(db, queue):
    message = queue(write_down(HARU))

    assert (message.channel, message.subject) == ("call", "スマホ教室のお知らせ")


def test_the_same_reference_makes_one_message(linh, queue):
    first = queue(linh)
    second = queue(linh, context={"topic": "別の話", "starts_at": first.queued_at})

    assert second == first
    assert "別の話" not in second.body
    assert MessageEvent.objects.count() == 1


def test_a_purpose_nobody_declares_is_refused(linh, queue):
    with pytest.raises(UnknownPurpose, match="lottery"):
        queue(linh, purpose="lottery")
    assert issubclass(UnknownPurpose, ValueError)
    assert not Message.objects.exists()


def test_who_has_not_agreed_to_news_gets_none(linh, queue):
    message = queue(linh, purpose="class-news")

    assert message.state == "dropped"
    assert message.reason == reasons.in_house_language(reasons.NO_CONSENT)
    assert message.events.get().state == "dropped"


def test_who_has_agreed_gets_news_until_they_ask_to_be_left_alone(linh, queue, now):
    consents.give(contact=linh, purpose="class-news", how="web", wording="はい", now=now)
    assert queue(linh, purpose="class-news", reference="first").state == "queued"

    linh.do_not_contact = True
    linh.save()
    dropped = queue(linh, purpose="class-news", reference="second")
    assert dropped.state == "dropped"
    assert dropped.reason == reasons.in_house_language(reasons.DO_NOT_CONTACT)
    assert queue(linh, reference="an answer").state == "queued"


@pytest.mark.parametrize("state", ["stopped", "wrong"])
def test_who_cannot_be_reached_is_put_before_the_staff(linh, queue, state):
    ContactPoint.objects.update(state=state)

    message = queue(linh)

    assert (message.state, message.point, message.channel) == ("held", None, "call")
    assert message.reason == reasons.in_house_language(reasons.NO_WAY)
    assert message.body


def test_a_protected_person_without_a_phone_gets_no_letter(db, queue):
    contact = write_down(HARU, phone=None, post="鹿角市花輪1")
    contact.protected = True
    contact.save()

    assert queue(contact).state == "held"


def test_a_reason_is_in_the_staffs_language_whatever_the_resident_reads(linh, queue):
    with translation.override("vi"):
        message = queue(linh, purpose="class-news")

    with translation.override("ja"):
        assert message.reason == str(reasons.NO_CONSENT)


def test_a_message_disappears_with_the_fact_it_announces(linh, queue):
    with transaction.atomic():
        queue(linh)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_occasion_announced_by_many_at_once_makes_one_message(queue):
    contact = write_down(LINH)
    together = Barrier(6)

    def announce(_):
        try:
            mine = Contact.objects.get(pk=contact.pk)
            together.wait(timeout=10)
            return queue(mine, reference="class-7-reminder").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(announce, range(6)))

    assert keys == {Message.objects.get().pk}
    assert MessageEvent.objects.count() == 1


def test_who_is_on_the_telephone_is_not_called_again_to_hear_the_same(queue, staff):
    haru = write_down(HARU)

    message = queue(haru, told=Told(haru, staff("desk")))

    assert (message.channel, message.state) == ("call", "sent")
    assert message.sent_at == message.queued_at
    assert [(event.state, event.by) for event in message.events.all()] == [("sent", staff("desk"))]


@pytest.mark.django_db
def test_who_pressed_a_key_in_an_automatic_call_is_not_called_again(queue, now):
    haru = write_down(HARU)
    consents.give(contact=haru, purpose="automatic-call", how="in_person", wording="…", now=now)
    message = queue(haru, told=Told(haru))
    assert (message.channel, message.state) == ("voice", "sent")
    assert queue(haru, reference="another").state == "queued"


def test_who_reads_texts_gets_one_even_while_on_the_telephone(linh, queue, staff):
    message = queue(linh, told=Told(linh, staff("desk")))

    assert (message.channel, message.state) == ("sms", "queued")
    assert message.events.get().by is None
