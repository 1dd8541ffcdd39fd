"""How long a card and its certificates are valid, and when they may be renewed.

Source: 番号法 and 公的個人認証法 with their 総務省令, as explained by 総務省 and J-LIS. What is
computed here is an estimate: the date printed on the card is authoritative and is never
overwritten by it.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta

from .sentences import gettext_noop

# 民法 (成年年齢の引下げ): cards applied for from this day on count 18 as adult, earlier ones 20.
ADULT_AGE_CHANGED_ON = date(2022, 4, 1)
ADULT_AGE = 18
ADULT_AGE_BEFORE_CHANGE = 20

CARD_BIRTHDAYS_ADULT = 10
CARD_BIRTHDAYS_MINOR = 5
CERTIFICATE_BIRTHDAYS = 5
# Renewed inside the renewal period, the birthday that is about to come is not counted.
CERTIFICATE_BIRTHDAYS_RENEWED_IN_PERIOD = 6

RENEWAL_PERIOD_MONTHS = 3

# (month, day) on which somebody born on Feb 29 has a birthday in a common year. An assumption the
# city has to confirm, which is why every function that depends on it takes it as `leap_day`.
LEAP_DAY_IN_COMMON_YEARS = (2, 28)

ISSUED_BEFORE_BIRTH = gettext_noop(
    "The date of issue is before the date of birth. Check both dates."
)
APPLIED_AFTER_ISSUE = gettext_noop(
    "The date of application is after the date of issue. Check both dates."
)


def age_on(*, born_on: date, on: date, leap_day: tuple[int, int] = LEAP_DAY_IN_COMMON_YEARS) -> int:
    """Age in whole years on a day; a birthday counts from that day itself.

    Raises ValueError when the day is before the date of birth.
    """
    if on < born_on:
        raise ValueError(gettext_noop("The day is before the date of birth. Check both dates."))
    had_birthday = on >= _birthday_in(on.year, born_on, leap_day)
    return on.year - born_on.year - (0 if had_birthday else 1)


def card_expiry(
    *,
    born_on: date,
    issued_on: date,
    applied_on: date | None = None,
    stay_until: date | None = None,
    leap_day: tuple[int, int] = LEAP_DAY_IN_COMMON_YEARS,
) -> date:
    """Last day the card is valid: the 10th birthday after issue, the 5th for a minor.

    `issued_on` is the day the card was made, not the day it was handed over. `applied_on` decides
    only which age counts as adult; when unknown, the day of issue stands for it. `stay_until` is
    the end of a resident's period of stay: leave it out for Japanese nationals, permanent and
    special permanent residents and 高度専門職2号.

    Raises ValueError when the dates contradict each other.
    """
    _check_order(born_on=born_on, issued_on=issued_on, applied_on=applied_on)
    adult_age = (
        ADULT_AGE_BEFORE_CHANGE if (applied_on or issued_on) < ADULT_AGE_CHANGED_ON else ADULT_AGE
    )
    is_adult = age_on(born_on=born_on, on=issued_on, leap_day=leap_day) >= adult_age
    count = CARD_BIRTHDAYS_ADULT if is_adult else CARD_BIRTHDAYS_MINOR
    return _capped(_nth_birthday_after(issued_on, count, born_on, leap_day), stay_until)


def certificate_expiry(
    *,
    born_on: date,
    issued_on: date,
    card_expires_on: date | None = None,
    renewed_in_period: bool = False,
    stay_until: date | None = None,
    leap_day: tuple[int, int] = LEAP_DAY_IN_COMMON_YEARS,
) -> date:
    """Last day both certificates (署名用・利用者証明用) are valid.

    The 5th birthday after the certificates were issued, the 6th when they were renewed inside the
    renewal period, and never later than the card. Give `card_expires_on` whenever the printed date
    is known; without it the card is taken to have been made on the same day as the certificates.
    A change of name or address ends the signature certificate earlier; no date can tell that.

    Raises ValueError when the certificates would be older than the person.
    """
    if card_expires_on is None:
        card_expires_on = card_expiry(born_on=born_on, issued_on=issued_on, leap_day=leap_day)
    _check_order(born_on=born_on, issued_on=issued_on)
    count = CERTIFICATE_BIRTHDAYS_RENEWED_IN_PERIOD if renewed_in_period else CERTIFICATE_BIRTHDAYS
    own_end = _nth_birthday_after(issued_on, count, born_on, leap_day)
    return _capped(min(own_end, card_expires_on), stay_until)


def renewal_opens_on(expires_on: date) -> date:
    """First day of the renewal period: the day after "three months before", held to month ends."""
    months = expires_on.year * 12 + (expires_on.month - 1) - RENEWAL_PERIOD_MONTHS
    year, month = months // 12, months % 12 + 1
    day = min(expires_on.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=1)


def void_from(expires_on: date) -> date:
    """First day the card or certificate no longer works; it is still valid on its last day."""
    return expires_on + timedelta(days=1)


def _birthday_in(year: int, born_on: date, leap_day: tuple[int, int]) -> date:
    if (born_on.month, born_on.day) == (2, 29) and not isleap(year):
        return date(year, *leap_day)
    return born_on.replace(year=year)


def _nth_birthday_after(
    issued_on: date, count: int, born_on: date, leap_day: tuple[int, int]
) -> date:
    """The count-th birthday strictly after the day of issue: an issue on the birthday skips it."""
    already_had = _birthday_in(issued_on.year, born_on, leap_day) <= issued_on
    first_year = issued_on.year + (1 if already_had else 0)
    return _birthday_in(first_year + count - 1, born_on, leap_day)


def _capped(expires_on: date, stay_until: date | None) -> date:
    return expires_on if stay_until is None else min(expires_on, stay_until)


def _check_order(*, born_on: date, issued_on: date, applied_on: date | None = None) -> None:
    if issued_on < born_on:
        raise ValueError(ISSUED_BEFORE_BIRTH)
    if applied_on is not None and applied_on > issued_on:
        raise ValueError(APPLIED_AFTER_ISSUE)
