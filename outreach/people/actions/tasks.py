"""Open and close what a colleague at the desk has to do."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.models import Message
from notifications.text_guard import guard
from outreach.people.colleagues import colleague_name
from outreach.people.models import Person, Task, TaskNote


class TaskDone(Exception):
    """Somebody else has done this task already."""


class TakenByColleague(Exception):
    """A colleague has said that they do this task."""


def open_task(
    *,
    kind: str,
    cause: str,
    now: datetime,
    person: Person | None = None,
    message: Message | None = None,
    words: str = "",
    due_at: datetime | None = None,
) -> Task:
    """Put a task on the desk's list; a cause reported again returns the task already there.

    A task that is due later stands on the list of that day.
    Raises ValidationError when `words` hold a number that may not be kept.
    """
    guard(words)
    task, _is_new = Task.objects.get_or_create(
        cause=cause,
        defaults={
            "kind": kind,
            "person": person,
            "message": message,
            "words": words,
            "opened_at": now,
            "due_at": due_at,
        },
    )
    return task


@transaction.atomic
def take(*, task: Task, by: User | None) -> Task:
    """Say who does it; None gives it back to everybody.

    Raises TaskDone, and TakenByColleague when somebody else was faster.
    """
    locked = _still_open(task)
    if by is not None:
        _refuse_if_taken(locked, by)
    locked.taken_by = by
    locked.save(update_fields=["taken_by"])
    return locked


@transaction.atomic
def hand_over(*, task: Task, to: User, by: User, now: datetime, words: str = "") -> Task:
    """Ask a colleague to go on with a task, with a word on how far it has come.

    Raises TaskDone, TakenByColleague when somebody else is about to do it, and ValidationError
    when the words hold a number that may not be kept.
    """
    guard(words)
    locked = _still_open(task)
    _refuse_if_taken(locked, by)
    locked.taken_by = to
    locked.save(update_fields=["taken_by"])
    TaskNote.objects.create(task=locked, words=words.strip(), handed_to=to, by=by, at=now)
    return locked


@transaction.atomic
def note(
    *, task: Task, words: str, by: User, now: datetime, due_at: datetime | None = None
) -> TaskNote:
    """Write down how far a task has come, and when to go on with it if not today.

    Raises TaskDone, and ValidationError when the words hold a number that may not be kept.
    """
    guard(words)
    locked = _still_open(task)
    if due_at is not None:
        locked.due_at = due_at
        locked.save(update_fields=["due_at"])
    return TaskNote.objects.create(task=locked, words=words.strip(), by=by, at=now)


def ask_to_call_back(
    *, person: Person, words: str, by: User, now: datetime, due_at: datetime | None = None
) -> Task:
    """Somebody asked a colleague to be called back, perhaps not before a moment.

    Asked again while it is still open, the words are added to the task there is.
    """
    waiting = Task.objects.filter(person=person, kind=Task.Kind.CALL_BACK, done_at=None).first()
    if waiting is not None:
        note(task=waiting, words=words, by=by, now=now, due_at=due_at)
        return waiting
    return open_task(
        kind=Task.Kind.CALL_BACK,
        cause=f"{Task.Kind.CALL_BACK}:{person.pk}:{now.timestamp():.0f}",
        now=now,
        person=person,
        words=words,
        due_at=due_at,
    )


@transaction.atomic
def finish(*, task: Task, by: User, now: datetime, note: str = "") -> Task:
    """Take a task off the list, with a word on what came of it.

    Raises TaskDone, TakenByColleague when somebody else is about to do it, and ValidationError
    when the note holds a number that may not be kept.
    """
    guard(note)
    locked = _still_open(task)
    _refuse_if_taken(locked, by)
    locked.done_at, locked.done_by, locked.note = now, by, note
    locked.save(update_fields=["done_at", "done_by", "note"])
    return locked


@transaction.atomic
def reopen(*, task: Task) -> Task:
    """Undo: put a task back on the list as it was, the note kept."""
    locked = Task.objects.select_for_update().get(pk=task.pk)
    locked.done_at = locked.done_by = None
    locked.save(update_fields=["done_at", "done_by"])
    return locked


def _still_open(task: Task) -> Task:
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.done_at is not None:
        raise TaskDone(_("A colleague has done this task already."))
    return locked


def _refuse_if_taken(task: Task, by: User) -> None:
    if task.taken_by is not None and task.taken_by != by:
        name = colleague_name(task.taken_by)
        raise TakenByColleague(
            _("%(name)s has taken this task. Ask them, or give it back first.") % {"name": name}
        )
