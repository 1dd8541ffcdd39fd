"""What participants say of a class: questions asked, and what they press on the tablet."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from notifications.text_guard import guard
from outreach.classes.models import ClassSession, Feedback, Question


@transaction.atomic
def note_question(*, session: ClassSession, text: str, by: User, now: datetime) -> Question:
    """Keep a question for the next tutor. Raises ValidationError for a number of the card."""
    guard(text)
    return Question.objects.create(session=session, text=text, noted_at=now, noted_by=by)


@transaction.atomic
def give_feedback(
    *, session: ClassSession, submission: UUID, answer: str, again: bool | None, today: date
) -> Feedback:
    """Count one participant's answer; the same page sent twice counts once.

    The first press counts at once, so that who walks away then is heard too; whether they would
    come again is added by the second.
    """
    feedback, is_new = Feedback.objects.get_or_create(
        submission=submission,
        defaults={"session": session, "answer": answer, "again": again, "given_on": today},
    )
    if not is_new and again is not None and feedback.again is None:
        feedback.again = again
        feedback.save(update_fields=["again"])
    return feedback
