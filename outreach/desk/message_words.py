"""States and channels of messages, in words for the staff."""

from django.utils.translation import gettext_lazy as _

from notifications.models import Contact, Message

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
