"""One message with its history, the attempts around it, and the decision when it is in doubt."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.actions import messages
from notifications.actions.colleague_calls import not_reached
from notifications.models import Message, MessageEvent
from outreach.desk.doubts import oldest_first
from outreach.people.actions import tasks
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU, LINH

LIST = "desk_staff:in_doubt"


def write(person, now, reference="x"):
    return messages.enqueue(
        contact=person.contact,
        purpose="visit",
        reference=reference,
        template="visits/messages/asked",
        context={"reference": "V-7K3M9R", "for_another": False},
        now=now,
    )


@pytest.fixture
def message(person_of, present):
    return write(person_of(LINH), present)


def doubt(message, state="unknown"):
    Message.objects.filter(pk=message.pk).update(state=state)
    message.refresh_from_db()
    MessageEvent.objects.create(
        message=message, state="unknown", at=message.queued_at, detail="応答がありません。"
    )
    return message


@pytest.fixture
def officer(log_in):
    return log_in("desk")


def page_of(client, message):
    return client.get(reverse("desk_staff:message", args=[message.pk])).content.decode()


def decide(client, message, decision):
    return client.post(reverse("desk_staff:decide", args=[message.pk]), {"decision": decision})


def test_the_page_holds_words_address_code_and_history(officer, message):
    doubt(message)

    page = page_of(officer, message)

    assert message.code in page
    assert "090-0000-0012" in page
    assert "応答がありません。" in page
    assert '<div class="letter" lang="vi">' in page
    seen = AccessRecord.objects.get(screen="message", action="view")
    assert seen.person.name == LINH.name


def test_the_outbox_leads_to_it(officer, message):
    outbox = officer.get(reverse("desk_staff:outbox")).content.decode()

    assert reverse("desk_staff:message", args=[message.pk]) in outbox


def test_attempts_are_shown_from_the_first_to_the_last(officer, person_of, staff, present):
    haru = person_of(HARU)
    haru.contact.points.create(kind="post", value="花輪字八正寺13")
    call = write(haru, present)
    Message.objects.filter(pk=call.pk).update(state="held")
    not_reached(message=call, by=staff("desk"), now=present)
    letter = Message.objects.get(follows=call)

    assert reverse("desk_staff:message", args=[letter.pk]) in page_of(officer, call)
    page = page_of(officer, letter)
    assert reverse("desk_staff:message", args=[call.pk]) in page
    assert staff("desk").username in page_of(officer, call)


@pytest.mark.parametrize("protected", [False, True])
def test_a_protected_address_is_shown_nowhere(officer, person_of, present, protected):
    haru = person_of(HARU)
    haru.contact.points.all().delete()
    haru.contact.points.create(kind="post", value="花輪字八正寺13")
    letter = write(haru, present)
    assert letter.channel == "letter"
    haru.contact.protected = protected
    haru.contact.save()

    page = page_of(officer, letter)

    assert ("八正寺" in page) is not protected


@pytest.mark.parametrize(
    ("decision", "state"), [("sent", "sent"), ("again", "queued"), ("drop", "dropped")]
)
def test_a_decision_settles_the_message_and_its_task(
    officer, staff, person_of, message, present, decision, state
):
    doubt(message)
    task = tasks.open_task(
        kind="doubt", cause="x", now=present, person=person_of(LINH), message=message
    )
    tasks.take(task=task, by=staff("admin"))

    decide(officer, message, decision)

    message.refresh_from_db()
    task.refresh_from_db()
    assert message.state == state
    assert message.events.latest("pk").by == staff("desk")
    assert task.done_by == staff("desk")
    assert AccessRecord.objects.filter(action="change", screen="message").count() == 1


def test_the_second_of_two_officers_is_told_and_changes_nothing(officer, log_in, message):
    doubt(message)
    decide(log_in("admin"), message, "drop")

    response = decide(officer, message, "again")

    assert response.status_code == 409
    assert "error-summary" in response.content.decode()
    message.refresh_from_db()
    assert message.state == "dropped"


def test_pressing_without_a_choice_asks_for_one(officer, message):
    doubt(message)

    response = decide(officer, message, "")

    assert "error-summary" in response.content.decode()
    message.refresh_from_db()
    assert message.state == "unknown"


@pytest.mark.parametrize(
    ("state", "asks"), [("unknown", True), ("held", True), ("sent", False), ("queued", False)]
)
def test_only_a_message_in_doubt_asks_for_a_decision(officer, message, state, asks):
    doubt(message, state)

    assert ('id="decide"' in page_of(officer, message)) is asks


def test_the_list_holds_doubts_the_oldest_first_and_no_calls(officer, person_of, present):
    younger = doubt(write(person_of(LINH), present))
    older = doubt(write(person_of(AKIKO), present - timedelta(hours=1), "y"), "held")
    call = write(person_of(HARU), present, "z")
    Message.objects.filter(pk=call.pk).update(state="held")

    page = officer.get(reverse(LIST)).content.decode()

    assert list(oldest_first()) == [older, younger]
    assert HARU.name not in page
    seen = {record.person.name for record in AccessRecord.objects.filter(screen="in-doubt")}
    assert seen == {LINH.name, AKIKO.name}


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        pytest.param("{code}", {LINH.name}, id="the code"),
        pytest.param("x", {LINH.name}, id="our reference"),
        pytest.param("v-7k3m9r", {LINH.name, AKIKO.name}, id="the resident's reference"),
        pytest.param("Tran Thi", {LINH.name}, id="a part of a name"),
        pytest.param("山瀬 明子", {AKIKO.name}, id="a name with a space"),
        pytest.param("やませ", {AKIKO.name}, id="a reading in hiragana"),
        pytest.param("nobody", set(), id="nobody"),
        pytest.param("  ", {LINH.name, AKIKO.name}, id="nothing"),
    ],
)
def test_the_outbox_finds_what_somebody_quotes(officer, person_of, message, present, quoted, found):
    write(person_of(AKIKO), present, "y")

    page = officer.get(
        reverse("desk_staff:outbox"), {"search": quoted.format(code=message.code)}
    ).content.decode()

    table = page.partition("<tbody>")[2]
    assert {name for name in (LINH.name, AKIKO.name) if name in table} == found
    action = "search" if quoted.strip() else "view"
    assert {record.person.name for record in AccessRecord.objects.filter(action=action)} == found


def test_a_card_number_is_neither_looked_for_nor_echoed(officer, message):
    page = officer.get(reverse("desk_staff:outbox"), {"search": "123456789018"}).content.decode()

    assert "123456789018" not in page
    assert "error-summary" in page


def test_the_outbox_is_filtered_by_purpose(officer, message):
    address = reverse("desk_staff:outbox")

    assert LINH.name in officer.get(address, {"purpose": "visit"}).content.decode()
    assert LINH.name not in officer.get(address, {"purpose": "class-news"}).content.decode()


def test_a_message_that_is_not_there_is_not_found(officer, db):
    assert officer.get(reverse("desk_staff:message", args=[99])).status_code == 404
