"""How much this city lets go out: the rules, with the settings filled in."""

from decimal import Decimal, InvalidOperation

from django.conf import settings

from notifications.rules.ceilings import DayCeilings, Prices


class AmountNotUnderstood(ValueError):
    """A written number or amount cannot be read."""


def day_ceilings() -> DayCeilings:
    """The most that may go out in a day; an empty setting means no ceiling.

    Raises AmountNotUnderstood.
    """
    return DayCeilings(sms=count("DAILY_SMS_CEILING"), yen=amount("DAILY_YEN_CEILING"))


def prices() -> Prices:
    """What the carrier charges. Raises AmountNotUnderstood."""
    return Prices(
        sms_part=amount("SMS_PRICE_YEN") or Decimal(0),
        voice_minute=amount("VOICE_PRICE_YEN") or Decimal(0),
    )


def announcements_per_week() -> int | None:
    """The most announcements one person gets in seven days. Raises AmountNotUnderstood."""
    most = count("ANNOUNCEMENTS_PER_WEEK")
    if most == 0:
        raise AmountNotUnderstood("ANNOUNCEMENTS_PER_WEEK is 0: nobody could be told anything.")
    return most


def count(name: str) -> int | None:
    """A setting that is a whole number, or empty. Raises AmountNotUnderstood."""
    written = str(getattr(settings, name)).strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit()):
        raise AmountNotUnderstood(f"{name} is not a whole number: {written!r}.")
    return int(written)


def amount(name: str) -> Decimal | None:
    """A setting that is an amount of yen, or empty. Raises AmountNotUnderstood."""
    written = str(getattr(settings, name)).strip()
    if not written:
        return None
    try:
        found = Decimal(written)
    except InvalidOperation:
        raise AmountNotUnderstood(f"{name} is not an amount of yen: {written!r}.") from None
    if not found.is_finite() or found < 0:
        raise AmountNotUnderstood(f"{name} is not an amount of yen: {written!r}.")
    return found
