"""When somebody is reminded of what they have booked: a class, an appointment."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta


def due_day(
    *, starts_at: datetime, registered_at: datetime, now: datetime, days: Iterable[int]
) -> int | None:
    """Which reminder is due now, as its number of days before the beginning; None if none is.

    All times are aware and in the town's own time zone. A reminder falls due at midnight, `n`
    days before the beginning, and stays due until the next one takes its place or it begins:
    a worker that stood still never sends "in seven days" on the eve. Somebody who booked
    after a reminder fell due has just read the same in the confirmation and does not get it.
    """
    if now >= starts_at:
        return None
    fallen_due = [n for n in set(days) if _moment(starts_at, n) <= now]
    if not fallen_due:
        return None
    nearest = min(fallen_due)
    return nearest if registered_at < _moment(starts_at, nearest) else None


def _moment(starts_at: datetime, days_before: int) -> datetime:
    day = starts_at.date() - timedelta(days=days_before)
    return datetime.combine(day, time.min, tzinfo=starts_at.tzinfo)
