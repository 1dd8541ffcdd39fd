"""When this city lets a telephone ring: the rules, with the settings filled in."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from notifications.models import Contact
from notifications.rules.holidays import parse_closed_days
from notifications.rules.sending_hours import parse_hours

# The channels that ring, each with the setting that holds its hours. An e-mail is read when the
# reader opens it; calls by staff and letters keep the hours of the people who make them.
SETTING_OF_CHANNEL = {
    Contact.Channel.SMS: "SMS_HOURS",
    Contact.Channel.VOICE: "VOICE_HOURS",
}

# Written once and asked for every message.
_hours = lru_cache(parse_hours)
_closed_days = lru_cache(parse_closed_days)


def next_moment(channel: str, at: datetime) -> datetime:
    """The first moment, `at` or later, at which a message may go out by a channel.

    Raises HoursNotUnderstood, DaysNotUnderstood or NeverOpen for settings that `check` refuses.
    """
    name = SETTING_OF_CHANNEL.get(Contact.Channel(channel))
    hours = _hours(getattr(settings, name)) if name else None
    if hours is None:
        return at
    return hours.next_moment(
        at,
        zone=timezone.get_default_timezone(),
        closed=_closed_days(settings.NO_SENDING_DAYS),
    )
