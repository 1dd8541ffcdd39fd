"""The filter above the outbox, and the decision about a message in doubt."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.desk.actions.decisions import Decision
from outreach.desk.message_words import CHANNEL_WORDS, STATE_WORDS, purpose_word
from outreach.people.rules.names import tidy_name

SEARCH_LENGTH = 120


class OutboxFilterForm(GuardedForm):
    """Which messages to show; an answer nobody offers counts as none."""

    search = forms.CharField(
        label=_("Name, reading, reference or code"), required=False, max_length=SEARCH_LENGTH
    )
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
    purpose = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = [(slug, purpose_word(slug)) for slug in settings.NOTIFICATION_PURPOSES]
        self.fields["purpose"].choices = [("", _("All subjects")), *declared]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, str]:
        """The answers that count, as they go into the addresses of the other pages."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chosen(self) -> dict[str, str]:
        """The columns of Message to filter by."""
        return {name: value for name, value in self.asked.items() if name != "search"}

    @property
    def search_words(self) -> str:
        """What to look for, with single spaces; empty for nothing."""
        return tidy_name(self.asked.get("search", ""))


class DecisionForm(GuardedForm):
    """What an officer says about a message in doubt."""

    decision = forms.ChoiceField(
        label=_("What became of the message?"),
        choices=[
            (Decision.SENT, _("It went out. Nothing more is sent.")),
            (Decision.AGAIN, _("Send it again. The person may get it twice.")),
            (Decision.DROP, _("Do not send it.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of the message.")},
    )
