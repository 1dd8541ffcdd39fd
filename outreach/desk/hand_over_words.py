"""Hand-overs in words for the staff."""

from django.utils.translation import gettext_lazy as _

from notifications.models import HandOver

KIND_WORDS = {
    HandOver.Kind.LETTERS: _("Letters"),
    HandOver.Kind.POSTCARDS: _("Postcards"),
    HandOver.Kind.SMS_FILE: _("File of text messages"),
}

STATE_WORDS = {
    HandOver.State.OPEN: _("Made, not out yet"),
    HandOver.State.DONE: _("Out"),
    HandOver.State.DISCARDED: _("Put back"),
}
