"""Why a message did not go out, in sentences for the staff's outbox."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_CONSENT = _("The person has not agreed to messages of this kind.")
DO_NOT_CONTACT = _("The person asked not to be contacted.")
CLOSED = _("The person has died, has moved away or is on record under another entry.")
NO_WAY = _("There is no phone number or address by which the person can be reached.")
TOLD = _("A colleague told the person by telephone.")
HEARD = _("The person has just heard it in an automatic call.")
TOO_LATE = _("It was too late for this message to be useful.")
STOPPED = _("Messages to this number or address have been stopped.")
WRONG = _("This number or address is noted as wrong. Ask the person for another one.")
NO_AUTOMATIC_CALLS = _("The person does not, or no longer, agree to automatic calls.")
PURPOSE_GONE = _("Messages of this kind are no longer declared. Decide whether to send it.")
CALL_TO_MAKE = _("This is a call that a colleague makes.")
POSTPONED = _("It waits for the hours in which messages of this kind go out.")
GAVE_UP = _("It could not be handed over in %(attempts)d attempts. The last answer: %(answer)s")
ENOUGH_NEWS = _("The person has had as many announcements as one person gets in a week.")
SMS_CEILING = _("The most SMS of one day, %(most)s, has been reached.")
YEN_CEILING = _("The most yen of one day for SMS and automatic calls, %(most)s, has been reached.")
OVER_CEILING = _("The ceiling of the day was reached before it was this message's turn.")
ANNOUNCEMENT_STOPPED = _("The announcement was stopped before this message went out.")
IN_DOUBT = _("Sending was interrupted. It is not known whether the message has gone out.")
IN_DOUBT_ABSENT_ONCE = _(
    "Sending was interrupted. The carrier does not have the message; it is asked once more."
)
IN_DOUBT_ASKED_AGAIN = _("Sending was interrupted. The carrier cannot say yet; it is asked again.")
NOT_TAKEN = _("The carrier does not have the message. It is sent anew.")
CANNOT_BE_ASKED = _(
    "Sending was interrupted, and this carrier cannot be asked. Decide whether to send it again."
)
CARRIER_CANNOT_SAY = _(
    "Sending was interrupted, and the carrier could not say whether it has the message. "
    "Decide whether to send it again."
)
DECIDED_SENT = _("A colleague found that it has gone out.")
DECIDED_AGAIN = _("A colleague decided to send it again.")
DECIDED_DROPPED = _("A colleague decided not to send it.")

NOT_DELIVERED = _("The SMS service reports that the message did not arrive.")


def in_house_language(sentence: str | Promise) -> str:
    """A sentence as the staff read it.

    It is stored while a resident's language may be active, so it cannot be left to that.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return str(sentence)


def said(sentence: str | Promise, **values: object) -> str:
    """A sentence with its values filled in, as the staff read it."""
    return in_house_language(sentence) % values
