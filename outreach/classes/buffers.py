"""How much time lies between two classes in one room: the setting, read."""

from datetime import timedelta

from django.conf import settings

MINUTES_OF_A_DAY = 24 * 60


class MinutesNotUnderstood(ValueError):
    """A written number of minutes cannot be read."""


def buffer() -> timedelta:
    """The setting CLASS_BUFFER_MINUTES: what lies between two classes in one room.

    Raises MinutesNotUnderstood for a setting that `check` refuses.
    """
    written = settings.CLASS_BUFFER_MINUTES
    if not (written.isascii() and written.isdigit() and int(written) < MINUTES_OF_A_DAY):
        raise MinutesNotUnderstood(f"{written!r} is not a number of minutes.")
    return timedelta(minutes=int(written))
