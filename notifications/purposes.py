"""Which purposes exist, as the apps above declare them in ``NOTIFICATION_PURPOSES``."""

from django.conf import settings


class UnknownPurpose(ValueError):
    """A purpose that no app has declared in the settings."""


def needs_consent(purpose: str) -> bool:
    """Whether this purpose reaches only people who asked for it. Raises UnknownPurpose."""
    try:
        declared = settings.NOTIFICATION_PURPOSES[purpose]
    except KeyError:
        raise UnknownPurpose(
            f"{purpose!r} is not a key of the setting NOTIFICATION_PURPOSES."
        ) from None
    return bool(declared["consent"])


def goes_at_once(purpose: str) -> bool:
    """Whether messages of this purpose answer what somebody does right now."""
    return bool(settings.NOTIFICATION_PURPOSES.get(purpose, {}).get("at_once"))


def is_news(purpose: str) -> bool:
    """Whether messages of this purpose count towards how many announcements a person gets."""
    return bool(settings.NOTIFICATION_PURPOSES.get(purpose, {}).get("news"))


def asks(purpose: str) -> bool:
    """Whether its messages ask something, and say themselves what the keys 1 and 2 mean."""
    return bool(settings.NOTIFICATION_PURPOSES.get(purpose, {}).get("asks"))
