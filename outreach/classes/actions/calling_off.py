"""Call a class off, tell everybody, and offer them another day in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.classes.actions import notices, offers, reminders, together
from outreach.classes.actions.references import unused_reference
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.elsewhere import Elsewhere, assign
from outreach.classes.rules.line import InLine
from outreach.classes.rules.offers import answer_by
from outreach.classes.signals import schedule_changed

CALLED_OFF = gettext_lazy("The class was called off.")


class CannotCallOff(Exception):
    """The class is over, or nobody wrote why it is called off."""


class CannotOffer(Exception):
    """A day that cannot stand in for the one called off."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What became of the people of a day: how many were offered a place, how many wait, how many
    need a handset where none is lent."""

    offered: int = 0
    waiting: int = 0
    left: int = 0


@transaction.atomic
def call_off(*, session: ClassSession, reason: str, now: datetime, by: User) -> int:
    """Call a class off. Whoever comes, was asked or waits is told by their own channel.

    Their registrations end, reminders stop, and the public page says so. The other days of a whole
    series stay as they are. Returns how many were
    told; twice is the same as once. Raises CannotCallOff.
    """
    if not reason.strip():
        raise CannotCallOff(_("Write why the class is called off."))
    together.hold_days(session)
    held = (
        ClassSession.objects.select_for_update(of=("self",))
        .select_related("course", "venue__district", "series")
        .get(pk=session.pk)
    )
    if held.state == ClassSession.State.CALLED_OFF:
        return 0
    if held.ends_at <= now:
        raise CannotCallOff(_("This class is over. It cannot be called off any more."))
    held.state = ClassSession.State.CALLED_OFF
    held.called_off_at, held.called_off_by, held.called_off_reason = now, by, reason.strip()
    held.sequence += 1
    held.seats_taken = held.handsets_taken = held.line_own = held.line_loan = 0
    held.save()
    people = list(Registration.objects.in_any_way(held).select_for_update(of=("self",)))
    for registration in people:
        registration.session = held
        offers.withdraw_one_day(registration=registration, now=now)
        registration.state = Registration.State.CANCELLED
        registration.cancelled_at, registration.cancelled_by = now, by
        registration.save(update_fields=["state", "cancelled_at", "cancelled_by"])
        if registration.whole_id is None:
            notices.take_back(registration, reason=CALLED_OFF, now=now)
        else:  # what was said is also about the other days
            notices.take_back_moves(registration, reason=CALLED_OFF, now=now)
        reminders.recall(registration=registration, now=now, reason=CALLED_OFF)
        notices.tell_change(registration, "called-off", was_at=held.starts_at, now=now)
    if held.is_day_of_whole:
        # The day may have been the only one without a free seat.
        offers.make(session=held, now=now)
    _tell_schedule()
    return len(people)


@transaction.atomic
def offer_elsewhere(
    *, session: ClassSession, elsewhere: Sequence[ClassSession], now: datetime, by: User
) -> Offered:
    """Offer the people of a day that was called off places on other days of the course.

    In the order in which they registered, those who waited last, behind whoever waits there
    already. Nobody is moved without saying yes: a place is offered, and who finds none waits for
    one. Who has another day, or was asked about one of these before, is not asked again. Raises
    CannotOffer.
    """
    keys = [session.pk, *(day.pk for day in elsewhere)]
    held = {
        row.pk: row
        for row in ClassSession.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .order_by("pk")
    }
    days = [held[day.pk] for day in elsewhere]
    _refuse_unfit(held[session.pk], days, now)
    asked_before = Q(state__in=Registration.STANDING) | Q(instead_of__session=session)
    on_these_days = Registration.objects.filter(asked_before, session__in=days)
    taken = set(on_these_days.values_list("person_id", flat=True))
    people = [
        one
        for one in Registration.objects.to_offer_elsewhere(held[session.pk])
        if one.person_id not in taken
    ]
    chosen = assign(
        [InLine(one.pk, one.needs_handset) for one in people],
        [Elsewhere(day.pk, day.free, day.waiting, bool(day.handsets)) for day in days],
    )
    in_line = [
        _put_in_line(one, held[key], now=now, by=by)
        for one in people
        if (key := chosen[one.pk]) is not None
    ]
    offered = [offer for day in days for offer in offers.make(session=day, now=now)]
    asked = {offer.registration_id for offer in offered}
    waiting = [one for one in in_line if one.pk not in asked]
    for one in waiting:
        notices.tell(one, "waiting", now=now)
    _tell_schedule()
    return Offered(
        offered=len(in_line) - len(waiting),
        waiting=len(waiting),
        left=len(people) - len(in_line),
    )


def days_elsewhere(session: ClassSession, *, now: datetime) -> list[ClassSession]:
    """Days of the same course on which somebody could still answer an offer, soonest first."""
    days = ClassSession.objects.upcoming(now=now).filter(course=session.course_id)
    # A place on one day of a whole series would be half a course.
    others = days.exclude(pk=session.pk).exclude(series__is_whole=True)
    return [day for day in others if answer_by(offered_at=now, starts_at=day.starts_at) is not None]


def _refuse_unfit(session: ClassSession, days: Sequence[ClassSession], now: datetime) -> None:
    if session.state != ClassSession.State.CALLED_OFF:
        raise CannotOffer(_("This class was not called off: its people keep their places."))
    fitting = {day.pk for day in days_elsewhere(session, now=now)}
    if not days or any(day.pk not in fitting for day in days):
        raise CannotOffer(
            _("Choose other days of the same course that are still to come and not called off.")
        )


def _put_in_line(
    ended: Registration, day: ClassSession, *, now: datetime, by: User
) -> Registration:
    """A new registration like the one that ended, at the end of the line of another day."""
    waits_in = "line_loan" if ended.needs_handset else "line_own"
    ClassSession.objects.filter(pk=day.pk).update(
        last_number=F("last_number") + 1, **{waits_in: F(waits_in) + 1}
    )
    number = ClassSession.objects.values_list("last_number", flat=True).get(pk=day.pk)
    # Everything the person has said about themselves goes along.
    new = Registration.objects.to_confirm().get(pk=ended.pk)
    new.pk, new._state.adding = None, True
    new.instead_of, new.session, new.whole = ended, day, None
    # On the other day nobody sits on somebody else's seat.
    new.takes_over = None
    new.reference = unused_reference()
    new.submission = uuid5(ended.submission, f"instead {day.pk} {now.isoformat()}")
    new.line_number, new.state = number, Registration.State.WAITING
    new.registered_at, new.taken_by = now, by
    new.cancelled_at = new.cancelled_by = None
    new.save(force_insert=True)
    return new


def _tell_schedule() -> None:
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
