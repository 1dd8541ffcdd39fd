"""Mark at the door who came and who did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.classes.models import Attendance, AttendanceMark, ClassSession, Registration
from outreach.classes.rules.attendance import counted_at, opens_at


class NotYet(Exception):
    """The day of the class has not come, or it was called off: nobody can be marked."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One press at the door: whose registration, present or absent, and when.

    `key` is drawn once for the press; the same press that arrives twice carries it twice.
    """

    registration: int
    state: str
    key: UUID
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of some marks: keys that are on record, and keys of people without a seat."""

    kept: tuple[UUID, ...]
    refused: tuple[UUID, ...]


@transaction.atomic
def note(*, session: ClassSession, marks: Iterable[Mark], by: User, now: datetime) -> Noted:
    """Write down who came. In whatever order marks arrive, the one pressed last holds.

    Marks for people who hold no seat in this class are refused; the others are kept. Raises
    NotYet before the day of the class.
    """
    opened_at = opening(session, now)
    kept, refused = [], []
    # In one order, so that two telephones that send at once never wait for each other.
    for mark in sorted(marks, key=lambda one: (one.registration, one.pressed_at)):
        held = (
            Registration.objects.select_for_update()
            .filter(pk=mark.registration, session=session, state=Registration.State.REGISTERED)
            .first()
        )
        if held is None:
            refused.append(mark.key)
            continue
        at = counted_at(pressed_at=mark.pressed_at, opened_at=opened_at, now=now)
        _keep(held, mark, at=at, by=by, now=now)
        kept.append(mark.key)
    return Noted(tuple(kept), tuple(refused))


def opening(session: ClassSession, now: datetime) -> datetime:
    """Since when this class's people can be marked; raises NotYet where they cannot be."""
    if session.state == ClassSession.State.CALLED_OFF:
        raise NotYet(_("This class was called off, so there is nobody to mark."))
    town = timezone.get_default_timezone()
    opened_at = opens_at(timezone.localtime(session.starts_at, town))
    if now < opened_at:
        raise NotYet(_("Attendance can be marked from the day of the class on."))
    return opened_at


def _keep(held: Registration, mark: Mark, *, at: datetime, by: User, now: datetime) -> None:
    """Append the mark and let it hold if it is the last; the caller holds the registration."""
    _row, is_new = AttendanceMark.objects.get_or_create(
        client_key=mark.key,
        defaults={
            "registration": held,
            "state": mark.state,
            "marked_at": at,
            "received_at": now,
            "marked_by": by,
        },
    )
    if not is_new:
        return
    standing = Attendance.objects.filter(registration=held).first()
    if standing is None:
        standing = Attendance(registration=held)
    elif standing.marked_at > at:
        return
    standing.state, standing.marked_at, standing.marked_by = mark.state, at, by
    standing.save()
