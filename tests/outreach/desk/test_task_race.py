"""Two officers at one task at the same moment, with connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from notifications.actions import messages
from notifications.models import Message
from outreach.desk.actions import task_answers
from outreach.people.actions import tasks
from outreach.people.models import Person, Task
from tests.cast import HARU, Character

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; the kind of what each returned or raised."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        try:
            ready.wait()
            return type(deed()).__name__
        except Exception as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


@pytest.fixture
def call(person_of: Callable[[Character], Person], present: datetime) -> Task:
    """Haru is to be called; a letter could follow."""
    haru = person_of(HARU)
    haru.contact.points.create(kind="post", value="花輪字八正寺13")
    message = messages.enqueue(
        contact=haru.contact,
        purpose="visit",
        reference="x",
        template="visits/messages/asked",
        context={"reference": "V-7K3M9R", "for_another": False},
        now=present,
    )
    Message.objects.filter(pk=message.pk).update(state="held")
    return tasks.open_task(kind="call", cause="x", now=present, person=haru, message=message)


@pytest.mark.parametrize("attempt", range(5))
def test_one_call_has_one_answer(
    call: Task, staff: Callable[[str], User], present: datetime, attempt: int
) -> None:
    desk, admin = staff("desk"), staff("admin")

    results = at_once(
        lambda: task_answers.finish_call(task=call, reached=True, by=desk, now=present),
        lambda: task_answers.finish_call(task=call, reached=False, by=admin, now=present),
    )

    assert results == ["Task", "TaskDone"]
    call.refresh_from_db()
    message = Message.objects.get(pk=call.message_id)
    letters = Message.objects.filter(follows=message).count()
    assert (call.done_by, message.state, letters) in [(desk, "sent", 0), (admin, "failed", 1)]
    assert message.events.filter(by__isnull=False).count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_one_task_is_taken_by_one(call: Task, staff: Callable[[str], User], attempt: int) -> None:
    desk, admin = staff("desk"), staff("admin")

    results = at_once(
        lambda: tasks.take(task=call, by=desk), lambda: tasks.take(task=call, by=admin)
    )

    assert results == ["TakenByColleague", "Task"]


def test_looking_first_and_taking_later_would_give_it_to_both(
    call: Task, staff: Callable[[str], User]
) -> None:
    """The negative control: without the lock both officers believe the task is theirs."""
    both_have_looked = Barrier(2)

    def naively(officer: User) -> Callable[[], User]:
        def take() -> User:
            is_free = Task.objects.get(pk=call.pk).taken_by is None
            both_have_looked.wait()
            assert is_free
            Task.objects.filter(pk=call.pk).update(taken_by=officer)
            return officer

        return take

    assert at_once(naively(staff("desk")), naively(staff("admin"))) == ["User", "User"]
