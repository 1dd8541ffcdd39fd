from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm

LONGEST_WORDS = 300


class OtherDayForm(GuardedForm):
    """Which days would suit instead."""

    words = forms.CharField(
        label=_("Which days and times suit you?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: weekdays in the morning, not on Tuesdays."),
    )
