"""Give a resident a place in a class or a number in its line, and take it back."""

from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.actions.messages import Told
from notifications.models import Contact
from outreach.classes.actions import offers, places, reminders, rows, together
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
    "SessionClosed",
    "SessionFull",
    "cancel",
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

    For a day of a whole series it takes a place on every day, or on none; the registration that
    is returned is that of the first day, and stands for all of them.

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
        rows.write(registration, now=now, or_wait=or_wait)
    except SessionFull:
        sent_before = _sent_before(registration)
        if sent_before is None:
            raise
        return sent_before
    on_the_line = registration.asked_by or registration.person.contact
    by_phone = registration.how == Registration.How.PHONE
    told = Told(on_the_line, registration.taken_by) if by_phone else None
    tell_first(registration, to=to, now=now, told=told)
    # Behind somebody who waits already, the pages say what they said before.
    if registration.place_in_line in (None, 1):
        changed = partial(schedule_changed.send_robust, sender=ClassSession)
        transaction.on_commit(changed, robust=True)
    return registration


@transaction.atomic
def cancel(
    *,
    registration: Registration,
    now: datetime,
    by: User | None = None,
    told: Told | None = None,
) -> None:
    """Give a place or a number in line back, tell the person, and stop their reminders.

    The place goes to the next in line. Twice is the same as once, and a class that is over stays
    as it was. Who was `told`, because they cancelled it on the telephone, is not called.
    """
    days = together.hold_days(registration.session)
    ended = end(registration=registration, now=now, by=by)
    if not ended:
        return
    registration.refresh_from_db()
    tell(ended[0], "cancelled", now=now, told=told)
    offers.make(session=days[0], now=now)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def end(*, registration: Registration, now: datetime, by: User | None = None) -> list[Registration]:
    """Take everything back that a registration holds, without a word; the caller holds the days.

    Returns its rows, none for one that had ended before.
    """
    standing = together.hold_rows(registration, now=now)
    if standing:
        offers.withdraw(registration=standing[0], now=now)
    for row in standing:
        places.leave(row)
        row.state, row.cancelled_at, row.cancelled_by = Registration.State.CANCELLED, now, by
        row.save(update_fields=["state", "cancelled_at", "cancelled_by"])
        take_back(row, reason=reminders.CANCELLED, now=now)
        reminders.recall(registration=row, now=now)
    return standing


def _sent_before(refused: Registration) -> Registration | None:
    """The registration of the same submission, if that is why nothing can be written.

    Raises AlreadyRegistered if it is because the person holds a place or waits for one.
    """
    sent_before = Registration.objects.filter(submission=refused.submission).first()
    if sent_before is not None:
        return sent_before
    days = ClassSession.objects.covered_by(refused.session)
    standing = Registration.objects.filter(
        session__in=days, person=refused.person, state__in=Registration.STANDING
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
