"""Give a resident a seat in a class, and take it back."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from notifications.actions import messages, recalls
from notifications.models import Contact, Message
from outreach.classes.actions import reminders
from outreach.classes.models import ClassSession, ClosedBecause, Registration
from outreach.classes.signals import schedule_changed
from outreach.people.models import Person
from outreach.people.rules.references import new_reference

PURPOSE = "class-registration"


class SessionFull(Exception):
    """No seat is left in the class."""


class SessionClosed(Exception):
    """The class has begun or was called off."""


class AlreadyRegistered(Exception):
    """The person already holds a seat; `registration` is the one."""

    def __init__(self, message: str, *, registration: Registration) -> None:
        super().__init__(message)
        self.registration = registration


@transaction.atomic
def register(
    *,
    session: ClassSession,
    person: Person,
    submission: UUID,
    how: str,
    now: datetime,
    by: User | None = None,
    asked_by: Contact | None = None,
    note: str = "",
) -> Registration:
    """Take a seat for a person and queue the confirmation. A repeated submission changes nothing.

    Raises AlreadyRegistered, SessionClosed or SessionFull; then nothing has been written.
    """
    registration = Registration(
        session=session,
        person=person,
        reference=_unused_reference(),
        submission=submission,
        asked_by=asked_by,
        note=note,
        how=how,
        taken_by=by,
        registered_at=now,
    )
    # The row goes in before the seat is taken: of two submissions at the same moment the second
    # waits here for the first, instead of finding the class filled by its own twin.
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:
        sent_before = _sent_before(registration)
        if sent_before is None:
            raise
        return sent_before
    _take_seat(session, now)
    _tell(registration, "registered", _confirmation(registration), now)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
    return registration


@transaction.atomic
def cancel(
    *,
    registration: Registration,
    now: datetime,
    by: User | None = None,
    knows: Contact | None = None,
) -> None:
    """Give a seat back, tell the person, and stop their reminders. Twice is the same as once.

    Who `knows`, because they cancelled it on the telephone, is not told again.
    """
    cancelled = Registration.objects.filter(
        pk=registration.pk, state=Registration.State.REGISTERED
    ).update(state=Registration.State.CANCELLED, cancelled_at=now, cancelled_by=by)
    if not cancelled:
        return
    ClassSession.objects.filter(pk=registration.session_id).update(seats_taken=F("seats_taken") - 1)
    registration.refresh_from_db()
    # A confirmation that still waits would come after the news that the seat is given back.
    recalls.recall(
        Message.objects.of_occasion(_confirmation(registration)),
        reason=reminders.CANCELLED,
        now=now,
    )
    reminders.recall(registration=registration, now=now)
    if registration.person.contact != knows:
        _tell(registration, "cancelled", f"class-cancelled:{registration.pk}", now)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def _sent_before(refused: Registration) -> Registration | None:
    """The registration of the same submission, if that is why the database refused the row.

    Raises AlreadyRegistered if it is because the person holds a seat.
    """
    sent_before = Registration.objects.filter(submission=refused.submission).first()
    if sent_before is not None:
        return sent_before
    standing = Registration.objects.filter(
        session=refused.session, person=refused.person, state=Registration.State.REGISTERED
    ).first()
    if standing is None:
        return None
    raise AlreadyRegistered(
        _(
            "This person is already registered for this class. "
            "The reference number is %(reference)s. Nothing more needs to be done."
        )
        % {"reference": standing.reference},
        registration=standing,
    )


def _unused_reference() -> str:
    reference = new_reference("C")
    while Registration.objects.filter(reference=reference).exists():
        reference = new_reference("C")
    return reference


def _take_seat(session: ClassSession, now: datetime) -> None:
    """One statement that both looks and takes, so that no two people get the last seat."""
    taken = (
        ClassSession.objects.open_for_registration(now=now)
        .filter(pk=session.pk)
        .order_by()
        .update(seats_taken=F("seats_taken") + 1)
    )
    session.refresh_from_db(fields=["seats_taken", "state", "starts_at"])
    if taken:
        return
    if session.closed_because(now=now) in (ClosedBecause.BEGUN, ClosedBecause.CALLED_OFF):
        raise SessionClosed(
            _("This class takes no more registrations. Please choose another day or call us.")
        )
    raise SessionFull(
        _("All seats of this class have been taken. Please choose another day or call us.")
    )


def _confirmation(registration: Registration) -> str:
    return f"class-registration:{registration.pk}"


def _tell(registration: Registration, template: str, reference: str, now: datetime) -> None:
    session = registration.session
    messages.enqueue(
        contact=registration.person.contact,
        purpose=PURPOSE,
        reference=reference,
        template=f"classes/messages/{template}",
        context={"session": session, "registration": registration},
        now=now,
        useless_after=session.starts_at,
    )
