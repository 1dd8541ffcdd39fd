"""What a team pressed on its visits, also long after and in any order, becomes what is so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.visits.actions import visits
from outreach.visits.models import Visit, VisitMark, VisitRequest


@dataclass(frozen=True, slots=True)
class Mark:
    """One press on a visit; `key` is drawn once for it, so that what arrives twice is one."""

    visit: int
    kind: str
    value: str
    key: UUID
    pressed_at: datetime
    second: int | None = None  # the key of the other member who was there


@dataclass(frozen=True, slots=True)
class Refused:
    """A mark that could not be kept, and why in a sentence for whoever pressed it."""

    key: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of some marks."""

    kept: tuple[UUID, ...]
    refused: tuple[Refused, ...]


class _NotKept(Exception):
    """Why one mark cannot be kept."""


def note(*, marks: Iterable[Mark], by: User, now: datetime) -> Noted:
    """Write marks down, in the order they were pressed; the outcome moves the request on.

    Each by itself: one that is refused, because the visit is no longer the visitor's or has its
    outcome already, keeps none of the others away.
    """
    kept, refused = [], []
    for mark in sorted(marks, key=lambda one: (one.visit, one.pressed_at)):
        try:
            with transaction.atomic():
                _note(mark, by=by, now=now)
        except (_NotKept, visits.OutcomeRecorded, visits.NotVisitedYet) as refusal:
            refused.append(Refused(mark.key, str(refusal)))
        else:
            kept.append(mark.key)
    return Noted(tuple(kept), tuple(refused))


def _note(mark: Mark, *, by: User, now: datetime) -> None:
    if VisitMark.objects.filter(client_key=mark.key, marked_by=by).exists():
        return
    visit = _own_visit(mark, by)
    if visit.visit_on > timezone.localdate(now):
        raise visits.NotVisitedYet(
            _("The day of this visit has not come yet. Write its outcome down after the visit.")
        )
    second = visit.team.members.exclude(pk=by.pk).filter(pk=mark.second or 0).first()
    if second is None and mark.kind in (VisitMark.Kind.ARRIVED, VisitMark.Kind.LEFT):
        raise _NotKept(_("Two people go on a visit. Choose who is with you, and press again."))
    if mark.kind == VisitMark.Kind.OUTCOME:
        visits.record_outcome(visit=visit, outcome=mark.value, note="", by=by, now=now)
    VisitMark.objects.create(
        visit=visit,
        client_key=mark.key,
        kind=mark.kind,
        value=mark.value,
        marked_at=_counted_at(visit, mark.pressed_at, now),
        received_at=now,
        marked_by=by,
        second=second,
    )


def _own_visit(mark: Mark, by: User) -> Visit:
    """The visit, its request held, if it still is of a team of whoever pressed."""
    found = Visit.objects.of(by).filter(pk=mark.visit).first()
    if found is not None:
        VisitRequest.objects.select_for_update(of=("self",)).get(pk=found.request_id)
        # Once more: it may have been taken from them while we waited.
        found = Visit.objects.of(by).with_people().filter(pk=mark.visit).first()
    if found is None:
        raise _NotKept(_("This visit is no longer yours. Tell the desk what you have pressed."))
    return found


def _counted_at(visit: Visit, pressed_at: datetime, now: datetime) -> datetime:
    """Neither before the day of the visit nor in the future, whatever the telephone says."""
    town = timezone.get_default_timezone()
    return min(max(pressed_at, datetime.combine(visit.visit_on, time.min, tzinfo=town)), now)
