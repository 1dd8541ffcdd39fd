"""Let somebody in who comes to a class without a seat (当日参加)."""

from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from notifications.rules.phones import Phone
from outreach.classes.actions import attendance, offers, together
from outreach.classes.actions.attendance import Mark
from outreach.classes.actions.places import SessionFull
from outreach.classes.actions.references import unused_reference
from outreach.classes.models import Attendance, ClassSession, Registration
from outreach.classes.signals import schedule_changed
from outreach.people.actions import people
from outreach.people.models import Person


@transaction.atomic
def admit(
    *,
    session: ClassSession,
    submission: UUID,
    name: str,
    kana: str = "",
    phone: Phone | None = None,
    language: str,
    needs_handset: bool = False,
    now: datetime,
    by: User,
) -> Registration:
    """Register whoever stands at the door and mark them present; sent twice is sent once.

    Who had registered already is marked present; who waited in line gets a place. A full class
    passes on the seat of somebody who was marked absent. Raises SessionFull when there is none,
    and `attendance.NotYet` before the day of the class.
    """
    person = people.identify(name=name, kana=kana, phone=phone, language=language, by=by)
    together.hold_days(session)
    held = ClassSession.objects.select_for_update().get(pk=session.pk)
    registration = (
        Registration.objects.filter(submission=submission).first()
        or _let_in_from_line(held, person, now, by)
        or _let_in(held, person, submission, needs_handset, now, by)
    )
    mark = Mark(
        registration=registration.pk,
        state=Attendance.State.PRESENT,
        key=uuid5(submission, "present"),
        pressed_at=now,
    )
    attendance.note(session=held, marks=[mark], by=by, now=now)
    return registration


def _let_in_from_line(
    session: ClassSession, person: Person, now: datetime, by: User
) -> Registration | None:
    """The standing registration of somebody who is known here, turned into a seat."""
    standing = session.registrations.filter(person=person, state__in=Registration.STANDING).first()
    if standing is None or standing.state == Registration.State.REGISTERED:
        return standing
    try:
        if standing.state == Registration.State.OFFERED:
            offers.accept(registration=standing, now=now)
        else:
            reason = _("Came to the class.")
            offers.give(registration=standing, by=by, reason=reason, now=now)
    except (offers.OfferGone, offers.NoPlaceFree) as refusal:
        raise SessionFull(str(refusal)) from None
    standing.refresh_from_db()
    return standing


def _let_in(
    session: ClassSession,
    person: Person,
    submission: UUID,
    needs_handset: bool,
    now: datetime,
    by: User,
) -> Registration:
    """A new registration on a free seat, or on that of somebody absent; the class is held."""
    empty_seat = None
    if session.free.fits(needs_handset=needs_handset):
        ClassSession.objects.filter(pk=session.pk).update(
            seats_taken=F("seats_taken") + 1,
            handsets_taken=F("handsets_taken") + int(needs_handset),
        )
    else:
        empty_seat = _empty_seat(session, needs_handset=needs_handset)
    transaction.on_commit(partial(schedule_changed.send_robust, sender=ClassSession), robust=True)
    return Registration.objects.create(
        session=session,
        person=person,
        reference=unused_reference(),
        submission=submission,
        needs_handset=needs_handset,
        how=Registration.How.DOOR,
        taken_by=by,
        registered_at=now,
        takes_over=empty_seat,
    )


def _empty_seat(session: ClassSession, *, needs_handset: bool) -> Registration:
    """The registration of somebody absent whose seat nobody has been given yet."""
    absent = session.registrations.filter(
        state=Registration.State.REGISTERED,
        attendance__state=Attendance.State.ABSENT,
        passed_on_to=None,
        takes_over=None,
    )
    if needs_handset:
        absent = absent.filter(needs_handset=True)
    seat = absent.order_by("pk").first()
    if seat is None:
        raise SessionFull(
            _("No place is free. Mark who has not come as absent; then their place can be given.")
        )
    return seat
