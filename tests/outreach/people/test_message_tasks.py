"""What becomes of messages that need a person: each is one task on the desk's list."""

from datetime import timedelta
from uuid import uuid4

import pytest

from notifications.actions import inbound, stops
from notifications.models import ContactPoint, Message
from notifications.rules.answers import Answer
from notifications.signals import message_answered, message_failed, message_held
from outreach.classes.actions import registrations
from outreach.people.actions import message_tasks, people, tasks
from outreach.people.actions.tasks import open_task
from outreach.people.models import Task
from tests.cast import AKIKO, GRANDSON, HARU, LINH

pytestmark = pytest.mark.django_db


@pytest.fixture
def write_to(now):
    """A message to somebody, in the state a test wants."""

    def put(person, *, reference="notice-1", **values):
        state = values.pop("state", "sent")
        columns = {
            "purpose": "visit",
            "channel": "sms",
            "language": person.contact.language,
            "body": "…",
            "queued_at": now,
            "point": person.contact.points.filter(kind="phone").first(),
            **values,
        }
        message = Message.objects.create(
            contact=person.contact, reference=reference, state=state, **columns
        )
        message.events.create(state=state, at=now)
        return message

    return put


def held(message):
    message_held.send(sender=Message, message=message)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param({"channel": "call"}, "call", id="a call to make"),
        pytest.param({"channel": "sms"}, "doubt", id="a text in doubt"),
        pytest.param({"channel": "email"}, "doubt", id="an e-mail in doubt"),
        pytest.param({"channel": "call", "point": None}, "not_reached", id="no way to them"),
        pytest.param({"channel": "letter"}, "not_reached", id="a letter that may not be sent"),
    ],
)
def test_a_message_that_waits_for_a_person_is_one_task(make_person, write_to, values, kind):
    haru = make_person(HARU)
    message = write_to(haru, state="held", reason="why", **values)

    held(message)
    held(message)

    task = Task.objects.get()
    assert (task.kind, task.person, task.message, task.words) == (kind, haru, message, "why")


def test_who_can_be_reached_by_nothing_is_a_task_at_once(
    make_session, now, django_capture_on_commit_callbacks
):
    nobody_can_call = people.identify(name="沢口トメ", language="ja")

    with django_capture_on_commit_callbacks(execute=True):
        registrations.register(
            session=make_session(), person=nobody_can_call, submission=uuid4(), how="paper", now=now
        )

    task = Task.objects.get()
    assert (task.kind, task.person) == ("not_reached", nobody_can_call)


def test_a_message_held_a_second_time_is_a_second_task(make_person, write_to, staff, now):
    message = write_to(make_person(LINH), state="held")
    held(message)
    tasks.finish(task=Task.objects.get(), by=staff("desk"), now=now)

    message.events.create(state="held", at=now)
    held(message)

    assert Task.objects.count() == 2
    assert Task.objects.open().count() == 1


@pytest.mark.parametrize("kind", ["call", "doubt"])
@pytest.mark.parametrize(
    ("state", "is_open"),
    [("held", True), ("unknown", True), ("delivered", False), ("dropped", False)],
)
def test_nobody_has_to_settle_what_is_settled(make_person, write_to, now, kind, state, is_open):
    person = make_person(HARU)
    message = write_to(person, state="held")
    open_task(kind=kind, cause="x", now=now, person=person, message=message)

    Message.objects.filter(pk=message.pk).update(state=state)

    assert Task.objects.open().exists() is is_open


def test_a_wish_to_speak_stays_whatever_becomes_of_the_message(make_person, write_to, now):
    person = make_person(HARU)
    message = write_to(person, state="delivered")
    open_task(kind="wish", cause="x", now=now, person=person, message=message)

    assert Task.objects.open().exists()


def test_who_no_channel_reached_is_on_the_list(make_person, write_to):
    haru = make_person(HARU)
    message = write_to(haru, state="failed")

    for _ in range(2):
        message_failed.send(sender=Message, message=message)

    assert Task.objects.get().kind == "not_reached"


def test_a_stopped_number_is_a_task_for_each_of_the_others(
    make_person, now, django_capture_on_commit_callbacks
):
    akiko, grandson = make_person(AKIKO), make_person(GRANDSON)
    mobile = ContactPoint.objects.get(kind="phone")

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            stops.stop_point(point=mobile, now=now, how=stops.How.SMS, contact=akiko.contact)

    task = Task.objects.get()
    assert (task.kind, task.person) == ("stopped", grandson)


def test_where_nobody_can_tell_who_stopped_it_everybody_is_asked(
    make_person, now, django_capture_on_commit_callbacks
):
    everybody = {make_person(AKIKO), make_person(GRANDSON)}
    mobile = ContactPoint.objects.get(kind="phone")

    with django_capture_on_commit_callbacks(execute=True):
        stops.stop_point(point=mobile, now=now, how=stops.How.CARRIER)

    assert {task.person for task in Task.objects.all()} == everybody


def test_who_shares_a_number_with_nobody_is_no_task(
    make_person, now, django_capture_on_commit_callbacks
):
    make_person(LINH)
    mobile = ContactPoint.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        stops.stop_point(point=mobile, now=now, how=stops.How.SMS)

    assert not Task.objects.exists()


def text_from(number, words, now, sid="SM1"):
    inbound.receive(provider_id=sid, number=number, words=words, now=now)


def test_a_text_is_a_task_about_who_wrote_it_and_what_they_were_told(make_person, write_to, now):
    linh = make_person(LINH)
    message = write_to(linh)

    for _ in range(2):
        text_from("+819000000012", "Tôi đến muộn", now)

    task = Task.objects.get()
    assert (task.kind, task.person, task.message) == ("answer", linh, message)
    assert task.words == "Tôi đến muộn"


def test_a_text_from_a_shared_number_names_nobody(make_person, write_to, now):
    akiko = make_person(AKIKO)
    make_person(GRANDSON)
    message = write_to(akiko)

    text_from("+819000000013", "行けません", now)

    task = Task.objects.get()
    assert (task.person, task.message) == (None, message)


def test_a_text_from_a_number_nobody_has_says_which(db, now):
    text_from("+819000000099", "だれですか", now)

    task = Task.objects.get()
    assert task.person is None
    assert "090-0000-0099" in task.words
    assert "だれですか" in task.words


def test_a_text_with_a_number_of_the_card_reaches_the_desk_without_it(make_person, now):
    make_person(LINH)

    text_from("+819000000012", "123456789018", now)

    assert Task.objects.get().words == "●●●"


@pytest.mark.parametrize("digits", range(10))
def test_the_number_beside_the_words_is_never_taken_for_one_of_a_card(db, now, digits):
    text_from("+819000000099", f"{digits}", now)

    assert f"{digits}" in Task.objects.get().words


def test_a_text_without_words_is_a_task_all_the_same(make_person, now):
    make_person(LINH)

    text_from("+819000000012", "", now)

    assert Task.objects.get().words


def test_who_wants_to_speak_to_the_city_is_called_back_and_told_so(make_person, write_to, now):
    haru = make_person(HARU)
    message = write_to(haru, channel="voice")

    heard = message_answered.send(sender=Message, message=message, answer=Answer.SPEAK, now=now)
    replies = [reply for _, reply in heard if reply]

    task = Task.objects.get()
    assert (task.kind, task.person, task.message) == ("wish", haru, message)
    assert replies == ["承知しました。市の職員から、あらためてお電話します。失礼いたします。"]


@pytest.mark.parametrize("state", ["held", "failed"])
def test_what_a_dead_process_left_without_a_task_is_found(make_person, write_to, now, state):
    write_to(make_person(LINH), state=state)

    assert message_tasks.open_missing(now=now) == 1
    assert message_tasks.open_missing(now=now) == 0
    assert Task.objects.get().message.state == state


def test_what_went_on_by_another_channel_is_not_missing(make_person, write_to, now):
    linh = make_person(LINH)
    failed = write_to(linh, state="failed")
    write_to(linh, reference="notice-1~2", follows=failed)

    assert message_tasks.open_missing(now=now) == 0


def test_a_task_that_was_done_is_not_opened_again(make_person, write_to, staff, now):
    message = write_to(make_person(LINH), state="held")
    held(message)
    tasks.finish(task=Task.objects.get(), by=staff("desk"), now=now)

    assert message_tasks.open_missing(now=now) == 0


def test_what_failed_long_ago_is_not_looked_for(make_person, write_to, now):
    write_to(make_person(LINH), state="failed")

    assert message_tasks.open_missing(now=now + timedelta(days=15)) == 0
