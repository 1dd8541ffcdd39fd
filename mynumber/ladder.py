"""The renewal ladder this city uses."""

from functools import lru_cache

from django.conf import settings

from notifications.rules.written_days import parse_days

# Further from the expiry nobody connects a message with their card any more.
FURTHEST = 365


def ladder() -> tuple[int, ...]:
    """Days relative to the expiry on which people are reminded (`RENEWAL_LADDER_DAYS`).

    Raises DaysNotUnderstood for a setting that `check` refuses.
    """
    return _read(settings.RENEWAL_LADDER_DAYS)


@lru_cache
def _read(written: str) -> tuple[int, ...]:
    return parse_days(written, least=-FURTHEST, most=FURTHEST)
