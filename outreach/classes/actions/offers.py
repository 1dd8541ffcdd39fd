"""Offer places that became free to those who wait, in the order of the line."""

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.actions.one_by_one import OneByOne
from notifications.models import Contact, ContactPoint
from notifications.sending_hours import next_moment
from outreach.classes.actions import places
from outreach.classes.actions.notices import tell
from outreach.classes.models import ClassSession, Offer, Registration
from outreach.classes.rules.line import InLine, next_in_line
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

    A place that becomes free at night is kept for the next in line at once, but the time to
    answer counts from the morning, when the message goes out. Nobody is asked who could not
    answer in time; when that is true of everybody, staff call and `give` the place.
    """
    held = ClassSession.objects.select_for_update().get(pk=session.pk)
    if not held.waiting or held.closed_because(now=now) is not None:
        return []
    line, times = [], {}
    for waiting in held.registrations.in_line_to_tell()[:READ_AHEAD]:
        told_at = _told_at(waiting, now)
        ends_at = answer_by(offered_at=told_at, starts_at=held.starts_at)
        if ends_at is not None:
            line.append(InLine(waiting.pk, waiting.needs_handset))
            times[waiting.pk] = (told_at, ends_at)
    chosen = next_in_line(held.free, line)
    return [_offer(waiting.key, *times[waiting.key], now=now) for waiting in chosen]


@transaction.atomic
def accept(
    *, registration: Registration, now: datetime, knows: Contact | None = None
) -> Registration:
    """Turn an offered place into a seat and confirm it; accepted twice is accepted once.

    Who `knows`, because they said so on the telephone, is not told again. Raises OfferGone.
    """
    standing = _held(registration)
    if standing.state == Registration.State.REGISTERED:
        return standing
    offer = _open_offer(standing, now)
    _answer(offer, Offer.Answer.ACCEPTED, now)
    standing.state = Registration.State.REGISTERED
    standing.save(update_fields=["state"])
    tell(standing, "registered", now=now, knows=knows)
    return standing


@transaction.atomic
def decline(
    *, registration: Registration, now: datetime, knows: Contact | None = None
) -> Registration:
    """Give an offered place up; it goes to the next in line at once.

    Who `knows` is not told again. Raises OfferGone.
    """
    standing = _held(registration)
    _end(standing, _open_offer(standing, now), Offer.Answer.DECLINED, now)
    tell(standing, "cancelled", now=now, knows=knows)
    make(session=standing.session, now=now)
    return standing


@transaction.atomic
def give(*, registration: Registration, by: User, reason: str, now: datetime) -> Registration:
    """Give a free place to somebody in line out of turn; why is kept with who decided it.

    Raises NoPlaceFree, or OfferGone when the person does not wait any more.
    """
    standing = _held(registration)
    if standing.state != Registration.State.WAITING:
        raise OfferGone(_("This person does not wait for a place any more."))
    session = ClassSession.objects.get(pk=standing.session_id)
    if not session.free.fits(needs_handset=standing.needs_handset):
        raise NoPlaceFree(_("No place is free in this class. Cancel one or add seats first."))
    places.take_from_line(standing)
    Offer.objects.create(
        registration=standing,
        offered_at=now,
        ends_at=now,
        answer=Offer.Answer.ACCEPTED,
        answered_at=now,
        given_by=by,
        reason=reason,
    )
    standing.state = Registration.State.REGISTERED
    standing.save(update_fields=["state"])
    tell(standing, "registered", now=now)
    return standing


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
    offer = registration.offers.filter(answer="").first()
    if offer is not None:
        _answer(offer, Offer.Answer.WITHDRAWN, now)


@transaction.atomic
def _run_out(key: int, now: datetime) -> bool:
    standing = _held(Registration.objects.get(pk=key))
    offer = standing.offers.filter(answer="", ends_at__lte=now).first()
    if offer is None:  # answered, or ended by another worker, meanwhile
        return False
    _end(standing, offer, Offer.Answer.RAN_OUT, now)
    tell(standing, "offer-ended", now=now)
    make(session=standing.session, now=now)
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
    registration = Registration.objects.to_confirm().get(pk=key)
    places.take_from_line(registration)
    registration.state = Registration.State.OFFERED
    registration.save(update_fields=["state"])
    offer = Offer.objects.create(registration=registration, offered_at=told_at, ends_at=ends_at)
    tell(registration, "offered", now=now, offer=offer)
    return offer


def _held(registration: Registration) -> Registration:
    """The registration, locked after its class: always in this order, against deadlocks."""
    ClassSession.objects.select_for_update().get(pk=registration.session_id)
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person__contact", "session__course", "session__venue__district")
        .get(pk=registration.pk)
    )


def _open_offer(registration: Registration, now: datetime) -> Offer:
    offer = registration.offers.filter(answer="", ends_at__gt=now).first()
    if offer is None:
        raise OfferGone(
            _("This offer has ended. Please call us: we look for another day together.")
        )
    return offer


def _answer(offer: Offer, answer: Offer.Answer, now: datetime) -> None:
    offer.answer, offer.answered_at = answer, now
    offer.save(update_fields=["answer", "answered_at"])


def _end(registration: Registration, offer: Offer, answer: Offer.Answer, now: datetime) -> None:
    _answer(offer, answer, now)
    places.leave(registration)
    registration.state, registration.cancelled_at = Registration.State.CANCELLED, now
    registration.save(update_fields=["state", "cancelled_at"])
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
