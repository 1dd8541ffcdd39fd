"""What happened at the classes of the demo that were held: who came, what was said of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from outreach.classes.actions import attendance, voices
from outreach.classes.actions.attendance import Mark
from outreach.classes.models import Attendance, ClassSession, Feedback

QUESTIONS = (
    "文字を大きくするにはどうすればいいですか。",
    "知らない番号からの電話を止めたいです。",
    "カードの申請をスマホでもできますか。",
)
# So many of a hundred with a seat come.
COME = 88


def hold(*, sessions: Iterable[ClassSession], by: User, now: datetime) -> None:
    """Mark everybody of the sessions that have ended, and keep a question and faces of each."""
    chance = Random(8)  # noqa: S311  (the same town every time)
    for session in sessions:
        if session.ends_at > now:
            continue
        marks = [
            Mark(
                registration=registration.pk,
                state=_state(chance),
                key=_key(chance),
                pressed_at=session.starts_at + timedelta(minutes=5),
            )
            for registration in session.registrations.roster()
        ]
        attendance.note(session=session, marks=marks, by=by, now=session.ends_at)
        voices.note_question(
            session=session, text=chance.choice(QUESTIONS), by=by, now=session.ends_at
        )
        for mark in marks:
            if mark.state == Attendance.State.PRESENT:
                _press_a_face(session, chance)


def _state(chance: Random) -> str:
    came = chance.randrange(100) < COME
    return Attendance.State.PRESENT if came else Attendance.State.ABSENT


def _press_a_face(session: ClassSession, chance: Random) -> None:
    voices.give_feedback(
        session=session,
        submission=_key(chance),
        answer=chance.choice(Feedback.Answer.values),
        again=chance.random() < 0.9,
        today=timezone.localdate(session.ends_at),
    )


def _key(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
