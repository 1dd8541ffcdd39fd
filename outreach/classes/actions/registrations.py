"""Give a resident a place in a class or a number in its line, and take it back."""

from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.models import Contact
from outreach.classes.actions import offers, places, reminders
from outreach.classes.actions.notices import look_up, take_back, tell, tell_first
from outreach.classes.actions.places import NoHandsets, SessionClosed, SessionFull
from outreach.classes.actions.short_hold import let_go_before_the_disk
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.classes.signals import schedule_changed
from outreach.people.models import Person
from outreach.people.rules.references import new_reference

__all__ = [
    "AlreadyRegistered",
    "NoHandsets",
    "RegistrationEnded",
    "SessionClosed",
    "SessionFull",
    "cancel",
    "change_needs",
    "once",
    "register",
    "write",
]

NOTHING_TOLD = Needs()


class AlreadyRegistered(Exception):
    """The person already holds a place or waits for one; `registration` is the one."""

    def __init__(self, message: str, *, registration: Registration) -> None:
        super().__init__(message)
        self.registration = registration


class RegistrationEnded(Exception):
    """The registration was cancelled and nothing can be changed about it any more."""


def register(
    *,
    session: ClassSession,
    person: Person,
    submission: UUID,
    how: str,
    now: datetime,
    by: User | None = None,
    asked_by: Contact | None = None,
    relation: str = Registration.Relation.SELF,
    note: str = "",
    needs_handset: bool = False,
    needs: Needs = NOTHING_TOLD,
    or_wait: bool = False,
) -> Registration:
    """Take a place for a person and queue the confirmation. A repeated submission changes nothing.

    With `or_wait` somebody who finds no place gets the next number of the line instead; whoever
    already stands in it and could use the place comes first. Whom the colleague (`by`) has on the
    telephone is not called again to hear the same. Raises AlreadyRegistered, SessionClosed,
    NoHandsets or SessionFull; then nothing has been written.
    """

    def take(*, look_first: bool) -> Registration:
        registration = Registration(
            session=session,
            person=person,
            reference=new_reference("C"),
            submission=submission,
            asked_by=asked_by,
            relation=relation,
            note=note,
            needs_handset=needs_handset,
            **needs.told(),
            how=how,
            taken_by=by,
            registered_at=now,
        )
        return write(registration, now=now, or_wait=or_wait, look_first=look_first)

    return once(take)


class Take(Protocol):
    """Everything that is written together with a place."""

    def __call__(self, *, look_first: bool) -> Registration: ...


def once(take: Take) -> Registration:
    """Run `take` in a transaction of its own, and once more if something stood in its way.

    Of two submissions at the same moment the second finds the class filled by its own twin; and a
    reference may have been drawn before, once in millions. Both are refused by the database, which
    costs nobody else anything: what was taken is given back with all the rest, and the second time
    `take` looks first who was there.
    """
    try:
        with transaction.atomic():
            let_go_before_the_disk()
            return take(look_first=False)
    except IntegrityError:
        with transaction.atomic():
            return take(look_first=True)


def write(
    registration: Registration, *, now: datetime, or_wait: bool, look_first: bool
) -> Registration:
    """Find the place, write the row and queue the confirmation, in the caller's transaction.

    Returns the registration of the same submission where there is one: always with `look_first`,
    and without it where no place is left for a second. Raises IntegrityError where there is one
    all the same, and what `register` raises.
    """
    if look_first and (sent_before := _sent_before(registration)):
        return sent_before
    to = look_up(registration)
    try:
        places.find(registration, registration.session, now=now, or_wait=or_wait)
    except SessionFull:
        sent_before = _sent_before(registration)
        if sent_before is None:
            raise
        return sent_before
    registration.save(force_insert=True)
    told_by = registration.taken_by if registration.how == Registration.How.PHONE else None
    tell_first(registration, to=to, now=now, told_by=told_by)
    # Behind somebody who waits already, the pages say what they said before.
    if registration.place_in_line in (None, 1):
        changed = partial(schedule_changed.send_robust, sender=ClassSession)
        transaction.on_commit(changed, robust=True)
    return registration


@transaction.atomic
def change_needs(*, registration: Registration, needs: Needs) -> None:
    """Note what somebody needs after all. Raises RegistrationEnded."""
    standing = Registration.objects.filter(pk=registration.pk, state__in=Registration.STANDING)
    if not standing.update(**needs.told()):
        raise RegistrationEnded(
            _("This registration was cancelled, so there is nothing left to change.")
        )


@transaction.atomic
def cancel(
    *,
    registration: Registration,
    now: datetime,
    by: User | None = None,
    knows: Contact | None = None,
) -> None:
    """Give a place or a number in line back, tell the person, and stop their reminders.

    The place goes to the next in line. Twice is the same as once. Who `knows`, because they
    cancelled it on the telephone, is not told again.
    """
    # The class first, as everywhere: two transactions never wait for each other.
    session = ClassSession.objects.select_for_update().get(pk=registration.session_id)
    standing = (
        Registration.objects.select_for_update()
        .filter(pk=registration.pk, state__in=Registration.STANDING)
        .first()
    )
    if standing is None:
        return
    offers.withdraw(registration=standing, now=now)
    places.leave(standing)
    standing.state, standing.cancelled_at, standing.cancelled_by = (
        Registration.State.CANCELLED,
        now,
        by,
    )
    standing.save(update_fields=["state", "cancelled_at", "cancelled_by"])
    registration.refresh_from_db()
    take_back(registration, reason=reminders.CANCELLED, now=now)
    reminders.recall(registration=registration, now=now)
    tell(registration, "cancelled", now=now, knows=knows)
    offers.make(session=session, now=now)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def _sent_before(refused: Registration) -> Registration | None:
    """The registration of the same submission, if that is why nothing can be written.

    Raises AlreadyRegistered if it is because the person holds a place or waits for one.
    """
    sent_before = Registration.objects.filter(submission=refused.submission).first()
    if sent_before is not None:
        return sent_before
    standing = Registration.objects.filter(
        session=refused.session, person=refused.person, state__in=Registration.STANDING
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
