from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.reception.roads import LONGEST_WAY

MOST_VENUES = 10
DIGITS = {"inputmode": "numeric"}


class WhereNextForm(GuardedForm):
    """From when on, on which days of the week, how far people come, and how many venues."""

    first = WrittenDateField(
        label=_("First day"), error_messages={"required": _("Write the first day.")}
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day of the week.")},
    )
    limit = forms.IntegerField(
        label=_("Longest way in minutes by car"),
        min_value=1,
        max_value=LONGEST_WAY,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={
            "required": _("Write the number of minutes in digits, for example 15."),
            "invalid": _("Write the number of minutes in digits, for example 15."),
        },
    )
    most = forms.IntegerField(
        label=_("Number of venues"),
        min_value=1,
        max_value=MOST_VENUES,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={
            "required": _("Write the number of venues in digits, for example 3."),
            "invalid": _("Write the number of venues in digits, for example 3."),
        },
    )

    def asked(self) -> dict[str, Any]:
        """The answers as `where_next` takes them; call it only on a valid form."""
        return {**self.cleaned_data, "weekdays": frozenset(self.cleaned_data["weekdays"])}
