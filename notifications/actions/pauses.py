"""Which carriers have asked to be left alone, and until when, for every process to see."""

from datetime import datetime

from django.core.cache import cache


def remember(carrier: str, *, until: datetime, now: datetime) -> None:
    """Leave a carrier alone until a moment. What the cache forgets costs one more refusal."""
    cache.set(_key(carrier), until, timeout=max((until - now).total_seconds(), 0))


def until(carrier: str) -> datetime | None:
    """The moment until which a carrier wants nothing, None when it has not said."""
    moment: datetime | None = cache.get(_key(carrier))
    return moment


def _key(carrier: str) -> str:
    return f"notifications-pause-{carrier}"
