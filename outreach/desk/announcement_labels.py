"""States and reasons of announcements, in words for the staff."""

from django.utils.translation import gettext_lazy as _

from notifications.models import Announcement
from outreach.desk.audiences import LeftOut
from outreach.desk.rules.audiences import Classes, Reach

STATE_WORDS = {
    Announcement.State.DRAFT: _("Draft"),
    Announcement.State.WAITING: _("Waits for a colleague's approval"),
    Announcement.State.SCHEDULED: _("Planned"),
    Announcement.State.QUEUEING: _("Being put into the outbox"),
    Announcement.State.QUEUED: _("In the outbox"),
    Announcement.State.STOPPED: _("Stopped"),
}

LEFT_OUT_WORDS = {
    LeftOut.DO_NOT_CONTACT: _("Asked not to be contacted"),
    LeftOut.NO_CONSENT: _("Has not agreed to messages of this kind"),
    LeftOut.REGISTERED: _("Is registered for this class"),
    LeftOut.NO_WAY: _("No number or address that works"),
    LeftOut.STOPPED: _("Has stopped messages to the number or address"),
    LeftOut.PROTECTED: _("Protected, and reached by post only"),
    LeftOut.OTHER_CHANNEL: _("Reached by a channel that was not chosen"),
    LeftOut.TOLD: _("The number had an announcement within a day, or news of this class"),
    LeftOut.SHARED: _("Shares a number with somebody who gets it"),
}

REACH_WORDS = {
    Reach.ANYTHING: _("By anything"),
    Reach.MOBILE: _("People with a mobile"),
    Reach.LANDLINE_ONLY: _("People with a landline alone (no mobile, no e-mail)"),
    Reach.EMAIL: _("People with an e-mail address"),
}

CLASSES_WORDS = {
    Classes.ANYTHING: _("It does not matter"),
    Classes.REGISTERED: _("Registered for a class"),
    Classes.NEVER: _("Not registered for any"),
}
