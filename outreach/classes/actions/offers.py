"""Offer places that became free to those who wait, in the order of the line."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.messages import Told
from notifications.actions.one_by_one import OneByOne
from notifications.models import Contact, ContactPoint
from notifications.sending_hours import next_moment
from outreach.classes.actions import places, together
from outreach.classes.actions.notices import tell
from outreach.classes.late_places import latest_without_offers
from outreach.classes.models import ClassSession, Offer, Registration
from outreach.classes.rules.line import InLine, next_in_line, throughout
from outreach.classes.rules.offers import answer_by
from outreach.classes.signals import schedule_changed
from outreach.people.readers import readers

# Read of the line at once; a class has some ten seats.
READ_AHEAD = 200


class OfferGone(Exception):
    """The offer has been answered, has run out or was taken back."""


class NoPlaceFree(Exception):
    """There is no place to give out of turn."""


@transaction.atomic
def make(*, session: ClassSession, now: datetime) -> list[Offer]:
    """Offer every free place of a class to whoever is next in line; returns the offers.

    A place of a whole series is one on every day, and is offered until its first day.

    A place that becomes free at night is kept for the next in line at once, but the time to
    answer counts from the morning, when the message goes out. Nobody is asked who could not
    answer in time. When that is true of everybody, the place is not kept for the line: staff
    call and `give` it, and whoever takes it first has it (`rules.offers`).
    """
    days = together.hold_days(session)
    if not days or not days[0].waiting:
        return []
    first, free = days[0], throughout(day.free for day in days)
    if first.closed_because(now=now) is not None or free.seats <= 0:
        return []
    line, times = [], {}
    for waiting in first.registrations.in_line_to_tell()[:READ_AHEAD]:
        told_at = _told_at(waiting, now)
        ends_at = answer_by(offered_at=told_at, starts_at=first.starts_at)
        if ends_at is not None:
            line.append(InLine(waiting.pk, waiting.needs_handset))
            times[waiting.pk] = (told_at, ends_at)
    chosen = next_in_line(free, line)
    return [_offer(waiting.key, *times[waiting.key], now=now) for waiting in chosen]


@transaction.atomic
def accept(*, registration: Registration, now: datetime, told: Told | None = None) -> Registration:
    """Turn an offered place into a seat and confirm it; accepted twice is accepted once.

    Who waits can take a free place too, once places are not kept for the line any more. Who
    was `told`, because they said so on the telephone, is not called. Raises OfferGone.
    """
    rows = _held(registration, now)
    standing = rows[0]
    if standing.state == Registration.State.REGISTERED:
        return standing
    if _may_take(rows, now):
        _seat(rows, now=now)
    else:
        _answer(_open_offer(rows, now), Offer.Answer.ACCEPTED, now)
        _set_state(rows, Registration.State.REGISTERED)
    tell(standing, "registered", now=now, told=told)
    return standing


@transaction.atomic
def decline(*, registration: Registration, now: datetime, told: Told | None = None) -> Registration:
    """Give an offered place up; it goes to the next in line at once.

    Who was `told` is not called. Raises OfferGone.
    """
    rows = _held(registration, now)
    _end(rows, _open_offer(rows, now), Offer.Answer.DECLINED, now)
    tell(rows[0], "cancelled", now=now, told=told)
    make(session=rows[0].session, now=now)
    return rows[0]


@transaction.atomic
def give(*, registration: Registration, by: User, reason: str, now: datetime) -> Registration:
    """Give a free place to somebody in line out of turn; why is kept with who decided it.

    Of a whole series a place on every day that is not over. Raises NoPlaceFree, or OfferGone
    when the person does not wait any more.
    """
    rows = _held(registration, now)
    standing = rows[0]
    if standing.state != Registration.State.WAITING:
        raise OfferGone(_("This person does not wait for a place any more."))
    if not _fit(rows):
        raise NoPlaceFree(_("No place is free in this class. Cancel one or add seats first."))
    _seat(rows, now=now)
    Offer.objects.create(
        registration=standing,
        offered_at=now,
        ends_at=now,
        answer=Offer.Answer.ACCEPTED,
        answered_at=now,
        given_by=by,
        reason=reason,
    )
    tell(standing, "registered", now=now)
    return standing


def may_take(registration: Registration, *, now: datetime) -> bool:
    """Whether somebody who waits finds a free place that is not kept for the line any more.

    As far as can be told without holding the class; `accept` looks again.
    """
    rows = Registration.objects.all_days_of(registration)
    return _may_take([row for row in rows if row.session.ends_at > now], now)


def end_run_out(*, now: datetime) -> int:
    """End the offers nobody answered in time and offer their places on; returns how many ended.

    Each in a transaction of its own, so that one that fails does not hold up the others. Raises
    SomeNotQueued when all others have ended.
    """
    each = OneByOne()
    for offer in Offer.objects.run_out(now=now):
        with each.by_itself(str(offer)):
            each.queued += _run_out(offer.registration_id, now)
    return each.finish()


def withdraw(*, registration: Registration, now: datetime) -> None:
    """Close the open offer of a registration that ends otherwise; the caller holds it locked."""
    offer = Offer.objects.unanswered(registration)
    if offer is not None:
        _answer(offer, Offer.Answer.WITHDRAWN, now)


def withdraw_one_day(*, registration: Registration, now: datetime) -> None:
    """The same for one day alone: an offer of a whole series goes on for its other days."""
    offer = registration.offers.filter(answer="").first()
    if offer is None:
        return
    others = Registration.objects.filter(
        whole=registration.whole_id, state=Registration.State.OFFERED
    ).exclude(pk=registration.pk)
    heir = others.order_by("session__starts_at", "pk").first() if registration.whole_id else None
    if heir is None:
        _answer(offer, Offer.Answer.WITHDRAWN, now)
    else:
        Offer.objects.filter(pk=offer.pk).update(registration=heir)


@transaction.atomic
def _run_out(key: int, now: datetime) -> bool:
    rows = _held(Registration.objects.get(pk=key), now)
    offer = Offer.objects.made_to(rows[0]).run_out(now=now).first()
    if offer is None:  # answered, or ended by another worker, meanwhile
        return False
    _end(rows, offer, Offer.Answer.RAN_OUT, now)
    tell(rows[0], "offer-ended", now=now)
    make(session=rows[0].session, now=now)
    return True


def _told_at(registration: Registration, now: datetime) -> datetime:
    """When the first of those who are told can hear of an offer."""
    return min(next_moment(_channel(reader.contact), now) for reader in readers(registration))


def _channel(contact: Contact) -> Contact.Channel:
    """The quickest way, for its hours: who can only be called is called in the hours for calls."""
    usable = [point for point in contact.points.all() if point.state == ContactPoint.State.USABLE]
    if any(point.kind == ContactPoint.Kind.EMAIL or point.takes_sms for point in usable):
        return Contact.Channel.SMS
    return Contact.Channel.VOICE


def _offer(key: int, told_at: datetime, ends_at: datetime, *, now: datetime) -> Offer:
    rows = together.hold_rows(Registration.objects.get(pk=key), now=now)
    for row in rows:
        places.take_from_line(row)
    _set_state(rows, Registration.State.OFFERED)
    offer = Offer.objects.create(registration=rows[0], offered_at=told_at, ends_at=ends_at)
    tell(rows[0], "offered", now=now, offer=offer)
    return offer


def _held(registration: Registration, now: datetime) -> list[Registration]:
    """The registration on all its days, locked after its classes: in this order, always.

    One that has ended, or whose class is over, comes as it is.
    """
    together.hold_days(registration.session)
    rows = together.hold_rows(registration, now=now)
    return rows or [Registration.objects.to_confirm().get(pk=registration.pk)]


def _may_take(rows: Sequence[Registration], now: datetime) -> bool:
    standing = [row for row in rows if row.state in Registration.STANDING]
    return bool(
        standing
        and standing[0].state == Registration.State.WAITING
        and now < standing[0].session.starts_at <= latest_without_offers(now)
        and _fit(standing)
    )


def _fit(rows: Sequence[Registration]) -> bool:
    """Whether a place is free on every day."""
    keys = [row.session_id for row in rows]
    days = ClassSession.objects.filter(pk__in=keys)
    return all(day.free.fits(needs_handset=rows[0].needs_handset) for day in days)


def _seat(rows: Sequence[Registration], *, now: datetime) -> None:
    for row in rows:
        places.take_from_line(row)
    _set_state(rows, Registration.State.REGISTERED)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)


def _set_state(rows: Sequence[Registration], state: Registration.State) -> None:
    for row in rows:
        row.state = state
        row.save(update_fields=["state"])


def _open_offer(rows: Sequence[Registration], now: datetime) -> Offer:
    offer = Offer.objects.made_to(rows[0]).open_at(now).first()
    if offer is None:
        raise OfferGone(
            _("This offer has ended. Please call us: we look for another day together.")
        )
    return offer


def _answer(offer: Offer, answer: Offer.Answer, now: datetime) -> None:
    offer.answer, offer.answered_at = answer, now
    offer.save(update_fields=["answer", "answered_at"])


def _end(rows: Sequence[Registration], offer: Offer, answer: Offer.Answer, now: datetime) -> None:
    _answer(offer, answer, now)
    for row in rows:
        places.leave(row)
        row.cancelled_at = now
        row.state = Registration.State.CANCELLED
        row.save(update_fields=["state", "cancelled_at"])
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
