from datetime import timedelta

import pytest

from notifications.actions import announcements as outbox
from notifications.actions import claims, contacts, outcomes
from notifications.actions.outcomes import Outcome
from notifications.models import Announcement, Contact, ContactPoint, Message, MessageEvent
from notifications.reasons import ANNOUNCEMENT_STOPPED, in_house_language
from notifications.rules.sms import sms_parts
from outreach.classes.models import ClassSession
from outreach.desk.actions import announcement_queue, announcements
from outreach.desk.actions.announcement_queue import queue_scheduled
from outreach.desk.actions.announcements import AlreadyOnItsWay, Written, fingerprint
from outreach.desk.rules.audiences import Audience
from outreach.people.models import Task
from tests.cast import AKIKO, GRANDSON, HARU, LI_NA, LINH


def told() -> set[str]:
    return {message.contact.name for message in Message.objects.exclude(announcement=None)}


# The worker's transactions are its own, so that what it has done stays when it is killed.
pytestmark = pytest.mark.django_db(transaction=True)


def test_each_gets_it_in_their_language_by_their_channel(subscriber, draft, send):
    subscriber(HARU)
    subscriber(LINH)
    words = [
        Written("ja", "教室 停止は{city_phone}", "お知らせ", "教室です。"),
        Written("vi", "Lớp học. Ngừng: {city_phone}"),
    ]

    assert send(draft(texts=words)) == 2

    call = Message.objects.get(channel="call")
    assert (call.language, call.subject, call.body) == ("ja", "お知らせ", "教室です。")
    assert (call.code, call.parts) == ("", 0)
    sms = Message.objects.get(channel="sms")
    assert sms.language == "vi"
    assert sms.body == f"Lớp học. Ngừng: 0186-00-0100 {sms.code}"
    assert len(sms.code) == 4
    assert sms.parts == sms_parts(sms.body)


def test_a_form_nobody_wrote_in_a_language_comes_in_japanese(subscriber, draft, send):
    linh = subscriber(LINH)
    linh.contact.channel_order = ["call"]
    linh.contact.save()
    words = [
        Written("ja", "停止{city_phone}", "題", "教室です。"),
        Written("vi", "Ngừng {city_phone}"),
    ]

    send(draft(texts=words))

    message = Message.objects.get()
    assert (message.channel, message.language, message.body) == ("call", "ja", "教室です。")


def test_each_link_is_the_readers_own(subscriber, draft, send):
    for one in (LINH, LI_NA):
        subscriber(one)

    send(draft(texts=[Written("ja", "停止{city_phone} {my_url}", "題", "文")]))

    for message in Message.objects.all():
        assert f"/{message.contact.language}/my/{message.contact.pk}." in message.body


def test_every_message_has_its_reference_and_its_event(subscriber, draft, send, present):
    person = subscriber(HARU)
    announcement = draft(useless_after=present + timedelta(days=3))

    send(announcement)

    message = Message.objects.get()
    assert message.reference == f"announcement:{announcement.pk}:{person.contact_id}"
    assert (message.purpose, message.useless_after) == ("class-news", announcement.useless_after)
    event = MessageEvent.objects.get()
    assert (event.message, event.state, event.at) == (message, "queued", present)
    assert announcement.state == "queued"


def test_calling_it_again_changes_nothing(subscriber, draft, send, present):
    subscriber(HARU)
    send(draft())

    assert queue_scheduled(now=present) == 0
    assert Message.objects.count() == 1


def test_what_is_planned_waits_for_its_time(subscriber, draft, present):
    subscriber(HARU)
    announcement = draft()
    announcements.submit(
        announcement=announcement,
        seen=fingerprint(announcement),
        now=present,
        send_at=present + timedelta(hours=2),
    )

    assert queue_scheduled(now=present + timedelta(minutes=119)) == 0
    assert queue_scheduled(now=present + timedelta(hours=2)) == 1


def test_after_an_interruption_it_goes_on_with_the_next_person(
    subscriber, draft, send, present, monkeypatch
):
    for one in (HARU, LINH, LI_NA, AKIKO):
        subscriber(one)
    monkeypatch.setattr(announcement_queue, "CHUNK", 1)
    queue, calls = outbox.queue, []

    def killed_at_the_third(**arguments):
        calls.append(1)
        queued = queue(**arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return queued

    monkeypatch.setattr(outbox, "queue", killed_at_the_third)
    announcement = draft()
    with pytest.raises(KeyboardInterrupt):
        send(announcement)
    assert Message.objects.count() == 2

    queue_scheduled(now=present)

    assert told() == {HARU.name, LINH.name, LI_NA.name, AKIKO.name}
    assert Message.objects.count() == MessageEvent.objects.count() == 4


def test_a_shared_number_is_told_once_across_transactions(subscriber, draft, send, monkeypatch):
    akiko, _ = subscriber(AKIKO), subscriber(GRANDSON)
    akiko.contact.points.filter(kind="email").delete()
    monkeypatch.setattr(announcement_queue, "CHUNK", 1)

    assert send(draft()) == 1


def test_nor_is_it_told_again_when_the_first_message_has_failed(
    subscriber, draft, send, present, monkeypatch
):
    akiko, _ = subscriber(AKIKO), subscriber(GRANDSON)
    akiko.contact.points.filter(kind="email").delete()
    monkeypatch.setattr(announcement_queue, "CHUNK", 1)
    queue = outbox.queue

    def and_fails_at_once(**arguments):
        queued = queue(**arguments)
        Message.objects.update(state="failed")
        return queued

    monkeypatch.setattr(outbox, "queue", and_fails_at_once)

    assert send(draft()) == 1


@pytest.mark.parametrize(
    ("hours", "count"), [pytest.param(23, 1, id="within a day"), pytest.param(25, 2, id="after it")]
)
def test_a_number_gets_one_announcement_a_day(subscriber, draft, send, present, hours, count):
    subscriber(HARU)
    subscriber(LINH)
    send(draft(Audience(languages=("ja",))))
    Message.objects.update(state="sent", sent_at=present)

    later = present + timedelta(hours=hours)
    send(draft(), now=later)

    assert Message.objects.filter(contact__name=HARU.name).count() == count


def test_one_that_still_waits_counts_however_old_it_is(subscriber, draft, send, present):
    subscriber(HARU)
    subscriber(LINH)
    send(draft(Audience(languages=("ja",))))

    send(draft(), now=present + timedelta(days=3))

    assert Message.objects.filter(contact__name=HARU.name).count() == 1


def test_one_that_never_went_out_does_not_count(subscriber, draft, send):
    subscriber(HARU)
    send(draft())
    Message.objects.update(state="dropped")

    assert send(draft()) == 1


def test_a_message_of_its_own_does_not_count(subscriber, registration, draft, send):
    subscriber(LINH)
    assert Message.objects.filter(purpose="class-registration").exists()

    assert send(draft()) == 1


def test_stopping_drops_what_waits_and_leaves_what_has_gone(
    subscriber, draft, send, staff, present
):
    for one in (HARU, LINH, LI_NA):
        subscriber(one)
    announcement = draft()
    send(announcement)
    sent = Message.objects.get(contact__name=LINH.name)
    Message.objects.filter(pk=sent.pk).update(state="sent", sent_at=present)

    assert announcements.stop(announcement=announcement, by=staff("desk"), now=present) == 2

    states = dict(Message.objects.values_list("contact__name", "state"))
    assert states == {HARU.name: "dropped", LINH.name: "sent", LI_NA.name: "dropped"}
    dropped = MessageEvent.objects.filter(state="dropped")
    assert {event.by for event in dropped} == {staff("desk")}
    assert all(event.detail for event in dropped)
    with pytest.raises(AlreadyOnItsWay):
        announcements.stop(announcement=announcement, by=staff("desk"), now=present)


def test_after_a_stop_nobody_else_is_queued(subscriber, draft, staff, present, monkeypatch):
    for one in (HARU, LINH, LI_NA):
        subscriber(one)
    monkeypatch.setattr(announcement_queue, "CHUNK", 1)
    announcement = draft()
    announcements.submit(announcement=announcement, seen=fingerprint(announcement), now=present)
    queue = outbox.queue

    def stopped_after_the_first(**arguments):
        queued = queue(**arguments)
        Announcement.objects.update(state="stopped")
        return queued

    monkeypatch.setattr(outbox, "queue", stopped_after_the_first)
    queue_scheduled(now=present)

    assert Message.objects.count() == 1


def test_what_is_just_being_sent_is_not_called_back(subscriber, draft, send, staff, present):
    subscriber(LINH)
    announcement = draft()
    send(announcement)
    claims.claim_due(now=present, limit=10)

    assert announcements.stop(announcement=announcement, by=staff("desk"), now=present) == 0
    assert Message.objects.get().state == "sending"


@pytest.mark.parametrize("how", ["the carrier was busy", "the next channel is tried"])
def test_what_comes_back_after_a_stop_is_dropped_when_its_turn_comes(
    subscriber, draft, send, staff, present, how
):
    contact = subscriber(LINH).contact
    contacts.record(name=contact.name, language="vi", email="linh@example.com", contact=contact)
    announcement = draft()
    send(announcement)
    claim = claims.claim_due(now=present, limit=10)
    announcements.stop(announcement=announcement, by=staff("desk"), now=present)
    came = Message.State.QUEUED if how == "the carrier was busy" else Message.State.FAILED
    outcomes.record(
        claim=claim.token, outcomes=[Outcome(claim.messages[0], came, "…")], now=present
    )

    assert claims.claim_due(now=present, limit=10).messages == []
    last = Message.objects.order_by("pk").last()
    assert (last.state, last.reason) == ("dropped", in_house_language(ANNOUNCEMENT_STOPPED))


def test_nobody_is_called_any_more_about_what_was_stopped(subscriber, draft, send, staff, present):
    subscriber(HARU)
    announcement = draft()
    send(announcement)
    claims.claim_due(now=present, limit=10)
    assert [task.kind for task in Task.objects.open()] == ["call"]

    assert announcements.stop(announcement=announcement, by=staff("desk"), now=present) == 1

    assert Message.objects.get().state == "dropped"
    assert not Task.objects.open()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": ClassSession.State.CALLED_OFF}, id="called off"),
        pytest.param({"seats_taken": 10}, id="full"),
    ],
)
def test_a_class_nobody_can_join_any_more_is_not_announced(
    subscriber, draft, send, session, change
):
    subscriber(HARU)
    ClassSession.objects.update(**change)

    announcement = draft(Audience(session=session.pk))

    assert send(announcement) == 0
    assert announcement.state == "stopped"
    assert announcement.reason


def test_what_is_of_no_use_any_more_is_not_queued(subscriber, draft, send, present):
    subscriber(HARU)
    announcement = draft(useless_after=present)

    assert send(announcement) == 0
    assert announcement.state == "stopped"


def test_an_audience_that_has_grown_past_the_ceiling_waits_for_a_colleague(
    subscriber, draft, present, settings
):
    settings.ANNOUNCEMENT_APPROVAL_ABOVE = 1
    subscriber(HARU)
    announcement = draft()
    announcements.submit(announcement=announcement, seen=fingerprint(announcement), now=present)
    subscriber(LINH)

    assert queue_scheduled(now=present) == 0
    announcement.refresh_from_db()
    assert (announcement.state, announcement.expected) == ("waiting", 2)


def test_one_that_cannot_be_queued_does_not_hold_up_the_next(
    subscriber, draft, send, present, caplog
):
    subscriber(HARU)
    broken = draft(Audience(languages=("ja",)))
    announcements.submit(announcement=broken, seen=fingerprint(broken), now=present)
    broken.texts.all().delete()
    Announcement.objects.filter(pk=broken.pk).update(state="queueing")

    assert send(draft()) == 1
    assert "could not be queued" in caplog.text


def test_a_stopped_number_is_not_written_to(subscriber, draft, send):
    person = subscriber(LINH)
    subscriber(HARU)
    ContactPoint.objects.filter(contacts=person.contact).update(state="stopped")

    send(draft())

    assert told() == {HARU.name}
    assert Contact.objects.count() == 2
