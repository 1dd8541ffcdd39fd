"""The renewal ladder this city uses: its own setting, or the one proposed by the rules."""

from django.conf import settings

from mynumber.rules.reminder_ladder import DEFAULT_LADDER


def ladder() -> tuple[int, ...]:
    """Days relative to the expiry on which people are reminded (`RENEWAL_LADDER_DAYS`)."""
    return tuple(getattr(settings, "RENEWAL_LADDER_DAYS", DEFAULT_LADDER))
