from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.forms import EmailField, PhoneField
from outreach.people.forms import NAME_LENGTH
from outreach.people.rules.names import tidy_name


class AskerForm(GuardedForm):
    """Who asks on somebody's behalf, and how the city calls them back."""

    asker_name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    asker_phone = PhoneField(
        label=_("Your phone number"), required=False, help_text=_("A landline is fine.")
    )
    asker_email = EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _(
                "This is not an e-mail address we can use. Write it like name@example.com, "
                "or leave it empty."
            )
        },
    )

    def clean_asker_name(self) -> str:
        return tidy_name(self.cleaned_data["asker_name"])

    def clean(self) -> dict[str, Any]:
        """The city calls whoever asked to fix the day, so one way to reach them is needed."""
        answers = super().clean() or self.cleaned_data
        unread = self.errors.keys() & {"asker_phone", "asker_email"}
        if not (unread or answers.get("asker_phone") or answers.get("asker_email")):
            self.add_error(
                "asker_phone",
                _("Write a phone number or an e-mail address, so that we can reach you."),
            )
        return answers
