"""A step that does not move is on the desk's list, until it moves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from outreach.people.actions import tasks
from outreach.people.models import Task
from outreach.visits.actions import card_steps, stuck
from outreach.visits.models import VisitRequest

Asking = Callable[..., VisitRequest]


@pytest.fixture
def late(ask: Asking, now: datetime) -> VisitRequest:
    """Applied for in August, and nothing since."""
    request = ask()
    august = date(2026, 8, 3)
    VisitRequest.objects.filter(pk=request.pk).update(
        state="applied", since=august, applied_on=august
    )
    request.refresh_from_db()
    return request


def send_to_jlis(request: VisitRequest, officer: User, now: datetime) -> None:
    card_steps.step(
        request=request, seen="applied", to="at_jlis", on=now.date(), by=officer, now=now
    )


def test_a_late_step_is_one_task_however_often_it_is_looked_for(
    late: VisitRequest, ask_for_another: Asking, now: datetime
) -> None:
    ask_for_another()
    assert [stuck.open_for_late(now=now) for _ in range(2)] == [1, 0]
    task = Task.objects.open().get()
    assert (task.kind, task.person) == ("stuck", late.person)
    assert late.reference in task.words
    assert "令和8年8月3日" in task.words


def test_the_task_ends_when_the_step_is_taken_and_is_back_when_that_is_undone(
    late: VisitRequest, officer: User, now: datetime
) -> None:
    stuck.open_for_late(now=now)
    send_to_jlis(late, officer, now)
    task = Task.objects.get()
    assert (task.done_at, task.done_by) == (now, None)
    assert not Task.objects.done_since(now - timedelta(days=1)).exists()

    VisitRequest.objects.filter(pk=late.pk).update(
        state="applied", since=date(2026, 8, 3), at_jlis_on=None
    )
    stuck.open_for_late(now=now)
    assert Task.objects.open().get() == task


def test_what_a_colleague_has_seen_to_stays_done(
    late: VisitRequest, officer: User, now: datetime
) -> None:
    stuck.open_for_late(now=now)
    tasks.finish(task=Task.objects.get(), by=officer, now=now, note="J-LISに問い合わせ中")
    stuck.open_for_late(now=now)
    assert not Task.objects.open().exists()


def test_the_next_step_that_does_not_move_is_a_task_of_its_own(
    late: VisitRequest, officer: User, now: datetime
) -> None:
    stuck.open_for_late(now=now)
    send_to_jlis(late, officer, now)
    stuck.open_for_late(now=now + timedelta(days=120))
    assert Task.objects.count() == 2


def test_the_task_leads_to_the_request_and_says_why_it_ended(
    late: VisitRequest, officer: User, log_in: Callable[[str], Client], now: datetime
) -> None:
    stuck.open_for_late(now=now)
    client, address = log_in("desk"), reverse("desk_staff:task", args=[Task.objects.get().pk])
    to_request = reverse("visits_staff:request", args=[late.pk])
    assert to_request in client.get(address).content.decode()
    send_to_jlis(late, officer, now)
    undo = reverse("desk_staff:undo", args=[Task.objects.get().pk])
    assert undo not in client.get(address).content.decode()
    client.post(undo)
    assert not Task.objects.open().exists()


def test_every_other_task_is_done_by_somebody(late: VisitRequest, now: datetime) -> None:
    task = tasks.open_task(kind="wish", cause="pressed 3", now=now, person=late.person)
    with pytest.raises(IntegrityError, match="task_done_by_somebody"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(done_at=now)
