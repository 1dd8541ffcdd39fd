"""The desk's list: what waits, who takes it, what came of it, and taking that back."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from notifications.actions import messages, wishes
from notifications.models import Message
from outreach.classes.actions import offers, registrations
from outreach.desk.actions import task_answers
from outreach.desk.actions.task_answers import CannotUndo
from outreach.people.actions import tasks
from outreach.people.models import AccessRecord, Task
from tests.cast import HARU, LI_NA, LINH

PERSONAL_NUMBER = "123456789018"
LIST = "desk_staff:tasks"


@pytest.fixture
def call(person_of, present):
    """Haru is to be called; a letter could follow."""
    haru = person_of(HARU)
    haru.contact.points.create(kind="post", value="花輪字八正寺13")
    return call_task(haru, present)


def call_task(person, now, reference="x"):
    message = messages.enqueue(
        contact=person.contact,
        purpose="visit",
        reference=reference,
        template="visits/messages/asked",
        context={"reference": "V-7K3M9R", "for_another": False},
        now=now,
    )
    assert message.channel == "call"
    Message.objects.filter(pk=message.pk).update(state="held")
    return tasks.open_task(
        kind="call", cause=f"call {reference}", now=now, person=person, message=message
    )


@pytest.fixture
def answer(person_of, present):
    """Li Na wrote back an hour before."""
    return tasks.open_task(
        kind="answer",
        cause="inbound 1",
        now=present - timedelta(hours=1),
        person=person_of(LI_NA),
        words="谢谢",
    )


@pytest.fixture
def officer(log_in):
    return log_in("desk")


@pytest.fixture
def colleague(log_in):
    return log_in("admin")


def do(client, deed, task, **answers):
    return client.post(reverse(f"desk_staff:{deed}", args=[task.pk]), answers)


def said(client, response):
    """What the page that follows says."""
    page = client.get(response.url) if response.status_code == 302 else response
    return page.content.decode()


def test_the_list_shows_open_tasks_by_kind_with_whom_to_call(officer, call, answer):
    page = officer.get(reverse(LIST)).content.decode()

    assert page.index(HARU.name) < page.index(LI_NA.name)
    assert 'href="tel:0186-00-0111"' in page
    assert HARU.kana in page
    assert "谢谢" in page


def test_the_oldest_of_a_kind_comes_first(officer, person_of, present):
    for name, hours in ((HARU, 1), (LI_NA, 3), (LINH, 2)):
        tasks.open_task(
            kind="wish",
            cause=name.name,
            now=present - timedelta(hours=hours),
            person=person_of(name),
        )

    page = officer.get(reverse(LIST)).content.decode()

    assert page.index(LI_NA.name) < page.index(LINH.name) < page.index(HARU.name)


def test_each_look_at_somebody_leaves_an_access_record(officer, staff, call, answer):
    officer.get(reverse(LIST))
    officer.get(reverse("desk_staff:task", args=[call.pk]))

    seen = AccessRecord.objects.filter(by=staff("desk"), screen="tasks", action="view")
    assert sorted(record.person.name for record in seen) == sorted(
        [HARU.name, LI_NA.name, HARU.name]
    )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("", {HARU.name, LI_NA.name}, id="everything"),
        pytest.param("?kind=call", {HARU.name}, id="one kind"),
        pytest.param("?whose=mine", {LI_NA.name}, id="only mine"),
        pytest.param("?kind=call&whose=mine", set(), id="a kind of which none is mine"),
        pytest.param("?kind=nonsense", {HARU.name, LI_NA.name}, id="a kind that is not there"),
    ],
)
def test_the_filter_narrows_what_is_shown_and_recorded(officer, staff, call, answer, query, shown):
    tasks.take(task=answer, by=staff("desk"))

    page = officer.get(reverse(LIST) + query).content.decode()

    assert {name for name in (HARU.name, LI_NA.name) if name in page} == shown
    assert {record.person.name for record in AccessRecord.objects.all()} == shown


def test_a_number_nobody_knows_is_a_task_too(officer, db, present):
    tasks.open_task(kind="answer", cause="inbound 9", now=present, words="もしもし")

    assert "もしもし" in officer.get(reverse(LIST)).content.decode()


def test_a_script_stands_in_the_persons_language_with_the_japanese_beside_it(
    officer, person_of, present
):
    linh = person_of(LINH)
    wishes.change(contact=linh.contact, language="vi", channel_order=["call"], do_not_contact=False)
    linh.contact.refresh_from_db()
    task = call_task(linh, present)

    page = officer.get(reverse("desk_staff:task", args=[task.pk])).content.decode()

    assert '<div class="letter" lang="vi">' in page
    assert '<div class="letter" lang="ja">' in page
    assert Message.objects.get().subject in page


def test_a_script_for_a_reader_of_japanese_stands_once(officer, call):
    page = officer.get(reverse("desk_staff:task", args=[call.pk])).content.decode()

    assert page.count('class="letter"') == 1


def test_who_takes_a_task_is_led_to_it_and_named(officer, staff, call):
    response = do(officer, "take", call)

    assert response.url == reverse("desk_staff:task", args=[call.pk])
    call.refresh_from_db()
    assert call.taken_by == staff("desk")


@pytest.mark.parametrize("deed", ["take", "finish"])
def test_a_task_a_colleague_took_meanwhile_is_left_to_them(officer, colleague, staff, answer, deed):
    do(colleague, "take", answer)

    page = said(officer, do(officer, deed, answer, answer="done"))

    answer.refresh_from_db()
    assert (answer.taken_by, answer.done_at) == (staff("admin"), None)
    assert staff("admin").username in page


def test_a_task_given_back_can_be_taken_by_a_colleague(officer, colleague, staff, answer):
    do(officer, "take", answer)
    do(officer, "take", answer, back="yes")

    do(colleague, "take", answer)

    answer.refresh_from_db()
    assert answer.taken_by == staff("admin")


def test_a_finished_task_keeps_who_when_and_the_note(officer, staff, answer):
    do(officer, "finish", answer, answer="done", note="電話で答えました。")

    answer.refresh_from_db()
    assert (answer.done_by, answer.note) == (staff("desk"), "電話で答えました。")
    assert answer.done_at is not None
    changes = AccessRecord.objects.filter(action="change", screen="tasks")
    assert [record.person.name for record in changes] == [LI_NA.name]


def test_a_task_is_not_finished_twice(officer, colleague, answer, staff):
    do(officer, "finish", answer, answer="done", note="一")

    response = do(colleague, "finish", answer, answer="done", note="二")

    assert response.status_code == 409
    answer.refresh_from_db()
    assert (answer.done_by, answer.note) == (staff("desk"), "一")


def test_a_note_with_a_card_number_is_refused_and_not_echoed(officer, answer):
    page = said(officer, do(officer, "finish", answer, answer="done", note=PERSONAL_NUMBER))

    answer.refresh_from_db()
    assert answer.done_at is None
    assert PERSONAL_NUMBER not in page
    assert "error-summary" in page


@pytest.mark.parametrize(
    ("pressed", "state", "followed_by"),
    [("reached", "sent", None), ("not_reached", "failed", "letter")],
)
def test_a_call_ends_with_the_person_told_or_with_a_letter(
    officer, staff, call, pressed, state, followed_by
):
    do(officer, "finish", call, answer=pressed)

    call.refresh_from_db()
    message = Message.objects.get(pk=call.message_id)
    following = Message.objects.filter(follows=message).first()
    assert message.state == state
    assert message.events.latest("pk").by == staff("desk")
    assert (following.channel if following else None) == followed_by
    assert call.done_by == staff("desk")


def test_a_call_that_is_needed_no_more_is_said_to_be_so_and_stays_open(officer, call):
    Message.objects.filter(pk=call.message_id).update(state="dropped")

    response = do(officer, "finish", call, answer="reached")

    assert response.status_code == 409
    call.refresh_from_db()
    assert call.done_at is None
    page = officer.get(reverse("desk_staff:task", args=[call.pk])).content.decode()
    assert 'value="done"' in page
    assert 'value="reached"' not in page


@pytest.mark.parametrize("pressed", ["reached", "not_reached"])
def test_a_call_undone_the_same_day_waits_again(officer, call, pressed):
    do(officer, "finish", call, answer=pressed, note="留守")

    do(officer, "undo", call)

    call.refresh_from_db()
    assert (call.done_at, call.note) == (None, "留守")
    assert Message.objects.get(pk=call.message_id).state == "held"
    assert not Message.objects.filter(state="queued").exists()


def test_what_was_done_yesterday_is_not_undone(officer, staff, answer, present):
    tasks.finish(task=answer, by=staff("desk"), now=present - timedelta(days=1))

    with pytest.raises(CannotUndo):
        task_answers.undo(task=answer, by=staff("desk"), now=present)
    do(officer, "undo", answer)

    answer.refresh_from_db()
    assert answer.done_at is not None


def test_a_call_is_not_undone_once_the_letter_has_left(officer, call):
    do(officer, "finish", call, answer="not_reached")
    Message.objects.filter(follows=call.message_id).update(state="sent")

    do(officer, "undo", call)

    call.refresh_from_db()
    assert call.done_at is not None
    assert Message.objects.get(pk=call.message_id).state == "failed"


@pytest.mark.parametrize(("role", "sees"), [("desk", True), ("manager", False)])
def test_the_menu_says_how_many_tasks_wait(log_in, call, answer, role, sees):
    page = log_in(role).get(reverse("wagtailadmin_home")).content.decode()

    assert (reverse(LIST) in page) is sees
    # The menu travels as JSON.
    assert (json.dumps("（2）").strip('"') in page) is sees


def test_a_task_shows_what_else_is_open_about_the_same_person(officer, call, answer, present):
    wish = tasks.open_task(kind="wish", cause="wish 1", now=present, person=call.person)

    page = officer.get(reverse("desk_staff:task", args=[call.pk])).content.decode()

    assert reverse("desk_staff:task", args=[wish.pk]) in page
    assert reverse("desk_staff:task", args=[answer.pk]) not in page


def test_an_answer_is_read_beside_what_was_written_to_the_person(officer, call, answer, present):
    message = messages.enqueue(
        contact=answer.person.contact,
        purpose="visit",
        reference="y",
        template="visits/messages/asked",
        context={"reference": "V-7K3M9S", "for_another": False},
        now=present,
    )

    page = officer.get(reverse("desk_staff:task", args=[answer.pk])).content.decode()

    assert reverse("desk_staff:message", args=[message.pk]) in page
    assert reverse("desk_staff:message", args=[call.message_id]) not in page


def test_the_number_of_queries_does_not_grow_with_the_tasks(
    officer, person_of, present, django_assert_max_num_queries
):
    for number, character in enumerate((HARU, LINH, LI_NA) * 6):
        tasks.open_task(kind="wish", cause=f"{number}", now=present, person=person_of(character))

    with django_assert_max_num_queries(40):
        officer.get(reverse(LIST))
    assert Task.objects.count() == 18


@pytest.fixture
def offer_call(person_of, make_session, present, staff):
    """Haru waited, and is to be called about the seat that Linh gave back."""
    starts_at = present + timedelta(days=21)
    session = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=1)
    linh, haru = (
        registrations.register(
            session=session,
            person=person_of(one),
            submission=uuid4(),
            how="phone",
            now=present,
            or_wait=True,
        )
        for one in (LINH, HARU)
    )
    registrations.cancel(registration=linh, now=present)
    message = Message.objects.get(reference__startswith="class-offer:")
    Message.objects.filter(pk=message.pk).update(state="held")
    task = tasks.open_task(
        kind="call", cause="offer", now=present, person=haru.person, message=message
    )
    return task, haru


@pytest.mark.parametrize(("answer", "state"), [("accept", "registered"), ("decline", "cancelled")])
def test_the_call_about_a_free_place_ends_with_the_answer(log_in, offer_call, answer, state):
    task, haru = offer_call
    desk = log_in("desk")
    page = desk.get(reverse("desk_staff:task", args=[task.pk])).content.decode()
    assert f'value="{answer}"' in page

    desk.post(reverse("desk_staff:finish", args=[task.pk]), {"answer": answer})
    haru.refresh_from_db()
    task.refresh_from_db()
    assert haru.state == state
    assert task.done_by.username == "madoguchi"
    assert Message.objects.get(pk=task.message_id).state == "sent"

    desk.post(reverse("desk_staff:undo", args=[task.pk]))
    task.refresh_from_db()
    assert task.done_at is not None


def test_a_place_that_went_on_before_the_call_leaves_the_task_open(log_in, offer_call, present):
    task, haru = offer_call
    offers.decline(registration=haru, now=present)
    path = reverse("desk_staff:finish", args=[task.pk])
    assert log_in("desk").post(path, {"answer": "accept"}).status_code == 409
    task.refresh_from_db()
    assert task.done_at is None


def test_another_call_cannot_be_answered_like_an_offer(log_in, call):
    path = reverse("desk_staff:finish", args=[call.pk])
    assert log_in("desk").post(path, {"answer": "accept"}).status_code == 409
    call.refresh_from_db()
    assert call.done_at is None


def test_a_task_is_handed_over_with_a_word_on_how_far_it_has_come(officer, answer, staff):
    do(officer, "hand_over_task", answer, to=staff("admin").pk, words="中国語で返事を")

    answer.refresh_from_db()
    note = answer.notes.get()
    assert answer.taken_by == note.handed_to == staff("admin")
    assert (note.words, note.by) == ("中国語で返事を", staff("desk"))


def test_who_may_do_no_tasks_is_handed_none(officer, answer, staff):
    for to in (staff("visitor").pk, staff("desk").pk, ""):
        assert do(officer, "hand_over_task", answer, to=to).status_code == 200

    answer.refresh_from_db()
    assert answer.taken_by is None


def test_a_task_a_colleague_is_doing_is_handed_over_by_them_alone(officer, answer, staff, present):
    tasks.take(task=answer, by=staff("admin"))

    do(officer, "hand_over_task", answer, to=staff("admin").pk)

    assert not answer.notes.exists()


def test_a_task_that_is_put_off_leaves_the_list_until_its_day(officer, answer, person_of):
    do(officer, "note_task", answer, words="来週まで不在", on="2099-10-01")
    page = officer.get(reverse(LIST)).content.decode()
    assert LI_NA.name not in page

    do(officer, "note_task", answer, words="戻りました", on="2020-10-01")
    assert LI_NA.name in officer.get(reverse(LIST)).content.decode()
    assert (
        "来週まで不在" in officer.get(reverse("desk_staff:task", args=[answer.pk])).content.decode()
    )


def test_a_card_number_is_no_note(officer, answer):
    page = do(officer, "note_task", answer, words=PERSONAL_NUMBER).content.decode()

    assert PERSONAL_NUMBER not in page
    assert not answer.notes.exists()


def test_the_language_of_a_call_back_stands_on_the_list(officer, person_of, staff, present):
    tasks.ask_to_call_back(person=person_of(LINH), words="…", by=staff("desk"), now=present)

    page = officer.get(reverse(LIST)).content.decode()

    assert "Tiếng Việt" in page
