"""What waits for the desk in the demo: calls, a doubt, an answer, a stopped number."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise

from notifications import reasons
from notifications.actions import colleague_calls, consents, messages, outcomes, wishes
from notifications.actions.outcomes import Outcome
from notifications.models import Contact, ContactPoint, Message
from outreach.classes.models import ClassSession
from outreach.desk.actions import task_answers
from outreach.desk.audiences import CLASS_NEWS
from outreach.people.actions import tasks
from outreach.people.models import Person, Task

# Their places in `config.demo_town.people.CAST`, and one of the elderly after them.
MOVED_AWAY = slice(20, 23)
HARU, LINH, REN, LI_NA, MARIA, JOHN, ALEX, OLD_NEIGHBOUR = 0, 1, 3, 4, 6, 8, 9, 12
ANSWER = "谢谢！星期三下午去可以吗？"
PRESSED_3 = "自動電話で「3」（市と話したい）が押されました。"
CALL_BACK = "更新のことを、もう一度ベトナム語で聞きたいそうです。"
CALLED_IN_VAIN = "10時に電話、出ず。仕事が終わる17時以降に。"
STUCK = "申請から6週間、カードがまだ届いていません。"
SENT_STOP = "同じ番号の方から「配信停止」の返信がありました。"
WORDING = "新しい教室のお知らせを受け取ります。"
NO_WAY_LEFT = "電話番号が使われていません。"
# One call in so many of the past found nobody at home, and a letter followed. Who gets no letter
# was at home: else how many are not reached would differ from day to day.
NOBODY_HOME_EVERY = 7
ARRIVED_EVERY = 2


def pile_up(*, people: Sequence[Person], users: dict[str, User], now: datetime) -> None:
    """The past is answered; of today one task of each kind is open, one taken, one done.

    Must run outside a transaction: what hears of held messages runs when they are stored.
    """
    desk = users["desk"]
    _answer_old_calls(desk, now - timedelta(days=1))
    _confirm_arrivals(now)
    _wants_calls(people[MARIA])
    morning = now - timedelta(hours=2)
    haru = _write(people[HARU], Message.State.HELD, "", morning)
    maria = _write(people[MARIA], Message.State.HELD, "", morning)
    doubt = _write(people[ALEX], Message.State.UNKNOWN, reasons.IN_DOUBT, morning)
    linh = _write(people[LINH], Message.State.UNKNOWN, reasons.IN_DOUBT, now - timedelta(hours=26))
    _open(Task.Kind.CALL, people[HARU], morning, message=haru)
    called = _open(Task.Kind.CALL, people[MARIA], morning, message=maria)
    _open(Task.Kind.DOUBT, people[ALEX], morning, message=doubt)
    _open(Task.Kind.DOUBT, people[LINH], now - timedelta(hours=25), message=linh)
    _open(Task.Kind.ANSWER, people[LI_NA], now - timedelta(hours=20), words=ANSWER)
    _open(Task.Kind.WISH, people[OLD_NEIGHBOUR], now - timedelta(hours=1), words=PRESSED_3)
    asked = _open(Task.Kind.CALL_BACK, people[LINH], morning, words=CALL_BACK)
    tasks.note(task=asked, words=CALLED_IN_VAIN, by=desk, now=morning)
    _open(Task.Kind.STUCK, people[OLD_NEIGHBOUR], morning, words=STUCK)
    _stop_shared_number(people[REN], morning)
    for person in people[MOVED_AWAY]:
        _moved_away(person, morning)
    for person in (people[JOHN], *people[MOVED_AWAY]):
        _unreached(person, now)
    tasks.take(task=called, by=desk)
    done = _open(Task.Kind.WISH, people[OLD_NEIGHBOUR + 1], morning, words=PRESSED_3)
    tasks.finish(task=done, by=desk, now=now, note="教室の場所を案内しました。")


def _answer_old_calls(desk: User, until: datetime) -> None:
    waiting = Message.objects.filter(
        state=Message.State.HELD,
        channel=Contact.Channel.CALL,
        point__isnull=False,
        queued_at__lt=until,
    )
    for number, message in enumerate(waiting.order_by("queued_at", "reference")):
        gets_letter = message.contact.usable_points().filter(kind=ContactPoint.Kind.POST).exists()
        reached = number % NOBODY_HOME_EVERY != 0 or not gets_letter
        at = message.queued_at + timedelta(hours=4)
        task = Task.objects.open().filter(message=message, kind=Task.Kind.CALL).first()
        if task is not None:
            task_answers.finish_call(task=task, reached=reached, by=desk, now=at)
        else:
            (colleague_calls.reached if reached else colleague_calls.not_reached)(
                message=message, by=desk, now=at
            )


@transaction.atomic
def _confirm_arrivals(now: datetime) -> None:
    sent = Message.objects.filter(state=Message.State.SENT, channel=Contact.Channel.SMS)
    arrived = list(sent.order_by("queued_at", "reference"))[::ARRIVED_EVERY]
    Message.objects.filter(pk__in=[message.pk for message in arrived]).update(
        state=Message.State.DELIVERED
    )
    outcomes.append_events([message.pk for message in arrived], now=now, with_reason=False)


def _wants_calls(person: Person) -> None:
    person.contact = wishes.change(
        contact=person.contact,
        language=person.contact.language,
        channel_order=[Contact.Channel.CALL],
        do_not_contact=False,
    )


@transaction.atomic
def _write(person: Person, state: Message.State, reason: str | Promise, at: datetime) -> Message:
    """News of the next class, in the state it got stuck in."""
    message = _news(person, at)
    stuck = Outcome(message, state, reasons.in_house_language(reason))
    outcomes.write([stuck], now=at)
    return message


def _news(person: Person, at: datetime) -> Message:
    session = ClassSession.objects.open_for_registration(now=at).first()
    assert session is not None  # noqa: S101  (the demo's season always has one ahead)
    consents.give(contact=person.contact, purpose=CLASS_NEWS, how="phone", wording=WORDING, now=at)
    return messages.enqueue(
        contact=person.contact,
        purpose=CLASS_NEWS,
        reference=f"{CLASS_NEWS}:{session.pk}:{person.contact.pk}",
        template="classes/messages/news",
        context={"session": session},
        now=at,
        useless_after=session.starts_at,
    )


def _open(
    kind: Task.Kind,
    person: Person,
    at: datetime,
    *,
    message: Message | None = None,
    words: str = "",
) -> Task:
    """The task about a message, opened here where nothing has opened it yet."""
    already = Task.objects.filter(message=message, kind=kind).first() if message else None
    cause = f"demo:{kind}:{person.pk}"
    return already or tasks.open_task(
        kind=kind, cause=cause, now=at, person=person, message=message, words=words
    )


def _stop_shared_number(other: Person, at: datetime) -> None:
    """Akiko sent STOP; her son, on the same telephone, is asked how to reach him."""
    other.contact.points.filter(kind=ContactPoint.Kind.PHONE).update(
        state=ContactPoint.State.STOPPED
    )
    _open(Task.Kind.STOPPED, other, at, words=SENT_STOP)


@transaction.atomic
def _moved_away(person: Person, at: datetime) -> None:
    """Nothing that is on record leads to them any more."""
    person.contact.points.update(state=ContactPoint.State.WRONG)
    _news(person, at)


def _unreached(person: Person, now: datetime) -> None:
    failed = (
        Message.objects.filter(contact=person.contact, state__in=Message.NOT_REACHED)
        .order_by("-queued_at", "-pk")
        .first()
    )
    _open(Task.Kind.NOT_REACHED, person, now, message=failed, words=NO_WAY_LEFT)
