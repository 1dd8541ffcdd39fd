"""The form above the switch that halts all sending."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.models import SendingStop

REASON_LENGTH = SendingStop._meta.get_field("reason").max_length


class StopForm(GuardedForm):
    """Why nothing may go out; colleagues who wonder read it."""

    reason = forms.CharField(
        label=_("Why is sending stopped?"),
        max_length=REASON_LENGTH,
        help_text=_("Your colleagues read this. Write no names and no numbers of people."),
        error_messages={"required": _("Write why sending is stopped, so that others know.")},
    )
