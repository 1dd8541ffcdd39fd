"""When places are no longer kept for the line, with the hours of this city filled in."""

from datetime import datetime

from notifications.models import Contact
from notifications.sending_hours import next_moment
from outreach.classes.rules.offers import LATEST_BEFORE_CLASS


def latest_without_offers(now: datetime) -> datetime:
    """Until when classes begin for which an offer made now would come too late.

    Counted from when the quickest message, an SMS, may next go out. See `rules.offers`.
    """
    return next_moment(Contact.Channel.SMS, now) + LATEST_BEFORE_CLASS
