"""Give a resident a place in a class or a number in its line, and take it back."""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.models import Contact
from outreach.classes.actions import offers, places, reminders, together
from outreach.classes.actions.notices import take_back, tell
from outreach.classes.actions.places import NoHandsets, SessionClosed, SessionFull
from outreach.classes.models import ClassSession, Registration, SeriesRegistration
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
    "register",
]

NOTHING_TOLD = Needs()


class AlreadyRegistered(Exception):
    """The person already holds a place or waits for one; `registration` is the one."""

    def __init__(self, message: str, *, registration: Registration) -> None:
        super().__init__(message)
        self.registration = registration


class RegistrationEnded(Exception):
    """The registration was cancelled and nothing can be changed about it any more."""


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
    try:
        _write(registration, now=now, or_wait=or_wait)
    except (IntegrityError, SessionFull):
        sent_before = _sent_before(registration)
        if sent_before is None:
            raise
        return sent_before
    waits = registration.state == Registration.State.WAITING
    told_by = by if how == Registration.How.PHONE else None
    tell(registration, "waiting" if waits else "registered", now=now, told_by=told_by)
    # Behind somebody who waits already, the pages say what they said before.
    if registration.place_in_line in (None, 1):
        changed = partial(schedule_changed.send_robust, sender=ClassSession)
        transaction.on_commit(changed, robust=True)
    return registration


@transaction.atomic
def change_needs(*, registration: Registration, needs: Needs) -> None:
    """Note what somebody needs after all, on every day. Raises RegistrationEnded."""
    rows = Registration.objects.filter(pk=registration.pk)
    if registration.whole_id is not None:
        rows = Registration.objects.filter(whole=registration.whole_id)
    if not rows.filter(state__in=Registration.STANDING).update(**needs.told()):
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
    days = together.hold_days(registration.session)
    rows = together.hold_rows(registration, now=now)
    if not rows:
        return
    offers.withdraw(registration=rows[0], now=now)
    for row in rows:
        places.leave(row)
        row.state, row.cancelled_at, row.cancelled_by = Registration.State.CANCELLED, now, by
        row.save(update_fields=["state", "cancelled_at", "cancelled_by"])
        take_back(row, reason=reminders.CANCELLED, now=now)
        reminders.recall(registration=row, now=now)
    registration.refresh_from_db()
    tell(rows[0], "cancelled", now=now, knows=knows)
    offers.make(session=days[0], now=now)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def _write(registration: Registration, *, now: datetime, or_wait: bool) -> None:
    """Find the place and write the row, together or not at all.

    Of two submissions at the same moment the second finds the class filled by its own twin, and
    gives back what it took. A reference drawn before, once in millions, is drawn again.
    """
    try:
        with transaction.atomic():
            if registration.session.is_day_of_whole:
                _write_series(registration, now=now, or_wait=or_wait)
            else:
                places.find(registration, registration.session, now=now, or_wait=or_wait)
                registration.save(force_insert=True)
    except IntegrityError:
        if not _is_drawn(registration):
            raise
        registration.reference, registration.whole = new_reference("C"), None
        registration.state, registration.line_number = Registration.State.REGISTERED, None
        _write(registration, now=now, or_wait=or_wait)


def _write_series(registration: Registration, *, now: datetime, or_wait: bool) -> None:
    """One row for each day; the registration becomes that of the first one."""
    days = together.hold_days(registration.session)
    numbers = places.find_on_all(registration, days, now=now, or_wait=or_wait)
    first, *others = days
    registration.session = first
    registration.whole = SeriesRegistration.objects.create(
        series=first.series, reference=registration.reference
    )
    registration.line_number = numbers.get(first.pk)
    registration.save(force_insert=True)
    submission = registration.submission
    Registration.objects.bulk_create(
        _like(
            registration,
            session=day,
            line_number=numbers.get(day.pk),
            submission=uuid5(submission, f"day {day.pk}"),
        )
        for day in others
    )


def _like(registration: Registration, **changes: object) -> Registration:
    values = {
        field.attname: getattr(registration, field.attname)
        for field in Registration._meta.concrete_fields
        if not field.primary_key
    }
    for name in changes:
        values.pop(Registration._meta.get_field(name).attname)  # type: ignore[union-attr]
    return Registration(**values, **changes)


def _is_drawn(registration: Registration) -> bool:
    """Whether somebody else has this reference already."""
    reference = registration.reference
    rows = Registration.objects.filter(reference=reference)
    return (
        rows.exclude(submission=registration.submission).exists()
        or SeriesRegistration.objects.filter(reference=reference).exists()
    )


def _sent_before(refused: Registration) -> Registration | None:
    """The registration of the same submission, if that is why nothing could be written.

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
