"""What somebody brings and needs, changed until the class; a handset is counted like a seat."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from outreach.classes.actions import offers, registrations, together
from outreach.classes.actions.places import NoHandsets
from outreach.classes.late_places import latest_without_offers
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.classes.signals import schedule_changed


class RegistrationEnded(Exception):
    """The registration was cancelled or the class has begun: nothing can be changed any more."""


class NoHandsetFree(Exception):
    """Every handset of the class is promised; one can wait for a seat with one."""


@transaction.atomic
def change(
    *, registration: Registration, needs: Needs, note: str, needs_handset: bool, now: datetime
) -> None:
    """Note what somebody brings and needs after all, on every day that is not over.

    A handset is taken or given back; whoever waits for one comes first. Raises NoHandsets,
    NoHandsetFree or RegistrationEnded; then nothing has been changed.
    """
    days = together.hold_days(registration.session)
    rows = _held(registration, now)
    if needs_handset != rows[0].needs_handset:
        _swap(rows, needs_handset=needs_handset, now=now)
    _note(rows, needs=needs, note=note, needs_handset=needs_handset)
    # A handset given back may be what somebody waits for, or one no longer needed.
    offers.make(session=days[0], now=now)


@transaction.atomic
def wait_for_handset(
    *, registration: Registration, needs: Needs, note: str, now: datetime
) -> Registration:
    """Give a seat back and wait, at the end of the line, for one with a handset.

    The new registration has a reference of its own, which the person is told. Raises NoHandsets,
    RegistrationEnded, or SessionClosed once the first day of a whole series has begun, because
    nobody waits for half a series; then nothing has been changed.
    """
    days = together.hold_days(registration.session)
    standing = _held(registration, now)[0]
    registrations.end(registration=standing, now=now)
    waiting = registrations.register(
        session=days[0],
        person=standing.person,
        submission=uuid5(standing.submission, "handset"),
        asked_by=standing.asked_by,
        relation=standing.relation,
        how=standing.how,
        now=now,
        note=note,
        needs_handset=True,
        needs=needs,
        or_wait=True,
    )
    offers.make(session=days[0], now=now)
    return waiting


def _held(registration: Registration, now: datetime) -> list[Registration]:
    rows = together.hold_rows(registration, now=now)
    if not rows:
        raise RegistrationEnded(
            _("This registration was cancelled, so there is nothing left to change.")
        )
    if rows[0].session.starts_at <= now or _is_passed_on(rows):
        raise RegistrationEnded(_("The class has begun. Please speak to the staff there."))
    return rows


def _is_passed_on(rows: Sequence[Registration]) -> bool:
    """Whether somebody at the door sits on this seat already, or this on another's."""
    keys = [row.pk for row in rows]
    return any(row.takes_over_id for row in rows) or (
        Registration.objects.filter(takes_over__in=keys).exists()
    )


def _swap(rows: Sequence[Registration], *, needs_handset: bool, now: datetime) -> None:
    """Count a handset in or out; the caller holds the days."""
    keys = [row.session_id for row in rows]
    days = ClassSession.objects.filter(pk__in=keys)
    if needs_handset and any(not day.handsets for day in days):
        raise NoHandsets(
            _("No smartphones are lent in this class. Please choose another day or call us.")
        )
    more = 1 if needs_handset else -1
    if rows[0].state == Registration.State.WAITING:
        days.update(line_loan=F("line_loan") + more, line_own=F("line_own") - more)
        return
    is_kept = rows[0].session.starts_at > latest_without_offers(now)
    if needs_handset and any(day.free.handsets <= 0 or (is_kept and day.line_loan) for day in days):
        raise NoHandsetFree(
            _("All smartphones of the city for this class are promised to other people.")
        )
    days.update(handsets_taken=F("handsets_taken") + more)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def _note(rows: Sequence[Registration], *, needs: Needs, note: str, needs_handset: bool) -> None:
    for row in rows:
        row.needs_handset, row.note = needs_handset, note
        for name, value in needs.told().items():
            setattr(row, name, value)
        row.save(update_fields=["needs_handset", "note", *needs.names()])
