"""Count places in and out: seats, handsets and the line, each in one statement."""

from datetime import datetime
from functools import lru_cache
from typing import NoReturn

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from outreach.classes.models import ClassSession, ClosedBecause, Registration


class SessionFull(Exception):
    """No place is left in the class; one can wait for it."""


class SessionClosed(Exception):
    """The class has begun or was called off."""


class NoHandsets(Exception):
    """No handsets are lent in this class, so waiting for one would be in vain."""


def find(
    registration: Registration, session: ClassSession, *, now: datetime, or_wait: bool
) -> None:
    """Take a place for a registration that is about to be written, or draw it a number.

    One statement both looks and takes, so that no two people get the last place. It holds the
    class until the transaction ends: what can be read before is read before. Raises
    SessionClosed, NoHandsets, or SessionFull when there is no place and nobody wants to wait.
    """
    loan = registration.needs_handset
    if loan and not session.handsets:
        raise NoHandsets(
            _("No smartphones are lent in this class. Please choose another day or call us.")
        )
    with connection.cursor() as cursor:
        cursor.execute(
            _look_and_take(loan=loan, or_wait=or_wait),
            {
                "session": session.pk,
                "announced": ClassSession.State.ANNOUNCED,
                "now": connection.ops.adapt_datetimefield_value(now),
            },
        )
        found = cursor.fetchone()
    if found is None:
        _refuse(session, now)
    in_line, last_number = found
    # Who needs the same and waits goes first: a place is found only where nobody of them does.
    if in_line:
        registration.state, registration.line_number = Registration.State.WAITING, last_number


@lru_cache
def _look_and_take(*, loan: bool, or_wait: bool) -> str:
    """The rule of `rules.line` (`ClassSession.objects.with_a_place`) and its effect in one UPDATE.

    Written by hand: Django has no UPDATE … RETURNING, and in a rush everybody waits for the one
    in front to have it. Answers how many then wait for the same, and the last number drawn.
    """
    handset_free = "handsets_taken < handsets"
    place = "seats_taken < capacity AND line_own = 0"
    place += (
        f" AND line_loan = 0 AND {handset_free}"
        if loan
        else f" AND (line_loan = 0 OR NOT {handset_free})"
    )
    line = "line_loan" if loan else "line_own"
    only_with_a_place = "" if or_wait else f"AND {place}"
    # Nothing of it was typed by anybody: names of columns, and conditions of our own.
    return f"""
        UPDATE {ClassSession._meta.db_table} SET
            seats_taken = seats_taken + CASE WHEN {place} THEN 1 ELSE 0 END,
            handsets_taken = handsets_taken + CASE WHEN {place} THEN {int(loan)} ELSE 0 END,
            last_number = last_number + CASE WHEN {place} THEN 0 ELSE 1 END,
            {line} = {line} + CASE WHEN {place} THEN 0 ELSE 1 END
        WHERE id = %(session)s AND state = %(announced)s AND starts_at > %(now)s
            {only_with_a_place}
        RETURNING {line}, last_number
    """  # noqa: S608


def leave(registration: Registration) -> None:
    """Give back what a standing registration holds: its place, or its number in the line.

    The caller holds the class and the registration locked.
    """
    loan = int(registration.needs_handset)
    session = ClassSession.objects.filter(pk=registration.session_id)
    if registration.takes_over_id is not None:
        # The seat counts for the one who did not come, and can be passed on again.
        Registration.objects.filter(pk=registration.pk).update(takes_over=None)
        return
    heir = Registration.objects.filter(takes_over=registration).first()
    if heir is not None:
        # Now the seat counts for who sits on it; a handset nobody holds is free again.
        Registration.objects.filter(pk=heir.pk).update(takes_over=None)
        session.update(handsets_taken=F("handsets_taken") - loan + int(heir.needs_handset))
    elif registration.state in Registration.HOLDS_PLACE:
        session.update(seats_taken=F("seats_taken") - 1, handsets_taken=F("handsets_taken") - loan)
    elif registration.state == Registration.State.WAITING:
        session.update(line_own=F("line_own") - 1 + loan, line_loan=F("line_loan") - loan)


def take_from_line(registration: Registration) -> None:
    """Turn a number in the line into a place; the caller holds both rows and has looked."""
    loan = int(registration.needs_handset)
    ClassSession.objects.filter(pk=registration.session_id).update(
        seats_taken=F("seats_taken") + 1,
        handsets_taken=F("handsets_taken") + loan,
        line_own=F("line_own") - 1 + loan,
        line_loan=F("line_loan") - loan,
    )


def _refuse(session: ClassSession, now: datetime) -> NoReturn:
    session.refresh_from_db(
        fields=["seats_taken", "handsets_taken", "line_own", "line_loan", "state", "starts_at"]
    )
    if session.closed_because(now=now) in (ClosedBecause.BEGUN, ClosedBecause.CALLED_OFF):
        raise SessionClosed(
            _("This class takes no more registrations. Please choose another day or call us.")
        )
    raise SessionFull(
        _("All seats of this class have been taken. Please choose another day or call us.")
    )
