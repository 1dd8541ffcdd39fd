"""Give a class another day, another place, other tutors or more seats."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.classes.actions import bookings, notices, offers, reminders, together
from outreach.classes.actions.bookings import AlreadyTaken
from outreach.classes.actions.sessions import refuse_impossible
from outreach.classes.models import ClassSession, Offer, Registration, Tutor
from outreach.classes.rules.offers import answer_by
from outreach.classes.signals import schedule_changed
from outreach.places.models import Venue

__all__ = ["AlreadyTaken", "CannotChange", "adjust", "move"]

MOVED = gettext_lazy("The class was moved.")


class CannotChange(Exception):
    """A class that is over or called off, or a change that would leave people without a place."""


@transaction.atomic
def move(
    *,
    session: ClassSession,
    starts_at: datetime,
    ends_at: datetime,
    venue: Venue,
    room: str,
    now: datetime,
    by: User,
) -> int:
    """Give a class another day, time, venue or room. Registrations and the line stay.

    Everybody who was to come or waits is told by their own channel, and reminders follow the new
    day. Returns how many were told; nothing new is told to nobody. Raises CannotAnnounce,
    CannotChange or AlreadyTaken.
    """
    bookings.hold(venue=venue, tutors=session.tutors.all())
    held = _held(session, now)
    # Read only now: who teaches may have changed while this waited.
    tutors = list(held.tutors.all())
    if (held.starts_at, held.ends_at, held.venue_id, held.room) == (
        starts_at,
        ends_at,
        venue.pk,
        room,
    ):
        return 0
    if starts_at <= now:
        raise CannotChange(_("The class would begin in the past. Check the date and the time."))
    refuse_impossible(starts_at=starts_at, ends_at=ends_at, capacity=held.capacity)
    bookings.refuse_clash(
        venue=venue, room=room, tutors=tutors, starts_at=starts_at, ends_at=ends_at, but=held
    )
    was_at = held.starts_at
    if starts_at != was_at:
        held.moved_from = was_at
    held.starts_at, held.ends_at, held.venue, held.room = starts_at, ends_at, venue, room
    held.moved_at, held.moved_by = now, by
    held.sequence += 1
    held.save()
    _shorten_offers(held, now)
    if starts_at > was_at:
        # Whoever waits may have been too late for an offer before.
        offers.make(session=held, now=now)
    people = list(Registration.objects.in_any_way(held).select_for_update(of=("self",)))
    for registration in people:
        registration.session = held
        reminders.recall(registration=registration, now=now, reason=MOVED)
        notices.take_back_wrong_days(registration, reason=MOVED, now=now)
        # Whoever comes to the old day or to the new one must hear of it before.
        notices.tell_change(registration, "moved", was_at=min(was_at, starts_at), now=now)
    _tell_schedule()
    return len(people)


@transaction.atomic
def adjust(
    *,
    session: ClassSession,
    tutors: Sequence[Tutor],
    capacity: int,
    handsets: int,
    bus_seats: int,
    min_people: int,
    now: datetime,
) -> None:
    """Change what nobody needs to be told: tutors, seats, handsets, the bus.

    More places are offered to the line at once. Raises CannotAnnounce, CannotChange or
    AlreadyTaken.
    """
    bookings.hold(venue=session.venue, tutors=tutors)
    held = _held(session, now)
    refuse_impossible(starts_at=held.starts_at, ends_at=held.ends_at, capacity=capacity)
    if capacity < held.seats_taken:
        raise CannotChange(
            _("%(taken)d seats are taken already. Write at least as many.")
            % {"taken": held.seats_taken}
        )
    if handsets < held.handsets_taken:
        raise CannotChange(
            _("%(taken)d handsets are promised already. Write at least as many.")
            % {"taken": held.handsets_taken}
        )
    if not handsets and held.line_loan:
        raise CannotChange(
            _("%(people)d people in line need a handset. Lend at least one, or call them first.")
            % {"people": held.line_loan}
        )
    bookings.refuse_clash(
        venue=held.venue,
        room=held.room,
        tutors=tutors,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        but=held,
    )
    held.capacity, held.handsets = capacity, handsets
    held.bus_seats, held.min_people = bus_seats, min_people
    held.sequence += 1
    held.save(update_fields=["capacity", "handsets", "bus_seats", "min_people", "sequence"])
    held.tutors.set(tutors)
    offers.make(session=held, now=now)
    _tell_schedule()


def _held(session: ClassSession, now: datetime) -> ClassSession:
    """The class, locked with the other days of its series.

    Raises CannotChange when it is over or called off.
    """
    together.hold_days(session)
    held = (
        ClassSession.objects.select_for_update(of=("self",))
        .select_related("course", "venue__district")
        .get(pk=session.pk)
    )
    if held.state == ClassSession.State.CALLED_OFF:
        raise CannotChange(_("This class was called off. Plan a new one instead."))
    if held.starts_at <= now:
        raise CannotChange(_("This class has begun already and cannot be changed any more."))
    return held


def _shorten_offers(session: ClassSession, now: datetime) -> None:
    """An offer ends before the class begins, also when the class now begins earlier.

    That of a whole series stands on one of its days, and ends before whichever comes first.
    """
    days = ClassSession.objects.covered_by(session)
    for offer in Offer.objects.filter(registration__session__in=days, answer=""):
        last = answer_by(offered_at=offer.offered_at, starts_at=session.starts_at) or now
        if last < offer.ends_at:
            offer.ends_at = last
            offer.save(update_fields=["ends_at"])


def _tell_schedule() -> None:
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
