"""Hold everything one registration is about: a day, or all days of a whole series.

The classes first and in their order, then the registrations in theirs, everywhere: of two
transactions that want the same, the second waits for the first and never the first for it.
"""

from datetime import datetime

from django.db.models import Q

from outreach.classes.models import ClassSession, Registration


def hold_days(session: ClassSession) -> list[ClassSession]:
    """The class, or every day of its whole series that stands, locked; the first day first."""
    days = ClassSession.objects.filter(pk=session.pk)
    if session.series_id is not None:
        days = ClassSession.objects.covered_by(session)
    # By key, not by day, which can be moved while somebody waits for the lock.
    held = list(days.select_for_update(of=("self",)).order_by("pk"))
    if len(held) > 1:
        held = [day for day in held if day.state == ClassSession.State.ANNOUNCED]
    return sorted(held, key=lambda day: day.starts_at)


def hold_rows(registration: Registration, *, now: datetime) -> list[Registration]:
    """The registration as it stands, locked, on every day that is not over; the first day first.

    The caller holds the days. Empty for one that was cancelled, or whose class is over: who came
    to it came to it, whatever happens to them later.
    """
    same = Q(pk=registration.pk)
    if registration.whole_id is not None:
        same = Q(whole=registration.whole_id)
    held = list(
        Registration.objects.filter(same, state__in=Registration.STANDING, session__ends_at__gt=now)
        .select_for_update(of=("self",))
        .select_related(
            "person__contact", "asked_by", "session__course", "session__venue__district", "whole"
        )
        .order_by("pk")
    )
    return sorted(held, key=lambda row: row.session.starts_at)
