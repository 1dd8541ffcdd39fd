"""When a message that could not be handed over is tried again, and when a person takes over."""

from datetime import timedelta

# What lies between one attempt and the next. After the last of them a person decides.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 60, 180))

# A carrier that takes nothing from anybody is no fault of the message: it waits far longer.
ATTEMPTS_AT_A_CLOSED_DOOR = 50


def pause_before_next(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that failed; None when it is a person's turn."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
