"""What stands in the columns of notifications, in words for the staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.models import Consent, Contact, ContactPoint, Message

STATE_WORDS = {
    Message.State.QUEUED: _("Waiting to be sent"),
    Message.State.SENDING: _("Being sent"),
    Message.State.SENT: _("Sent"),
    Message.State.DELIVERED: _("Arrived"),
    Message.State.FAILED: _("Could not be sent"),
    Message.State.UNKNOWN: _("Not known whether it was sent"),
    Message.State.HELD: _("Waits for a decision"),
    Message.State.DROPPED: _("Not sent"),
}

CHANNEL_WORDS = {
    Contact.Channel.SMS: _("SMS"),
    Contact.Channel.EMAIL: _("E-mail"),
    Contact.Channel.VOICE: _("Automatic call"),
    Contact.Channel.CALL: _("Call by staff"),
    Contact.Channel.LETTER: _("Letter"),
}

POINT_STATE_WORDS = {
    ContactPoint.State.USABLE: _("in use"),
    ContactPoint.State.STOPPED: _("stopped by STOP"),
    ContactPoint.State.WRONG: _("wrong"),
}

HOW_WORDS = {
    Consent.How.WEB: _("On the website"),
    Consent.How.PHONE: _("By telephone"),
    Consent.How.PAPER: _("On paper"),
    Consent.How.IN_PERSON: _("At the counter or at home"),
}

PURPOSE_WORDS = {
    "class-registration": _("Registration for a class"),
    "class-reminder": _("Reminder of a class"),
    "class-offer": _("Offer of a seat in a class"),
    "class-change": _("Change of a class"),
    "class-change-soon": _("Change of a class, at once"),
    "class-news": _("News of classes"),
    "appointment": _("Appointment at a counter"),
    "appointment-reminder": _("Reminder of an appointment"),
    "appointment-change": _("Appointment called off"),
    "appointment-change-soon": _("Appointment called off, at once"),
    "visit-request": _("Request for a home visit"),
    "visit": _("Home visit"),
    "visit-day": _("Day of a home visit"),
    "visit-reminder": _("Reminder of a home visit"),
    "visit-late": _("Home visit runs late"),
    "renewal-reminder": _("Reminder of an expiry date"),
    "own-link": _("Link to the own page"),
    "announcement-test": _("Test of an announcement"),
    "automatic-call": _("Automatic calls"),
}


def purpose_word(purpose: str) -> str | Promise:
    """A purpose in words; one that nobody declares any more stands as it is stored."""
    return PURPOSE_WORDS.get(purpose, purpose)
