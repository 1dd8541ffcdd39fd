"""When a mark made at the door counts as made, whatever the clock of the telephone says."""

from datetime import datetime, time


def opens_at(starts_at: datetime) -> datetime:
    """From when somebody can be marked: the beginning of the day of the class.

    `starts_at` is the town's time; both are aware.
    """
    return datetime.combine(starts_at.date(), time.min, tzinfo=starts_at.tzinfo)


def counted_at(*, pressed_at: datetime, opened_at: datetime, now: datetime) -> datetime:
    """When a press counts as made: neither before the day of the class nor in the future.

    Marks made without network arrive late and in any order, and the later press is the one that
    holds. A clock that is wrong must not make a mark hold for ever, or never.
    """
    return min(max(pressed_at, opened_at), now)
