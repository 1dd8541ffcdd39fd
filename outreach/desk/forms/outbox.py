"""The filter above the outbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.desk.message_words import CHANNEL_WORDS, STATE_WORDS


class OutboxFilterForm(GuardedForm):
    """Which messages to show; an answer nobody offers counts as none."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *STATE_WORDS.items()],
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        required=False,
        choices=[("", _("All channels")), *CHANNEL_WORDS.items()],
    )

    @property
    def chosen(self) -> dict[str, str]:
        """The columns of Message to filter by."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
