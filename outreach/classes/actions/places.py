"""Count places in and out: seats, handsets and the line, each in one statement."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NoReturn

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from outreach.classes.late_places import latest_without_offers
from outreach.classes.models import ClassSession, ClosedBecause, Registration
from outreach.classes.rules.line import finds_place


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
    if session.starts_at <= latest_without_offers(now):
        _find_late(registration, session, now=now, or_wait=or_wait)
        return
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


def _find_late(
    registration: Registration, session: ClassSession, *, now: datetime, or_wait: bool
) -> None:
    """The same close to the class, when places are not kept for the line any more.

    In two statements: that somebody waits no longer tells whether a place was found.
    """
    loan = registration.needs_handset
    open_for_all = ClassSession.objects.upcoming(now=now).filter(pk=session.pk).order_by()
    if open_for_all.with_a_place(needs_handset=loan, now=now).update(
        seats_taken=F("seats_taken") + 1, handsets_taken=F("handsets_taken") + int(loan)
    ):
        return
    waits_in = "line_loan" if loan else "line_own"
    if not or_wait or not open_for_all.update(
        last_number=F("last_number") + 1, **{waits_in: F(waits_in) + 1}
    ):
        _refuse(session, now)
    # Our own update holds the row, so nobody draws a number in between.
    numbers = ClassSession.objects.filter(pk=session.pk).values_list("last_number", flat=True)
    registration.state, registration.line_number = Registration.State.WAITING, numbers.get()


def find_on_all(
    registration: Registration, days: Sequence[ClassSession], *, now: datetime, or_wait: bool
) -> dict[int, int]:
    """The same on every day of a whole series: a place on each, or a number in the line of each.

    Never a place on some of them. The caller holds the days, so they all have room until it is
    taken. Returns the numbers drawn, by day; sets the state. Raises as `find` does.
    """
    loan = registration.needs_handset
    if not days or days[0].starts_at <= now:
        raise SessionClosed(
            _("This series takes no more registrations. Please choose another one or call us.")
        )
    if loan and not all(day.handsets for day in days):
        raise NoHandsets(
            _("No smartphones are lent in this class. Please choose another day or call us.")
        )
    is_kept = days[0].starts_at > latest_without_offers(now)
    has_room = all(
        finds_place(
            day.free,
            line_own=day.line_own if is_kept else 0,
            line_loan=day.line_loan if is_kept else 0,
            needs_handset=loan,
        )
        for day in days
    )
    every = ClassSession.objects.filter(pk__in=[day.pk for day in days])
    if has_room:
        every.update(
            seats_taken=F("seats_taken") + 1, handsets_taken=F("handsets_taken") + int(loan)
        )
        return {}
    if not or_wait:
        raise SessionFull(
            _("All seats of this class have been taken. Please choose another day or call us.")
        )
    waits_in = "line_loan" if loan else "line_own"
    every.update(last_number=F("last_number") + 1, **{waits_in: F(waits_in) + 1})
    registration.state = Registration.State.WAITING
    return {day.pk: day.last_number + 1 for day in days}


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
