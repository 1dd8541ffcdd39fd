"""See to it that no room and no tutor is taken twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outreach.classes.buffers import buffer
from outreach.classes.models import ClassSession, Tutor
from outreach.classes.rules.bookings import Booking, Clash, Taken, first_clash
from outreach.places.models import Venue


class AlreadyTaken(Exception):
    """The room or a tutor has another class at that time, or too shortly before or after it."""


def hold(*, venue: Venue, tutors: Iterable[Tutor]) -> None:
    """Lock what a plan wants until its transaction ends.

    Of two officers who want the same room, the second looks only when the first is done. The
    venue first, then tutors in their order, then classes: two transactions never wait for each
    other. SQLite lets only one transaction write anyway.
    """
    list(Venue.objects.select_for_update(no_key=True).filter(pk=venue.pk).values_list("pk"))
    keys = [tutor.pk for tutor in tutors]
    list(
        Tutor.objects.select_for_update(no_key=True)
        .filter(pk__in=keys)
        .order_by("pk")
        .values_list("pk")
    )


def standing(
    *,
    venue: Venue,
    tutors: Iterable[Tutor],
    since: datetime,
    until: datetime,
    but: ClassSession | None = None,
) -> list[Booking]:
    """What is taken of a venue and of tutors from one moment to another, with the buffer."""
    rows = ClassSession.objects.held_by(venue=venue, tutors=tutors).filter(
        starts_at__lt=until + buffer(), ends_at__gt=since - buffer()
    )
    return [row.booking for row in rows if row != but]


def refuse_clash(
    *,
    venue: Venue,
    room: str,
    tutors: Sequence[Tutor],
    starts_at: datetime,
    ends_at: datetime,
    but: ClassSession | None = None,
) -> None:
    """Raise AlreadyTaken when the room or a tutor is not free; the caller holds both."""
    wanted = Booking(
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue.pk,
        room=room,
        tutors=frozenset(tutor.pk for tutor in tutors),
    )
    taken = standing(venue=venue, tutors=tutors, since=starts_at, until=ends_at, but=but)
    clash = first_clash(wanted, taken, buffer=buffer())
    if clash is not None:
        raise AlreadyTaken(_sentence(clash))


def _sentence(clash: Clash) -> str:
    times = {
        "start": date_format(timezone.localtime(clash.by.starts_at), "H:i"),
        "end": date_format(timezone.localtime(clash.by.ends_at), "H:i"),
        "minutes": int(buffer().total_seconds() // 60),
    }
    if clash.what is Taken.ROOM:
        return (
            _(
                "The room is taken from %(start)s to %(end)s, and %(minutes)d minutes lie between "
                "two classes. Choose another time, room or venue."
            )
            % times
        )
    return (
        _(
            "One of the tutors has a class from %(start)s to %(end)s, and %(minutes)d minutes lie "
            "between two classes. Choose another time or tutor."
        )
        % times
    )
