"""What the desk has to do today: open tasks by kind, the oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Contact, ContactPoint, Message
from outreach.desk.message_lines import readable
from outreach.desk.message_words import purpose_word
from outreach.people.models import Person, Task
from outreach.visits.actions.stuck import request_of

Kind = Task.Kind

# In the order the day begins with: who waits for a voice comes first.
KIND_WORDS = {
    Kind.WISH: _("Wants to speak to the city"),
    Kind.CALL_BACK: _("Call back"),
    Kind.CALL: _("Call"),
    Kind.ANSWER: _("Somebody wrote back"),
    Kind.DOUBT: _("In doubt"),
    Kind.STOPPED: _("A shared number was stopped"),
    Kind.STUCK: _("Does not move on"),
    Kind.NOT_REACHED: _("Not reached"),
}
TO_DO = {
    Kind.WISH: _("Call back and ask what the person needs."),
    Kind.CALL_BACK: _("Call back in the language of the person."),
    Kind.CALL: _("Call and tell what the message says."),
    Kind.ANSWER: _("Read what was written, and answer."),
    Kind.DOUBT: _("Decide whether the message has gone out."),
    Kind.STOPPED: _("Ask how to reach this person from now on: a number they share takes no more."),
    Kind.STUCK: _("See what this step waits for, and get it going."),
    Kind.NOT_REACHED: _("Find another way to this person: no channel has worked."),
}

SHOWN_OF_A_KIND = 25
SHOWN_AS_DONE = 25


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in words, with the numbers to call as they are written at home."""

    task: Task
    kind: str | Promise
    to_do: str | Promise
    about: str | Promise
    phones: tuple[str, ...]
    visit_request: int | None  # the key of the one that does not move on

    @property
    def contact(self) -> Contact | None:
        """Whom it is about, on record as a resident or only as somebody's relative."""
        if self.task.person is not None:
            return self.task.person.contact
        return self.task.message.contact if self.task.message else None

    @property
    def waits_for_call(self) -> bool:
        """Whether the answer of a call is still asked for; a message too late asks nothing."""
        message = self.task.message
        return bool(self.task.kind == Kind.CALL and message and message.state == Message.State.HELD)

    @property
    def waits_for_decision(self) -> bool:
        """Whether the doubt is still one."""
        message = self.task.message
        return bool(
            self.task.kind == Kind.DOUBT
            and message
            and message.state in (Message.State.UNKNOWN, Message.State.HELD)
        )


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The open tasks of one kind: how many there are, and the oldest of them."""

    kind: str
    words: str | Promise
    count: int
    lines: list[TaskLine]


def open_groups(*, now: datetime, kind: str = "", taken_by: User | None = None) -> list[TaskGroup]:
    """What is to be done today by kind; kinds with nothing to do are left out."""
    groups = []
    for one, words in KIND_WORDS.items():
        if kind and one != kind:
            continue
        tasks = Task.objects.due_by(end_of_day(now)).filter(kind=one)
        if taken_by is not None:
            tasks = tasks.filter(taken_by=taken_by)
        lines = [task_line(task) for task in tasks.to_show()[:SHOWN_OF_A_KIND]]
        if lines:
            count = len(lines) if len(lines) < SHOWN_OF_A_KIND else tasks.count()
            groups.append(TaskGroup(one, words, count, lines))
    return groups


def done_today(*, now: datetime) -> list[TaskLine]:
    """What was done since midnight, the latest first: it can still be undone."""
    tasks = Task.objects.done_since(start_of_day(now)).to_show()
    return [task_line(task) for task in tasks[:SHOWN_AS_DONE]]


def put_off(*, now: datetime) -> int:
    """How many open tasks are for another day."""
    return Task.objects.open().filter(due_at__gt=end_of_day(now)).count()


def end_of_day(now: datetime) -> datetime:
    """The last moment of the day in town."""
    return start_of_day(now) + timedelta(days=1, microseconds=-1)


def start_of_date(day: date) -> datetime:
    """Midnight in town on a date."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def start_of_day(now: datetime) -> datetime:
    """Midnight in town."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def task_line(task: Task) -> TaskLine:
    """One task in words. Reads only what `Task.objects.to_show` has fetched."""
    kind = Kind(task.kind)
    message = task.message
    return TaskLine(
        task=task,
        kind=KIND_WORDS[kind],
        to_do=TO_DO[kind],
        about=purpose_word(message.purpose) if message else "",
        phones=tuple(_phones(task)),
        visit_request=request_of(task),
    )


def others_of_person(task: Task) -> list[TaskLine]:
    """What else is open about the same person, so that one call settles it all."""
    if task.person is None:
        return []
    others = Task.objects.open().filter(person=task.person).exclude(pk=task.pk)
    return [task_line(other) for other in others.to_show()]


def people_of(lines: Iterable[TaskLine]) -> list[Person]:
    """Whose records a list shows."""
    return [line.task.person for line in lines if line.task.person is not None]


def _phones(task: Task) -> Iterable[str]:
    """The number the message goes to first, then the others of the person.

    A number that takes no more messages can still be called by a person; a wrong one cannot.
    """
    meant = task.message.point if task.message and task.kind == Kind.CALL else None
    others = list(task.person.contact.points.all()) if task.person else []
    points = [meant, *sorted(others, key=lambda point: point.pk)] if meant else others
    numbers = (
        readable(point)
        for point in points
        if point.kind == ContactPoint.Kind.PHONE and point.state != ContactPoint.State.WRONG
    )
    return dict.fromkeys(numbers)
